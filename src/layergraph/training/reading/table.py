"""Columns of equal length by name: what every form of data is read into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from layergraph.diagnostics import GraphError, codes
from layergraph.targets.failures import failure

if TYPE_CHECKING:
    import numpy as np

MEMORY: Final = 256 * 2**20
"""Bytes of columns above which a Parquet file is read in pieces."""

IN_PYTHON: Final = "the data"
"""What data are called that are given in Python."""


@dataclass(frozen=True, eq=False, repr=False)
class Table:
    """Columns of equal length, in memory or memory-mapped.

    Args:
        columns: those that were asked for and are there, each (n, …). Words are object arrays of
            `str`, with None where one is missing; numbers are NaN where missing.
        length: n, the number of rows.
        name: as messages show it, such as `data/penguins.csv`.
        digest: sha256 of the content, in hexadecimal.
        names: the names of all columns, also of those that were not asked for.
        folder: what paths of images are relative to; None is the working directory.
        has_own_columns: whether it is a table, which may have columns that nobody needs.
        is_part: whether these are some of the rows of a `ParquetStream`.
    """

    columns: Mapping[str, np.ndarray[Any, Any]]
    length: int
    name: str
    digest: str
    names: tuple[str, ...]
    folder: Path | None = None
    has_own_columns: bool = True
    is_part: bool = False

    def __len__(self) -> int:
        return self.length

    def __repr__(self) -> str:
        return f"<Table {self.name}: {self.length:,} rows>"


def table_of(
    columns: Mapping[str, np.ndarray[Any, Any]],
    name: str,
    digest: str,
    *,
    names: tuple[str, ...],
    folder: Path | None = None,
    has_own_columns: bool,
) -> Table:
    """The table of arrays that may not fit together.

    Raises:
        GraphError: unreadable-data, where they differ in length, or there are no rows.
    """
    for key, column in columns.items():
        if not column.ndim:
            raise unreadable(
                f"`{key}` of {name} is a single value",
                help="the first axis of every array is that of the rows",
            )
    lengths = {key: len(column) for key, column in columns.items()}
    (first, length), *others = lengths.items()
    for other, has in others:
        if has != length:
            raise unreadable(
                f"`{first}` of {name} has {length:,} rows, and `{other}` has {has:,}",
                help="the first axis of every array is that of the rows: give all equally many",
            )
    check_rows(length, name)
    return Table(columns, length, name, digest, names, folder, has_own_columns)


def check_rows(length: int, name: str) -> None:
    """Refuse data without rows.

    Raises:
        GraphError: unreadable-data.
    """
    if not length:
        raise unreadable(f"{has(name)} no rows", help="there is nothing to learn or to predict")


def has(name: str) -> str:
    """The name of data as a subject, with its verb."""
    return f"{name} {'have' if name == IN_PYTHON else 'has'}"


def unreadable(message: str, *, notes: tuple[str, ...] = (), help: str) -> GraphError:
    """The error for data of which no table can be made."""
    return failure(codes.UNREADABLE_DATA, message, notes=notes, help=help)


def worth_reading(names: tuple[str, ...], needed: frozenset[str]) -> tuple[str, ...]:
    """Which columns to read, in their order.

    Where none is needed it is the first, whose length counts the rows.
    """
    return tuple(name for name in names if name in needed) or names[:1]
