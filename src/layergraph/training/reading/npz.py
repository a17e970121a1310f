"""NumPy's archives of arrays by name."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from layergraph.training.reading.digest import digest_of_files
from layergraph.training.reading.table import Table, table_of, unreadable, worth_reading

if TYPE_CHECKING:
    from layergraph.training.reading.values import Array


def read_npz(path: Path, name: str, needed: frozenset[str]) -> Table:
    """The arrays of an archive that are needed; nothing in it is ever unpickled.

    Raises:
        GraphError: unreadable-data.
    """
    import numpy as np

    from layergraph.training.reading.values import as_column

    try:
        archive = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise unreadable(
            f"{name} is no archive of arrays", notes=(str(error),), help="write it by `np.savez`"
        ) from error
    if not isinstance(archive, np.lib.npyio.NpzFile):
        raise unreadable(f"{name} is one array without a name", help="write it by `np.savez`")
    with archive:
        names = tuple(archive.files)
        columns: dict[str, Array] = {}
        for key in worth_reading(names, needed):
            try:
                columns[key] = as_column(archive[key], key, name)
            except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
                raise refused(key, name, error) from error
    if not columns:
        raise unreadable(f"{name} holds no array", help="write it by `np.savez(file, name=array)`")
    digest = digest_of_files([path])
    return table_of(columns, name, digest, names=names, folder=path.parent, has_own_columns=False)


def refused(key: str, name: str, error: Exception) -> Exception:
    """The error for one array that cannot be read."""
    if "pickle" in str(error) or "Python objects" in str(error):
        return unreadable(
            f"`{key}` of {name} holds Python objects, which are not unpickled",
            help="to unpickle is to run what the file says; write words by "
            "`np.array(words, dtype=str)`, and numbers with a dtype of numbers",
        )
    return unreadable(
        f"`{key}` of {name} is damaged", notes=(str(error),), help="write the file again"
    )
