"""What stands between the values of a YAML text: comments, and the signs of its grammar."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

_PIECE: Final = re.compile(
    r"(?P<comment>#[^\n]*)|(?P<anchor>&[^\s,\[\]{}]+)|(?P<end>\.\.\.)|(?P<sign>\S)"
)


class Piece(NamedTuple):
    """A comment, or a sign such as ``-`` or ``:``, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """What stands in a stretch of the text that holds no scalar."""
    for found in _PIECE.finditer(text, start, end):
        kind = found.lastgroup or ""
        yield Piece(kind, found[0].rstrip(), found.start(), found.end())


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def line_of(self, index: int) -> int:
        """The line of a character, from 0."""
        return bisect_right(self._starts, index) - 1

    def column_of(self, index: int) -> int:
        """The column of a character, from 0."""
        return index - self._starts[self.line_of(index)]

    def is_first(self, index: int) -> bool:
        """Whether only white space stands before a character on its line."""
        return not self._text[self._starts[self.line_of(index)] : index].strip()
