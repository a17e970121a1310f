"""Columns of values and of comments, in lines that follow each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from layergraph.syntax.writing import WIDTH

_FARTHEST: Final = 40
"""No comment is moved by more columns than these to stand below another."""


@dataclass(slots=True)
class Line:
    """A line: its text, indented, and the comment behind it.

    Of an entry with key and value, `head` is the length up to the value, `column` is where the
    value was, and it was `padded` where more than one space was before it.
    """

    text: str
    comment: str = ""
    head: int = 0
    column: int = -1
    padded: bool = False

    @property
    def indent(self) -> int:
        """The spaces it begins with."""
        return len(self.text) - len(self.text.lstrip(" "))


def align_values(lines: Sequence[Line]) -> None:
    """Put the values of entries that stand below each other in one column.

    That is where two of them were in one column already, by more than a space before one. A line
    stays as it is where it would get too long.
    """
    columns = Counter(line.column for line in lines)
    if not any(line.padded and columns[line.column] > 1 for line in lines):
        return
    longest = max(line.head for line in lines)
    for line in lines:
        space = " " * (longest - line.head)
        if len(line.text) + len(space) <= WIDTH:
            line.text = f"{line.text[: line.head]}{space}{line.text[line.head :]}"


def align_comments(lines: Sequence[Line]) -> list[str]:
    """The lines with their comments, two spaces behind the longest of those below each other.

    A line that opens a block is none of them. Where their lengths are far apart, each has its own.
    """
    found: list[str] = []
    for (has_comment, *_), group in groupby(lines, _kind):
        run = list(group)
        lengths = [len(line.text) for line in run]
        is_aligned = has_comment and max(lengths) - min(lengths) <= _FARTHEST
        space = max(lengths) + 2 if is_aligned else 0
        for line in run:
            text = f"{line.text}  " if has_comment else line.text
            found.append(f"{text:{space}}{line.comment}")
    return found


def _kind(line: Line) -> tuple[bool, int, bool]:
    return bool(line.comment), line.indent, line.text[-1:] in ":-"
