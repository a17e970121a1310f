"""Parquet files, by pyarrow."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from layergraph.training.reading.digest import digest_of_files
from layergraph.training.reading.packages import package
from layergraph.training.reading.parquet_stream import ParquetStream, unsound
from layergraph.training.reading.table import (
    Table,
    check_rows,
    table_of,
    unreadable,
    worth_reading,
)

_WORD: Final = 64
"""Bytes that a word takes as an object of Python, about."""


def read_parquet(
    path: Path, name: str, needed: frozenset[str], memory: int
) -> Table | ParquetStream:
    """The columns of a Parquet file that are needed; a stream where they take more than `memory`.

    Raises:
        GraphError: unreadable-data, missing-package.
    """
    parquet = package("pyarrow.parquet", "a `.parquet` file")
    try:
        with parquet.ParquetFile(path) as file:
            names = tuple(file.schema_arrow.names)
            metadata = file.metadata
            check_rows(metadata.num_rows, name)
            if not names:
                raise unreadable(f"{name} has no columns", help="write it with columns")
            twice = sorted({column for column in names if names.count(column) > 1})
            if twice:
                raise unreadable(
                    f"{name} has several columns `{twice[0]}`",
                    help="give every column a name of its own",
                )
            wanted = worth_reading(names, needed)
            sizes = [_bytes(metadata.row_group(i), wanted) for i in range(metadata.num_row_groups)]
            if sum(sizes) <= memory:
                return _whole(file, path, name, wanted, names)
    except (unsound(), OSError) as error:
        raise damaged(name, error) from error
    return ParquetStream(path, name, digest_of_files([path]), names, wanted, sizes, memory)


def _whole(
    file: Any, path: Path, name: str, wanted: tuple[str, ...], names: tuple[str, ...]
) -> Table:
    from layergraph.training.reading.arrow_columns import columns_of

    columns = columns_of(file.read(columns=list(wanted), use_threads=True), name)
    digest = digest_of_files([path])
    return table_of(columns, name, digest, names=names, folder=path.parent, has_own_columns=True)


def damaged(name: str, error: Exception) -> Exception:
    """The error for a file that is no Parquet, or no longer one."""
    said = str(error).partition("\n")[0]
    return unreadable(
        f"{name} is no sound Parquet file", notes=(said,), help="write it again, or copy it again"
    )


def _bytes(group: Any, wanted: Iterable[str]) -> int:
    """What columns of a row group take in memory, about: dictionaries and runs are laid out."""
    columns = set(wanted)
    total = 0
    for index in range(group.num_columns):
        leaf = group.column(index)
        if leaf.path_in_schema.partition(".")[0] in columns:
            width = _WORD if leaf.physical_type == "BYTE_ARRAY" else 8
            total += max(leaf.total_uncompressed_size, leaf.num_values * width)
    return total
