"""Tables of text, made of columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Column(NamedTuple, Generic[T]):
    """A column: what stands above it, and its cell for a row.

    `is_right` sets it flush right; `is_optional` leaves it out where all its cells are empty.
    """

    heading: str
    cell: Callable[[T], str]
    is_right: bool = False
    is_optional: bool = False


def table(columns: Sequence[Column[T]], rows: Sequence[T]) -> list[str]:
    """The lines of a table, with headings and a rule under them."""
    filled = []
    for column in columns:
        cells = [column.cell(row) for row in rows]
        if any(cells) or not column.is_optional:
            filled.append(_aligned(column, cells))
    return ["  ".join(cells).rstrip() for cells in zip(*filled, strict=True)]


def _aligned(column: Column[T], cells: list[str]) -> list[str]:
    width = max(len(cell) for cell in [column.heading, *cells])
    lines = [column.heading, "-" * width, *cells]
    return [line.rjust(width) if column.is_right else line.ljust(width) for line in lines]
