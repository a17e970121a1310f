"""What batches are taken from: the rows of an input or a target, in the dtype of the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

Array = np.ndarray[Any, Any]


class Column(Protocol):
    """The rows of one input or target.

    `dtype` is Keras' name for it, "string" for words; `shape` is that of one row, in which None is
    a size that rows may differ in from batch to batch.
    """

    @property
    def dtype(self) -> str:
        """The dtype of what `take` gives."""

    @property
    def shape(self) -> tuple[int | None, ...]:
        """The shape of one row."""

    def __len__(self) -> int: ...

    def take(self, rows: Array) -> Array:
        """The rows of these numbers: (len(rows), …), a new array."""


@dataclass(frozen=True, eq=False)
class Eager:
    """Rows in memory, in the dtype and the layout that they are given in.

    Args:
        values: (n, …); words are an object array of `str`.
    """

    values: Array

    @property
    def dtype(self) -> str:
        """That of the array."""
        return "string" if self.values.dtype == object else self.values.dtype.name

    @property
    def shape(self) -> tuple[int, ...]:
        """That of the array, without rows."""
        shape: tuple[int, ...] = self.values.shape[1:]
        return shape

    def __len__(self) -> int:
        return len(self.values)

    def take(self, rows: Array) -> Array:
        """The rows of these numbers."""
        taken: Array = self.values[rows]
        return taken


@dataclass(frozen=True, eq=False)
class Mapped:
    """Rows on disk, of which those taken are cast.

    Args:
        parts: memory-mapped arrays (N, …); several are stacked on the last axis.
        dtype: what they are cast to.
        shape: that of one row of all parts together.
        kept: which of the N rows these are; None is all of them.
        fills: whether NaN is replaced by 0, as in targets that are missing.
    """

    parts: tuple[Array, ...]
    dtype: str
    shape: tuple[int, ...]
    kept: Array | None = None
    fills: bool = False

    def __len__(self) -> int:
        return len(self.parts[0] if self.kept is None else self.kept)

    def take(self, rows: Array) -> Array:
        """The rows of these numbers, read now."""
        at = rows if self.kept is None else self.kept[rows]
        return stacked([part[at] for part in self.parts], self.shape, self.dtype, self.fills)


@dataclass(frozen=True, eq=False)
class OneHot:
    """Classes of which each row is given as probabilities: 1 for it, 0 for the others.

    Args:
        codes: (n, …), whole numbers; -1, for a class that is missing, gives zeros alone.
        count: the number of classes.
    """

    codes: Array
    count: int

    @property
    def dtype(self) -> str:
        """What probabilities are."""
        return "float32"

    @property
    def shape(self) -> tuple[int, ...]:
        """With an axis of classes, which is the last."""
        return (*self.codes.shape[1:], self.count)

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, rows: Array) -> Array:
        """The rows of these numbers."""
        found: Array = self.codes[rows][..., np.newaxis] == np.arange(self.count)
        return found.astype(np.float32)


def stacked(parts: list[Array], shape: tuple[int, ...], dtype: str, fills: bool = False) -> Array:
    """One new array (n, *shape) of arrays of n rows; several are stacked on the last axis."""
    (count, *_) = parts[0].shape
    found = np.empty((count, *shape), numpy_dtype(dtype))
    for index, part in enumerate(parts):
        place = found[..., index] if len(parts) > 1 else found
        if fills and part.dtype.kind == "f":
            part = np.where(np.isnan(part), part.dtype.type(0), part)  # noqa: PLW2901
        place[...] = part.reshape(place.shape)
    return found


def numpy_dtype(name: str) -> np.dtype[Any]:
    """The dtype of NumPy that has a name of Keras; words are objects."""
    if name == "string":
        return np.dtype(object)
    try:
        return np.dtype(name)
    except TypeError:  # bfloat16 and 8-bit floats are not NumPy's own
        import ml_dtypes

        own: np.dtype[Any] = np.dtype(getattr(ml_dtypes, name))
        return own
