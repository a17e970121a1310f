"""Any data → a `Table`, or what is read piece by piece."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from layergraph.training.reading.arrays import read_arrays
from layergraph.training.reading.csv import read_csv
from layergraph.training.reading.frames import is_frame, read_frame
from layergraph.training.reading.given_dataset import GivenDataset, is_dataset
from layergraph.training.reading.npy_folder import read_npy_folder
from layergraph.training.reading.npz import read_npz
from layergraph.training.reading.parquet import read_parquet
from layergraph.training.reading.parquet_stream import ParquetStream
from layergraph.training.reading.python_source import call_function, is_function_of
from layergraph.training.reading.table import IN_PYTHON, MEMORY, Table, unreadable

_FORMS = (
    "data are a `.csv`, `.parquet` or `.npz` file, a folder of `.npy` files, or `module:function`"
)


def read_data(
    data: Any,
    *,
    needed: Collection[str],
    words: Collection[str] = (),
    allow: tuple[str, ...] = (),
    memory: int = MEMORY,
) -> Table | ParquetStream | GivenDataset:
    """Read the columns that are needed.

    Args:
        data: a path, `"module:function"`, a dict of arrays, a DataFrame, a `tf.data.Dataset` or a
            `keras.utils.PyDataset`.
        needed: the columns that are read, where the data have them.
        words: those of them that are words even where they look like numbers, as `007` in a CSV.
        allow: modules that may be imported.
        memory: bytes above which Parquet becomes a `ParquetStream`.

    Raises:
        GraphError: unreadable-data, missing-package, module-not-allowed, unimportable.
    """
    names = frozenset(needed)
    if isinstance(data, str) and is_function_of(data):
        data = call_function(data, allow)
    if isinstance(data, str | os.PathLike):
        return _read_path(Path(data), names, frozenset(words), memory)
    if is_dataset(data):
        return GivenDataset(data, IN_PYTHON)
    if is_frame(data):
        return read_frame(data, names)
    if isinstance(data, Mapping):
        return read_arrays(data, names)
    raise unreadable(
        f"{IN_PYTHON} are of type `{type(data).__module__}.{type(data).__qualname__}`",
        help="give a dict of arrays by name, a pandas DataFrame, a `tf.data.Dataset`, a "
        "`keras.utils.PyDataset`, or a path",
    )


def _read_path(
    path: Path, needed: frozenset[str], words: frozenset[str], memory: int
) -> Table | ParquetStream:
    name = str(path)
    try:
        if path.is_dir():
            return read_npy_folder(path, name, needed)
        if not path.exists():
            raise unreadable(f"{name} does not exist", help=_FORMS)
        if not path.stat().st_size:
            raise unreadable(f"{name} is empty", help=_FORMS)
        match path.suffix.lower():
            case ".npz":
                return read_npz(path, name, needed)
            case ".csv":
                return read_csv(path, name, needed, words)
            case ".parquet":
                return read_parquet(path, name, needed, memory)
    except OSError as error:
        raise unreadable(
            f"{name} cannot be read: {error.strerror or error}", help="see to it that you may"
        ) from error
    ending = f"the ending `{path.suffix}`" if path.suffix else "a file without an ending"
    raise unreadable(f"{name} has an unknown form, {ending}", help=_FORMS)
