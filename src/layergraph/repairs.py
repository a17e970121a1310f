"""Certain repairs of graph files, made in memory and proved before anything is written.

Given what checks a file, `Repairs` puts in place what diagnostics offer (`Diagnostic.fix`), reads
the file again, and keeps a repair where its mistake is gone and no new one has come. It guarantees
that nothing else of a text changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, TypeAlias

from layergraph.diagnostics import Diagnostic, Fix
from layergraph.pipeline import Report
from layergraph.syntax.places import index_of
from layergraph.syntax.reader import Contents

Check: TypeAlias = Callable[[Path, Contents], Report]
_Mistake: TypeAlias = tuple[str, str, str]

MOST_AT_ONCE = 1_000
"""Repairs that one leads to, before it is given up."""


class Change(NamedTuple):
    """A file that repairs change: the name that reports give it, and its content."""

    name: str
    before: bytes
    after: bytes


class Repairs:
    """The repairs of some files, which may share imports.

    Args:
        check: gives the report on a file, with contents that are read instead of the disk's.
    """

    def __init__(self, check: Check) -> None:
        self._check = check
        self._names: dict[Path, str] = {}
        self._before: dict[Path, bytes] = {}
        self.unsaved: dict[Path, bytes] = {}
        self.made = 0

    def mend(self, path: Path) -> None:
        """Make the repairs that the report on a file offers, until it offers no more."""
        report = self._check(path, self.unsaved)
        refused: set[_Mistake] = set()
        while offered := _apart(d for d in report.diagnostics if _mistake(d) not in refused):
            better = self._tried(path, report, offered)
            for one in offered if better is None else ():  # one does no good: which is it?
                better = self._tried(path, report, [one])
                if better is not None:
                    break
                refused.add(_mistake(one))
            report = better or report

    @property
    def changes(self) -> list[Change]:
        """The files that are no longer what they were."""
        return [
            Change(self._names[place], self._before[place], content)
            for place, content in self.unsaved.items()
        ]

    def _tried(self, path: Path, before: Report, mended: list[Diagnostic]) -> Report | None:
        """The report after repairs, which are kept; None where they do no good, or some harm.

        A repair may bring mistakes to light that were out of sight behind the mended one. They are
        no harm where they can be repaired as well.
        """
        unsaved, report, made = self.unsaved, before, 0
        while mended and made < MOST_AT_ONCE:
            changed = self._with(unsaved, mended)
            if changed is None:
                return None
            after = self._check(path, changed)
            if not _are_gone(mended, report, after):
                return None
            unsaved, report, made = changed, after, made + len(mended)
            new = _new(before, after)
            if not new:
                self.unsaved, self.made = unsaved, self.made + made
                return report
            mended = _apart(new)
        return None

    def _with(self, unsaved: Contents, mended: list[Diagnostic]) -> dict[Path, bytes] | None:
        """The contents of files with repairs; None where a file is not what was reported on."""
        changed = dict(unsaved)
        fixes = [diagnostic.fix for diagnostic in mended if diagnostic.fix is not None]
        for source in dict.fromkeys(fix.span.source for fix in fixes):
            place, text = Path(source.name).resolve(), source.text.encode()
            content = changed.get(place) or self._read(place, source.name)
            if not content.endswith(text):
                return None
            byte_order_mark = content[: len(content) - len(text)]
            repaired = _repaired(source.text, [f for f in fixes if f.span.source is source])
            changed[place] = byte_order_mark + repaired.encode()
        return changed

    def _read(self, place: Path, name: str) -> bytes:
        if place not in self._before:
            try:
                self._before[place] = place.read_bytes()
            except OSError:
                return b""
            self._names[place] = name
        return self._before[place]


def _apart(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those that can be repaired without touching each other, in the order of the files."""
    offered = [(d.fix.span.order, d.fix, d) for d in found if d.fix is not None]
    apart: list[Diagnostic] = []
    last: Fix | None = None
    for _, fix, diagnostic in sorted(offered, key=lambda one: one[0]):
        if last is None or _ends_before(last, fix):
            apart.append(diagnostic)
            last = fix
    return apart


def _ends_before(first: Fix, second: Fix) -> bool:
    end = first.span.source.name, first.span.end_line, first.span.end_column
    return end[0] != second.span.source.name or end <= second.span.order


def _repaired(text: str, fixes: list[Fix]) -> str:
    for fix in reversed(fixes):
        start = index_of(text, fix.span.line, fix.span.column)
        end = index_of(text, fix.span.end_line, fix.span.end_column)
        text = text[:start] + fix.replacement + text[end:]
    return text


def _are_gone(mended: list[Diagnostic], before: Report, after: Report) -> bool:
    had, has = (Counter(map(_mistake, report.diagnostics)) for report in (before, after))
    return all(has[_mistake(one)] < had[_mistake(one)] for one in mended)


def _new(before: Report, after: Report) -> list[Diagnostic]:
    """What is wrong only now. Where there were errors, nobody has looked for warnings before."""
    had = Counter(map(_mistake, before.diagnostics))
    new = []
    for diagnostic in after.diagnostics if before.ok else after.errors:
        had[_mistake(diagnostic)] -= 1
        if had[_mistake(diagnostic)] < 0:
            new.append(diagnostic)
    return new


def _mistake(diagnostic: Diagnostic) -> _Mistake:
    """What tells one mistake from another, wherever on its line it has moved to."""
    return diagnostic.span.source.name, diagnostic.code.id, diagnostic.message
