"""Columns of Arrow → arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from layergraph.training.reading.packages import package
from layergraph.training.reading.table import unreadable
from layergraph.training.reading.values import Array, as_column, unequal


def columns_of(table: Any, of: str, first_row: int = 0) -> dict[str, Array]:
    """The columns of an Arrow table as a `Table` holds them.

    Args:
        table: a `pyarrow.Table`.
        of: the name of the data.
        first_row: the number of its first row, for messages.

    Raises:
        GraphError: unreadable-data, for lists of unequal length and types that no tensor holds.
    """
    arrow = package("pyarrow", "a `.parquet` file")
    return {
        name: as_column(_array(arrow, _whole(arrow, table[name]), name, of, first_row), name, of)
        for name in table.column_names
    }


def _whole(arrow: Any, column: Any) -> Any:
    """One array of a column in several pieces."""
    pieces = column.chunks
    if len(pieces) == 1:
        return pieces[0]
    return arrow.concat_arrays(pieces) if pieces else arrow.array([], column.type)


def _array(arrow: Any, column: Any, name: str, of: str, first_row: int) -> Array:
    types = arrow.types
    kind = column.type
    if types.is_dictionary(kind):
        return _array(arrow, column.dictionary_decode(), name, of, first_row)
    if isinstance(column, arrow.ExtensionArray):
        return _array(arrow, column.storage, name, of, first_row)
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return _lists(arrow, column, name, of, first_row)
    if types.is_decimal(kind) or (types.is_boolean(kind) and column.null_count):
        column = column.cast(arrow.float64()) if types.is_decimal(kind) else _numbers(arrow, column)
    elif types.is_null(kind):
        return np.full(len(column), np.nan)
    elif not _is_plain(types, kind):
        raise unreadable(
            f"`{name}` of {of} has the type {kind}, which no tensor can hold",
            help="write numbers, text, or lists of numbers of one length",
        )
    array: Array = column.to_numpy(zero_copy_only=False)
    return array


def _is_plain(types: Any, kind: Any) -> bool:
    """Whether it is a number, a truth value, text, a date or a time."""
    is_text = types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)
    is_bytes = types.is_binary(kind) or types.is_large_binary(kind)
    is_number = types.is_integer(kind) or types.is_floating(kind) or types.is_boolean(kind)
    return bool(is_text or is_bytes or is_number or types.is_temporal(kind))


def _numbers(arrow: Any, column: Any) -> Any:
    """Truth values with gaps as 1, 0 and null."""
    return column.cast(arrow.uint8()).cast(arrow.float64())


def _lists(arrow: Any, column: Any, name: str, of: str, first_row: int) -> Array:
    """(n, k, …) of n lists of k; a row without a list is missing."""
    compute = package("pyarrow.compute", "a `.parquet` file")
    lengths = compute.list_value_length(column).to_numpy(zero_copy_only=False)
    missing = np.isnan(lengths) if lengths.dtype.kind == "f" else np.zeros(len(lengths), bool)
    there = np.flatnonzero(~missing)
    if not len(there):
        return np.full(len(column), np.nan)
    has = int(lengths[there[0]])
    other = there[lengths[there] != has]
    if len(other):
        row = int(other[0])
        raise unequal(name, of, first_row + int(there[0]), has, first_row + row, int(lengths[row]))
    inner = _array(arrow, column.drop_null().flatten(), name, of, first_row)
    inner = inner.reshape(len(there), has, *inner.shape[1:])
    if not missing.any():
        return inner
    is_words = inner.dtype.kind == "O"
    found: Array = np.full(
        (len(column), *inner.shape[1:]),
        None if is_words else np.nan,
        object if is_words else np.result_type(inner.dtype, np.float32),
    )
    found[there] = inner
    return found
