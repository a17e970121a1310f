"""Arrays and lists by name, given in Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from layergraph.training.reading.digest import digest_of_arrays
from layergraph.training.reading.table import (
    IN_PYTHON,
    Table,
    table_of,
    unreadable,
    worth_reading,
)

if TYPE_CHECKING:
    from layergraph.training.reading.values import Array


def read_arrays(data: Mapping[str, Any], needed: frozenset[str]) -> Table:
    """The arrays of a dict that are needed; memory-mapped ones stay so.

    Raises:
        GraphError: unreadable-data.
    """
    if not data:
        raise unreadable(
            f"{IN_PYTHON} are an empty dict", help="give an array for each input and output"
        )
    stranger = next((name for name in data if not isinstance(name, str)), None)
    if stranger is not None:
        raise unreadable(
            f"the key {stranger!r} of {IN_PYTHON} is no name",
            help="the keys are the names of inputs and outputs, or of their columns",
        )
    names = tuple(data)
    columns = {name: _array(data[name], name) for name in worth_reading(names, needed)}
    digest = digest_of_arrays(columns)
    return table_of(columns, IN_PYTHON, digest, names=names, has_own_columns=False)


def _array(value: Any, name: str) -> Array:
    import numpy as np

    from layergraph.training.reading.values import as_column

    if isinstance(value, list | tuple):
        return as_column(_of_list(value), name, IN_PYTHON)
    return as_column(value if isinstance(value, np.ndarray) else np.asarray(value), name, IN_PYTHON)


def _of_list(value: Any) -> Array:
    """The array of a list.

    NumPy would make one text of words and numbers, and cannot say which row is too long: where
    there are words, gaps or lists of unequal length, every item is looked at.
    """
    import numpy as np

    try:
        found = np.asarray(value)
    except ValueError:  # lists of unequal length
        found = None
    if found is not None and found.dtype.kind not in "USO":
        return found
    if found is not None and found.ndim != 1:
        return np.asarray(value, dtype=object)
    items = np.empty(len(value), object)
    items[:] = list(value)
    return items
