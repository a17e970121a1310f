"""Small files of a run are written whole: whoever reads one sees the old one or the new one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EDQUOT, ENOSPC
from pathlib import Path

from layergraph.diagnostics import codes
from layergraph.targets.failures import failure


def write_whole(place: Path, text: str) -> None:
    """Write a file of text.

    Raises:
        GraphError: unwritable-output.
    """
    write_bytes_whole(place, text.encode())


def write_bytes_whole(place: Path, content: bytes) -> None:
    """`write_whole`, of bytes.

    Raises:
        GraphError: unwritable-output.
    """
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    with writing(place):
        try:
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())  # else a crash of the machine could leave an empty file
            beside.replace(place)
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Give the errors of the system an error of ours, where `place` is being written.

    Raises:
        GraphError: unwritable-output.
    """
    try:
        yield
    except OSError as error:
        reason, help = error.strerror or str(error), None
        if error.errno in (ENOSPC, EDQUOT):
            reason = "the disk is full" if error.errno == ENOSPC else "your disk quota is used up"
            help = "make room, or write to another disk"
        elif isinstance(error, FileExistsError | NotADirectoryError):
            reason = "what should be a folder on the way to it is a file"
        message = f"cannot write `{place}`: {reason}"
        raise failure(codes.UNWRITABLE_OUTPUT, message, help=help) from error
