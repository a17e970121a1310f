"""Comments that silence warnings: `# layergraph: ignore[LG401] the reason`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

from layergraph.diagnostics import Code, Diagnostic, Diagnostics, Severity, Source, Span, codes
from layergraph.diagnostics.nearest import did_you_mean
from layergraph.syntax.comments import Comment, comments

VERB: Final = "ignore"
ADDRESSED: Final = re.compile(r"#[ \t]*layergraph:[ \t]*(?=[A-Za-z])")
"""How a comment begins that speaks to layergraph."""

_DIRECTIVE: Final = re.compile(r"(?P<verb>[\w-]+)[ \t]*(?P<list>\[(?P<codes>[^\]]*)\])?")
_FORM: Final = f"write `# layergraph: {VERB}[LG401] the reason`"


class Ignore(NamedTuple):
    """A code that a comment ignores on its line, and where it is named."""

    code: Code
    span: Span


_ByPlace: TypeAlias = dict[tuple[int, Code], list[Ignore]]


def without_ignored(
    found: Iterable[Diagnostic], own: Source | None, *, is_checked: bool
) -> tuple[Diagnostic, ...]:
    """What is left of the diagnostics on a file and its imports, in the order of the files.

    A comment silences the warnings that point at its line. What is wrong with the comments of the
    file itself is a warning too, which no comment silences.

    Args:
        found: the diagnostics.
        own: the text of the file itself, if it is YAML.
        is_checked: whether it went through all checks: else what silences nothing may be of use.
    """
    ignored: dict[Source, _ByPlace] = {}
    about_comments = Diagnostics()
    if own is not None:
        ignored[own] = _by_place(own, about_comments)
    left: list[Diagnostic] = []
    of_use: set[Ignore] = set()
    for diagnostic in found:
        source = diagnostic.span.source
        if diagnostic.severity is Severity.WARNING and source not in ignored:
            ignored[source] = _by_place(source, Diagnostics())
        meant = ignored.get(source, {}).get((diagnostic.span.line, diagnostic.code), [])
        if diagnostic.severity is Severity.ERROR or not meant:
            left.append(diagnostic)
        of_use.update(meant)
    if own is not None and is_checked:
        for ignore in chain.from_iterable(ignored[own].values()):
            if ignore not in of_use:
                _report_useless(ignore, about_comments)
    if not len(about_comments):
        return tuple(left)
    return tuple(sorted([*left, *about_comments], key=lambda diagnostic: diagnostic.span.order))


def _by_place(source: Source, diagnostics: Diagnostics) -> _ByPlace:
    found: _ByPlace = {}
    for ignore in _ignores(source, diagnostics):
        found.setdefault((ignore.span.line, ignore.code), []).append(ignore)
    return found


def _report_useless(ignore: Ignore, diagnostics: Diagnostics) -> None:
    diagnostics.report(
        codes.USELESS_IGNORE,
        f"`{ignore.code.id}` is ignored on a line that gives no such warning",
        ignore.span,
        help="remove it, or put the comment on the line that the warning points at",
    )


def _ignores(source: Source, diagnostics: Diagnostics) -> Iterator[Ignore]:
    if ADDRESSED.search(source.text) is None:  # as nearly always: the text is not read again
        return
    for comment in comments(source):
        starts = [*ADDRESSED.finditer(comment.text)]
        ends = [*(start.start() for start in starts), len(comment.text)][1:]
        for start, end in zip(starts, ends, strict=True):
            yield from _read(comment, source, start.end(), end, diagnostics)


def _read(
    comment: Comment, source: Source, start: int, end: int, diagnostics: Diagnostics
) -> Iterator[Ignore]:
    """The codes that one part of a comment ignores; its faults are reported."""

    def span(first: int, last: int) -> Span:
        line, column = comment.line, comment.column
        return Span(source, line, column + first, line, column + last)

    written = _DIRECTIVE.match(comment.text, start, end)
    assert written is not None
    whole = span(start, written.end())
    verb, listed = written["verb"], (written["codes"] or "").split(",")
    if verb != VERB:
        if written["list"]:  # any other is a sentence about layergraph
            help = did_you_mean(verb, (VERB,)) or _FORM
            message = f"no comment is `layergraph: {verb}[…]`"
            diagnostics.report(codes.MALFORMED_IGNORE, message, whole, help=help)
        return
    if not any(part.strip() for part in listed):
        message = "the comment does not say which warning it ignores"
        diagnostics.report(codes.MALFORMED_IGNORE, message, whole, help=_FORM)
        return
    found, place = [], written.start("codes")
    for part in listed:
        name = part.strip()
        first = place + len(part) - len(part.lstrip())
        place += len(part) + 1
        code = _warning(name, span(first, first + len(name)), diagnostics) if name else None
        if code is not None:
            found.append(Ignore(code, span(first, first + len(name))))
    yield from found
    if found and not any(map(str.isalnum, comment.text[written.end() : end])):
        diagnostics.report(
            codes.UNEXPLAINED_IGNORE,
            "the comment does not say why it ignores a warning",
            whole,
            help="write the reason after the bracket",
        )


def _warning(name: str, span: Span, diagnostics: Diagnostics) -> Code | None:
    """The warning that a name stands for, which may be its code."""
    code = next((code for code in codes.ALL if name in (code.id, code.name)), None)
    if code is not None and code.severity is Severity.WARNING:
        return code
    message = f"the comment ignores `{name}`, which is no warning"
    help: str | None = did_you_mean(name, codes.WARNINGS)
    if code is not None:
        message = f"the comment ignores `{name}`, which is an error"
        help = "repair what is wrong: warnings alone can be ignored"
    diagnostics.report(codes.MALFORMED_IGNORE, message, span, help=help)
    return None
