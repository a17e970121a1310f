"""sha256 of data: what tells whether a run goes on with the data that it began with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np

_BLOCK: Final = 2**20


def digest_of_files(files: Iterable[Path]) -> str:
    """Of the bytes of one file; of several, of their names and bytes in the order given."""
    files = tuple(files)
    digest = sha256()
    for file in files:
        if len(files) > 1:
            digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()


def digest_of_arrays(columns: Mapping[str, np.ndarray[Any, Any]]) -> str:
    """Of the names, dtypes, shapes and values of arrays, in the order given."""
    import numpy as np

    digest = sha256()
    for name, column in columns.items():
        column = np.atleast_1d(column)  # noqa: PLW2901
        digest.update(f"{name}\0{column.dtype.str}\0{column.shape}\0".encode())
        rows = max(1, _BLOCK * max(len(column), 1) // max(column.nbytes, 1))
        for start in range(0, len(column), rows):
            block = column[start : start + rows]
            if column.dtype.hasobject:
                text = "\0".join(map(repr, block.ravel().tolist()))
                digest.update(text.encode("utf-8", "backslashreplace"))
            else:
                digest.update(np.ascontiguousarray(block).tobytes())
    return digest.hexdigest()
