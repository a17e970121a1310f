"""Tables of pandas."""

from __future__ import annotations

from collections.abc import Iterable
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


def is_frame(data: Any) -> bool:
    """Whether it is a pandas DataFrame; pandas is not imported to find out."""
    return any(
        kind.__module__.partition(".")[0] == "pandas" and kind.__name__ == "DataFrame"
        for kind in type(data).__mro__
    )


def read_frame(frame: Any, needed: frozenset[str]) -> Table:
    """The columns of a DataFrame that are needed.

    Raises:
        GraphError: unreadable-data.
    """
    names = tuple(name for name in frame.columns if isinstance(name, str))
    if not names:
        raise unreadable(
            f"no column of {IN_PYTHON} has a name", help="name the columns of the DataFrame"
        )
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise unreadable(
            f"{IN_PYTHON} have several columns `{twice[0]}`",
            help="give every column a name of its own",
        )
    columns = columns_of(frame, worth_reading(names, needed), IN_PYTHON)
    digest = digest_of_arrays(columns)
    return table_of(columns, IN_PYTHON, digest, names=names, has_own_columns=True)


def columns_of(frame: Any, names: Iterable[str], of: str) -> dict[str, Array]:
    """Columns of a DataFrame as arrays.

    Raises:
        GraphError: unreadable-data, where cells are lists of unequal length.
    """
    from layergraph.training.reading.values import as_column

    return {name: as_column(_array(frame[name]), name, of) for name in names}


def _array(series: Any) -> Array:
    import numpy as np

    dtype = series.dtype
    if isinstance(dtype, np.dtype):
        array: Array = series.to_numpy()
        return array
    kind = getattr(dtype, "kind", "O")
    if kind in "iufb":  # pandas' own numbers, which may be missing
        if series.isna().any():
            array = series.to_numpy(dtype=np.float64, na_value=np.nan)
        else:
            array = series.to_numpy(dtype=getattr(dtype, "numpy_dtype", None))
    elif kind in "Mm":
        array = series.to_numpy(dtype=f"{kind}8[ns]")
    else:
        array = series.to_numpy(dtype=object, na_value=None)
    return array
