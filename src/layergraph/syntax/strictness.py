"""What YAML 1.2 refuses, and PyYAML's parsers let pass. None of it makes the rest unreadable."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, Protocol

from layergraph.diagnostics import Related, Source, Span
from layergraph.diagnostics.codes import INVALID_YAML
from layergraph.syntax.events import ScalarEvent
from layergraph.syntax.places import BREAKS, span_between
from layergraph.syntax.reports import Reports

_GLUED: Final = re.compile(r"(?<=\S)#")
_COMMENT: Final = re.compile(r"(?<!\S)#")
_BREAK: Final = re.compile(f"[{BREAKS}]")
_INDENTED_BY: Final = re.compile(r"[|>][+-]?[1-9]")

OLD_BREAKS: Final = "\x85\u2028\u2029"
"""Characters that end lines to PyYAML and to YAML 1.1; to YAML 1.2 they are part of a text."""


class Around(Protocol):
    """A list or mapping that is open; `flow` is the style with brackets, columns count from 1."""

    flow: bool
    column: int


class _Written(NamedTuple):
    """Where the characters of a scalar are."""

    start: int
    end: int


class Strictness:
    """Looks at what the parser has let pass.

    Args:
        source: the text.
        reports: where what is wrong is reported.
        open: the lists and mappings that are open.
    """

    def __init__(self, source: Source, reports: Reports, open: Sequence[Around]) -> None:
        self._source = source
        self._reports = reports
        self._open = open
        self.has_glued = _GLUED.search(source.text) is not None
        self._has_old_breaks = any(character in source.text for character in OLD_BREAKS)
        self._scalars: list[_Written] = []

    def look_at_scalar(self, event: ScalarEvent, span: Span) -> bool:
        """Check how a scalar is written, whose event the parser has just given.

        Returns:
            Whether it has a value.
        """
        start, end, style = event.start_mark.index, event.end_mark.index, event.style
        if style in ("|", ">"):
            header_end = _BREAK.search(self._source.text, start, end)
            start = header_end.start() if header_end else end
            self._check_empty_lines(span, self._source.text[event.start_mark.index : start])
        elif style and event.start_mark.line != event.end_mark.line:
            self._check_indentation(span, "the quoted text")
        if self.has_glued:
            self._scalars.append(_Written(start, end))
        if style or event.value != "-":
            return True
        self._report(span, "`-` alone is no value", 'quote it: `"-"`')
        return False

    def look_at_brackets(self, span: Span) -> None:
        """Check how the lines of a list or mapping in brackets are indented; it is closed now."""
        if span.line != span.end_line:
            bracket = self._source.lines[span.line - 1][span.column - 1]
            self._check_indentation(span, f"the `{bracket}`")

    def look_at_comments(self) -> None:
        """Check that a space stands before each comment; all scalars have been looked at."""
        text, index = self._source.text, 0
        while self.has_glued and (found := _GLUED.search(text, index)) is not None:
            at = found.start()
            last = bisect_right(self._scalars, (at, len(text))) - 1
            written = self._scalars[last] if last >= 0 else _Written(0, 0)
            if written.start <= at < written.end:
                index = written.end
                continue
            if _COMMENT.search(text, self._beginning(at, written.end), at) is None:
                self._report(
                    span_between(self._source, at, at + 1),
                    "`#` starts a comment, and a space has to stand before it",
                    "put a space before it, or quote the text that it is part of",
                )
            after = _BREAK.search(text, at)
            index = after.end() if after else len(text)

    def _beginning(self, at: int, end_of_scalar: int) -> int:
        """Where the line begins that `at` is in, or what follows the last scalar in it."""
        before = max(self._source.text.rfind(character, end_of_scalar, at) for character in BREAKS)
        return max(before + 1, end_of_scalar)

    def _check_indentation(self, span: Span, what: str) -> None:
        """Lines that continue what stands in a block are indented more than the block is.

        A closing bracket may stand as far to the left as the block, since people write it so.
        """
        around = self._open[-1] if self._open else None
        if around is None or around.flow or self._has_old_breaks:
            return
        for number in range(span.line + 1, span.end_line + 1):
            line = self._source.lines[number - 1]
            written = line.lstrip(" \t")
            if not written or written[0] == "#":
                continue
            spaces = len(line) - len(line.lstrip(" "))
            if spaces >= around.column - (written[0] in "]}"):
                continue
            first = len(line) - len(written) + 1
            tab = line[spaces] == "\t"
            self._report(
                Span(self._source, number, first, number, first + 1),
                f"this line belongs to {what} above, and is not indented enough",
                "indent with spaces; YAML takes no tabs"
                if tab
                else f"indent it by {around.column} or more",
                (Related("it opens here", Span(*span[:3], span.line, span.column + 1)),),
            )
            return

    def _check_empty_lines(self, span: Span, header: str) -> None:
        """Of a text after `|` or `>`, the first line sets the indentation, or says what it is."""
        around = self._open[-1] if self._open else None
        least = around.column if around is not None else 0
        if self._has_old_breaks or _INDENTED_BY.search(header):
            return
        empty: list[tuple[int, int]] = []
        for number, line in enumerate(_after(self._source.lines, span.line), span.line + 1):
            spaces = len(line) - len(line.lstrip(" "))
            if spaces == len(line):
                empty.append((number, spaces))
                continue
            if spaces >= least:
                self._refuse_wider(empty, spaces)
            return

    def _refuse_wider(self, empty: Iterable[tuple[int, int]], spaces: int) -> None:
        for number, width in empty:
            if width > spaces:
                # Which text is meant the parser no longer knows.
                self._reports.refuse(
                    INVALID_YAML,
                    "this empty line is indented more than the text that follows",
                    Span(self._source, number, spaces + 1, number, width + 1),
                    help="remove its spaces",
                )

    def _report(
        self, span: Span, message: str, help: str, related: tuple[Related, ...] = ()
    ) -> None:
        self._reports.report(INVALID_YAML, message, span, related=related, help=help)


def _after(lines: Sequence[str], count: int) -> Iterable[str]:
    return (lines[index] for index in range(count, len(lines)))
