"""Places in a text, from the marks that PyYAML's parser leaves on its events."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from layergraph.diagnostics import Source, Span
from layergraph.syntax.events import Event, NodeEvent, ScalarEvent

BREAKS: Final = "\r\n\x85\u2028\u2029"
_BREAK: Final = re.compile(rf"\r\n|[{BREAKS}]")
_PROPERTY: Final = re.compile(r"(?P<tag>!<[^>\s]*>|![^\s,\[\]{}]*)|&[^\s,\[\]{}]+")
_GAP: Final = re.compile(rf"(?:[ \t{BREAKS}]+(?:#[^{BREAKS}]*)?)*")


class Properties(NamedTuple):
    """What stands before a value: where its tag is, and where the value itself begins."""

    tag: Span | None
    line: int
    column: int


def event_span(source: Source, event: Event) -> Span:
    """From an event's start mark to its end mark."""
    start, end = event.start_mark, event.end_mark
    return Span(source, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def scalar_span(source: Source, event: ScalarEvent) -> Span:
    """Where a scalar stands, with its properties if it has any."""
    start = event.start_mark
    if start.index >= len(source.text):  # libyaml puts an empty value there on a line of its own
        end = len(source.text.rstrip())
        return span_between(source, end, end)
    if event.style not in ("|", ">"):
        return event_span(source, event)
    return Span(source, start.line + 1, start.column + 1, *_end_of_block_scalar(source, event))


def properties(source: Source, event: NodeEvent, *, bounded: bool) -> Properties:
    """Part a value from its anchor and its tag, which come before it, in either order.

    A scalar is `bounded` by its event's end; the event of a list or mapping is just its start.
    """
    text, start = source.text, event.start_mark.index
    place = (event.start_mark.line + 1, event.start_mark.column + 1)
    bound = event.end_mark.index if bounded else len(text)
    tag, index = None, start
    for _ in range((event.anchor is not None) + (event.tag is not None)):
        written = _PROPERTY.match(text, index, bound)
        if written is None:
            break
        if written["tag"]:
            line, column = advance(place, text[start:index])
            tag = Span(source, line, column, line, column + len(written[0]))
        gap = _GAP.match(text, written.end(), bound)
        index = gap.end() if gap else written.end()
    return Properties(tag, *advance(place, text[start:index]))


def span_between(source: Source, start: int, end: int) -> Span:
    """The span from one index of the text to another."""
    line, column = advance((1, 1), source.text[:start])
    return Span(source, line, column, *advance((line, column), source.text[start:end]))


def advance(place: tuple[int, int], passed: str) -> tuple[int, int]:
    """The line and column after `passed`, which begins at `place`."""
    line, column = place
    breaks = list(_BREAK.finditer(passed))
    if not breaks:
        return line, column + len(passed)
    return line + len(breaks), len(passed) - breaks[-1].end() + 1


def _end_of_block_scalar(source: Source, event: ScalarEvent) -> tuple[int, int]:
    """The parser goes on to the next token; the text ends with its last visible character."""
    start = event.start_mark
    written = source.text[start.index : event.end_mark.index].rstrip(" \t" + BREAKS)
    return advance((start.line + 1, start.column + 1), written)


def index_of(text: str, line: int, column: int) -> int:
    """Where in a text a line and a column are, the reverse of `advance`."""
    start = 0
    for _ in range(line - 1):
        found = _BREAK.search(text, start)
        if found is None:
            return len(text)
        start = found.end()
    return start + column - 1
