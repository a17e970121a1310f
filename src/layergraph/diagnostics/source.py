"""Texts that diagnostics point into, and places in them."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple


class Source:
    """A text and the name it is shown by (a path as the user gave it)."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends, numbered as YAML numbers them."""
        text = self.text.replace("\r\n", "\n").replace("\r", "\n")
        for line_break in ("\x85", "\u2028", "\u2029"):
            text = text.replace(line_break, "\n")
        return text.split("\n")


class Span(NamedTuple):
    """A stretch of a source. Lines and columns count from 1; the end is exclusive."""

    source: Source
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def whole(cls, source: Source) -> Span:
        """The place of a mistake that belongs to a file as a whole: its first character."""
        return cls(source, 1, 1, 1, 1)

    @property
    def place(self) -> str:
        """The start, as editors and compilers write it: ``file:line:column``."""
        return f"{self.source.name}:{self.line}:{self.column}"

    @property
    def order(self) -> tuple[str, int, int]:
        """A key that sorts spans in the order of their file."""
        return (self.source.name, self.line, self.column)
