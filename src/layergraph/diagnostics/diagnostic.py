"""What is said of a mistake: data alone, which `render` turns into text or JSON."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from layergraph.diagnostics.codes import Code, Severity
from layergraph.diagnostics.fixes import Fix, fix_of
from layergraph.diagnostics.source import Source, Span


class Related(NamedTuple):
    """A further place that a diagnostic speaks of, such as a producer of a tensor."""

    message: str
    span: Span


class ComputedSpan(Span):
    """The place of a value that an expression gives.

    `given` are the places that it comes from; `origin` is the one whose value it is unchanged.
    """

    given: tuple[Related, ...]
    origin: Span | None

    def __new__(cls, span: Span, given: tuple[Related, ...], origin: Span | None) -> ComputedSpan:
        """The span, with what is known of it."""
        made = super().__new__(cls, *span)
        made.given, made.origin = given, origin
        return made


class Call(NamedTuple):
    """A call of a block on the way to a mistake inside of it: the block, and where it is called."""

    block: str
    span: Span

    def __str__(self) -> str:
        return f"in block `{self.block}`, called at {self.span.place}"


class Diagnostic(NamedTuple):
    """One mistake. `message` stands alone; `label` is what stands beside the carets.

    `calls` are the calls of blocks that led to its place, the innermost first; `copy` is the path
    of the node that it was found in, which tells the copies of a place from each other.
    """

    code: Code
    message: str
    span: Span
    label: str = ""
    path: tuple[str | int, ...] = ()
    related: tuple[Related, ...] = ()
    notes: tuple[str, ...] = ()
    help: str | None = None
    fix: Fix | None = None
    calls: tuple[Call, ...] = ()
    copy: str = ""

    @property
    def severity(self) -> Severity:
        """How bad it is: errors stop a graph from compiling, warnings do not."""
        return self.code.severity


class GraphError(Exception):
    """A graph has errors; `diagnostics` are all that is to be said of it."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = diagnostics
        errors = [d for d in diagnostics if d.severity is Severity.ERROR]
        super().__init__("\n".join(_line(error) for error in errors))


def _line(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.span.place}: " if diagnostic.span.source.name else ""
    help = f" ({diagnostic.help})" if diagnostic.help else ""
    calls = "".join(f"\n  {call}" for call in diagnostic.calls)
    return f"{place}{diagnostic.code.id} {diagnostic.message}{help}{calls}"


class _Inside:
    """A `with` block of `Diagnostics.inside`: a class, as every node goes through several."""

    __slots__ = ("_before", "_diagnostics", "_meanwhile")

    def __init__(self, diagnostics: Diagnostics, copy: str, calls: tuple[Call, ...]) -> None:
        self._diagnostics = diagnostics
        self._meanwhile = copy, calls

    def __enter__(self) -> None:
        self._before = self._diagnostics.found_in
        self._diagnostics.found_in = self._meanwhile

    def __exit__(self, *raised: object) -> None:
        self._diagnostics.found_in = self._before


class Diagnostics:
    """The mistakes of one run, collected by the stages as they see them.

    `found_in` are the path of the node that is looked at, and the calls that led to it.
    """

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []
        self._held: list[tuple[Diagnostic, tuple[str | int, ...]]] = []
        self.found_in: tuple[str, tuple[Call, ...]] = "", ()

    def inside(self, copy: str, calls: tuple[Call, ...]) -> _Inside:
        """What is reported meanwhile is found in the node at the path `copy`, after `calls`."""
        return _Inside(self, copy, calls)

    def take(self, found: Diagnostic) -> None:
        """Take over what was found elsewhere, as if it were found here."""
        copy, calls = self.found_in
        copy = ".".join(part for part in (copy, found.copy) if part)
        self._found.append(found._replace(calls=found.calls or calls, copy=copy))

    def report(
        self,
        code: Code,
        message: str,
        span: Span,
        *,
        label: str = "",
        path: tuple[str | int, ...] = (),
        related: tuple[Related, ...] = (),
        notes: tuple[str, ...] = (),
        help: str | None = None,
        fix: Fix | None = None,
    ) -> None:
        """Take down one mistake; of a value that is computed, also where it comes from."""
        if isinstance(span, ComputedSpan):
            related = (*related, *span.given, *_handed_on(span))
        fix = fix or fix_of(help, span)
        copy, calls = self.found_in
        self._found.append(
            Diagnostic(code, message, span, label, path, related, notes, help, fix, calls, copy)
        )

    def hold(self, found: Diagnostic, entry: tuple[str | int, ...]) -> None:
        """Take down an error that counts unless another one is found in the entry at a path."""
        copy, calls = self.found_in
        self._held.append((found._replace(calls=calls, copy=copy), entry))

    def found_since(self, count: int) -> tuple[Diagnostic, ...]:
        """What was found after so many mistakes."""
        return tuple(self._found[count:])

    def withdraw(self, codes: Container[Code], source: Source, line: int) -> None:
        """Take back what some codes say of a file from a line on: another mistake is why."""
        self._found = [
            one
            for one in self._found
            if one.code not in codes or one.span.source is not source or one.span.line < line
        ]

    def say_again(self, found: Iterable[Diagnostic]) -> None:
        """Take down for the present copy what was found when an earlier one was read."""
        copy, calls = self.found_in
        self._found += [one._replace(calls=calls, copy=copy) for one in found]

    def __iter__(self) -> Iterator[Diagnostic]:
        """In the order of the file; what stands at one place, in the order it was found."""
        held = [one for one, entry in self._held if not self._tells_of(entry, one.span.source)]
        return iter(sorted([*self._found, *held], key=lambda diagnostic: diagnostic.span.order))

    def _tells_of(self, entry: tuple[str | int, ...], source: Source) -> bool:
        return any(
            one.severity is Severity.ERROR
            and one.span.source is source
            and one.path[: len(entry)] == entry
            for one in self._found
        )

    def __len__(self) -> int:
        return len(self._found)

    @property
    def has_errors(self) -> bool:
        """Whether anything found so far stops the graph from compiling."""
        return bool(self._held) or any(d.severity is Severity.ERROR for d in self._found)


def _handed_on(span: ComputedSpan) -> tuple[Related, ...]:
    """Where a value comes from that is handed on as it is, beyond where it was given last."""
    found: list[Related] = []
    origin = span.origin
    while isinstance(origin, ComputedSpan) and origin.origin is not None:
        found += origin.given
        origin = origin.origin
    return tuple(found)
