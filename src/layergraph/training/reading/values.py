"""Arrays as a `Table` holds them: numbers with NaN, or words with None."""

from __future__ import annotations

from decimal import Decimal
from math import isnan
from numbers import Number
from typing import Any

import numpy as np

from layergraph.training.reading.table import unreadable

Array = np.ndarray[Any, Any]

_GAPS = ("NoneType", "NAType", "NaTType")


def as_column(array: Array, name: str, of: str) -> Array:
    """An array of numbers or words, as a `Table` holds it.

    What is neither, such as a mixture of both, stays an object array. Arrays of numbers are not
    copied.

    Args:
        array: (n, …).
        name: the column's.
        of: the name of the data.

    Raises:
        GraphError: unreadable-data, for rows of unequal length and bytes that are no UTF-8.
    """
    kind = array.dtype.kind
    if kind in "UT":
        return array.astype(object)
    if kind == "S":
        return _decoded(array.astype(object), name, of)
    if kind == "O":
        return _objects(array, name, of)
    if array.dtype.name == "bfloat16":  # which NumPy itself does not know
        return array.astype(np.float32)
    return array


def _objects(array: Array, name: str, of: str) -> Array:
    kinds = set(map(type, array.ravel().tolist()))
    gaps = {kind for kind in kinds if kind.__name__ in _GAPS}
    rest = kinds - gaps
    if bytes in rest:
        return _objects(_decoded(array, name, of), name, of)
    words = {kind for kind in rest if issubclass(kind, str)}
    if words and rest - words <= {float} and _only_nan(array):
        return _with_gaps(array)
    if all(issubclass(kind, Number | np.number | np.bool_) for kind in rest):
        return _numbers(array, gaps=bool(gaps))
    if array.ndim == 1 and any(issubclass(kind, list | tuple | np.ndarray) for kind in rest):
        return _stacked(array, name, of)
    return _with_gaps(array)


def _only_nan(array: Array) -> bool:
    """Whether all floats among words are NaN, which is how pandas writes a gap."""
    return all(isnan(value) for value in array.ravel() if isinstance(value, float))


def _with_gaps(array: Array) -> Array:
    """With None for what stands for a missing word."""
    flat = [
        None if type(v).__name__ in _GAPS or (isinstance(v, float) and isnan(v)) else v
        for v in array.ravel()
    ]
    found = np.empty(len(flat), object)
    found[:] = flat
    return found.reshape(array.shape)


def _numbers(array: Array, *, gaps: bool) -> Array:
    values = [np.nan if type(v).__name__ in _GAPS else v for v in array.ravel().tolist()]
    dtype = np.float64 if gaps or any(isinstance(v, Decimal) for v in values) else None
    found = np.array(values, dtype)
    if found.dtype == object:  # whole numbers of more than 64 bits
        found = found.astype(np.float64)
    return found.reshape(array.shape)


def _decoded(array: Array, name: str, of: str) -> Array:
    found = np.empty(array.size, object)
    for place, value in enumerate(array.ravel()):
        try:
            found[place] = value.decode() if isinstance(value, bytes) else value
        except UnicodeDecodeError as error:
            row = place // max(array.size // max(len(array), 1), 1)
            raise unreadable(
                f"row {row} of `{name}` in {of} is no UTF-8 text",
                help="write words as text, not as bytes",
            ) from error
    return found.reshape(array.shape)


def _stacked(array: Array, name: str, of: str) -> Array:
    """One array of a column whose cells are lists or arrays."""
    cells = [None if type(cell).__name__ in _GAPS else np.asarray(cell) for cell in array]
    shapes = [None if cell is None else cell.shape for cell in cells]
    first = next(row for row, shape in enumerate(shapes) if shape is not None)
    for row, shape in enumerate(shapes):
        if shape is not None and shape != shapes[first]:
            raise unequal(name, of, first, _length(shapes[first]), row, _length(shape))
    whole = cells[first]
    assert whole is not None
    gap: Any = None if whole.dtype.kind in "OUS" else np.nan
    filled = [np.full(whole.shape, gap) if cell is None else cell for cell in cells]
    return as_column(np.stack(filled), name, of)


def _length(shape: tuple[int, ...] | None) -> int | tuple[int, ...]:
    assert shape is not None
    return shape[0] if len(shape) == 1 else shape


def unequal(name: str, of: str, first: int, has: Any, row: int, other: Any) -> Exception:
    """The error for lists that differ in length: no array can hold them."""
    return unreadable(
        f"rows of `{name}` in {of} differ in length: row {first} has {has}, row {row} has {other}",
        help="pad the lists to one length, with a value that the model masks or knows",
    )
