"""A folder of arrays, one in a file, which stay on disk until rows of them are taken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from layergraph.training.reading.digest import digest_of_files
from layergraph.training.reading.npz import refused
from layergraph.training.reading.table import Table, table_of, unreadable, worth_reading

if TYPE_CHECKING:
    from layergraph.training.reading.values import Array


def read_npy_folder(path: Path, name: str, needed: frozenset[str]) -> Table:
    """The arrays `NAME.npy` of a folder that are needed, memory-mapped; words are read.

    Raises:
        GraphError: unreadable-data.
    """
    import numpy as np

    from layergraph.training.reading.values import as_column

    files = {file.stem: file for file in sorted(path.glob("*.npy"))}
    if not files:
        raise unreadable(
            f"the folder {name} holds no `.npy` file",
            help="write an array for each input and output: `np.save('folder/name.npy', array)`",
        )
    columns: dict[str, Array] = {}
    for key in worth_reading(tuple(files), needed):
        try:
            array = np.load(files[key], mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            if "empty file" in str(error):  # what mmap says of an array of no rows
                raise unreadable(f"`{key}` of {name} has no rows", help="give it rows") from error
            raise refused(key, name, error) from error
        if not isinstance(array, np.ndarray):
            raise unreadable(
                f"{files[key]} is an archive, not an array", help="write it by `np.save`"
            )
        columns[key] = as_column(array, key, name)
    digest = digest_of_files(files.values())
    return table_of(columns, name, digest, names=tuple(files), folder=path, has_own_columns=False)
