"""The rows of a column that count, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from layergraph.training.columns import Array

_BLOCK: Final = 2**22
"""Bytes of a block: little enough for a processor's cache."""


class View(NamedTuple):
    """Rows of a column.

    `array` is (N, …); `kept` are the rows that count, None for all; `first_row` is the number of
    the array's first row in the data.
    """

    array: Array
    kept: Array | None
    first_row: int

    def __len__(self) -> int:
        return len(self.array if self.kept is None else self.kept)

    @property
    def sample(self) -> tuple[int, ...]:
        """The shape of one row."""
        shape: tuple[int, ...] = self.array.shape[1:]
        return shape

    @property
    def is_mapped(self) -> bool:
        """Whether it is on disk."""
        return isinstance(self.array, np.memmap)

    def blocks(self) -> Iterator[tuple[int, Array]]:
        """Blocks of rows, each with the position of its first among the rows that count."""
        width = max(self.array.dtype.itemsize * int(np.prod(self.sample)), 1)
        size = max(_BLOCK // width, 1)
        for start in range(0, len(self), size):
            stop = min(start + size, len(self))
            at = slice(start, stop) if self.kept is None else self.kept[start:stop]
            yield start, self.array[at]

    def values(self) -> Array:
        """All rows that count."""
        return self.array if self.kept is None else self.array[self.kept]

    def row(self, position: int) -> int:
        """The number in the data of the row at a position."""
        return self.first_row + int(position if self.kept is None else self.kept[position])


def gaps_in(block: Array) -> Array:
    """Where values are missing: NaN among numbers, None and "" among words."""
    found: Array
    if block.dtype.kind in "fc":
        found = np.isnan(block)
        return found
    if block.dtype.kind == "M":
        found = np.isnat(block)
        return found
    if block.dtype.kind == "O":
        found = _IS_GAP(block).astype(bool)
        return found
    return np.zeros(block.shape, bool)


_IS_GAP = np.frompyfunc(lambda value: value is None or value == "", 1, 1)


def rows_with_gaps(view: View) -> Array:
    """(n,): whether any value of a row is missing."""
    found = np.zeros(len(view), bool)
    if view.array.dtype.kind in "fcMO":
        for start, block in view.blocks():
            found[start : start + len(block)] = by_row(gaps_in(block))
    return found


def by_row(mask: Array) -> Array:
    """(n,) of (n, …): whether any value of a row is marked."""
    if mask.ndim == 1:
        return mask
    return np.asarray(mask.any(axis=tuple(range(1, mask.ndim))))
