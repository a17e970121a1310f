"""What stands between the values of a YAML text: comments, and the signs of its grammar."""

from __future__ import annotations

import re
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


def column_of(text: str, index: int) -> int:
    """The column of a character, from 0."""
    return index - (text.rfind("\n", 0, index) + 1)


def is_first_on_line(text: str, index: int) -> bool:
    """Whether only white space stands before a character on its line."""
    return not text[text.rfind("\n", 0, index) + 1 : index].strip()
