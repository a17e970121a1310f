"""Columns of values and of comments, in lines that follow each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from layergraph.syntax.writing import WIDTH


@dataclass(slots=True)
class Line:
    """A line: its text, indented, and the comment behind it."""

    text: str
    comment: str = ""
    head: int = 0
    is_padded: bool = False

    @property
    def indent(self) -> int:
        """The spaces it begins with."""
        return len(self.text) - len(self.text.lstrip(" "))


def align_values(lines: Sequence[Line]) -> None:
    """Put the values of entries that stand below each other in one column.

    Where the file has more than one space before any of them, that is; a line stays as it is where
    it would get too long.
    """
    if not any(line.is_padded for line in lines):
        return
    longest = max(line.head for line in lines)
    for line in lines:
        space = " " * (longest - line.head)
        if len(line.text) + len(space) <= WIDTH:
            line.text = f"{line.text[: line.head]}{space}{line.text[line.head :]}"


def align_comments(lines: Sequence[Line]) -> list[str]:
    """The lines with their comments, two spaces behind the longest of those below each other."""
    found: list[str] = []
    for (_, has_comment), group in groupby(lines, lambda line: (line.indent, bool(line.comment))):
        run = list(group)
        if not has_comment:
            found += [line.text for line in run]
            continue
        column = max(len(line.text) for line in run) + 2
        found += [f"{line.text:{column}}{line.comment}" for line in run]
    return found
