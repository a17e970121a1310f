"""Small files of a run are written whole: whoever reads one sees the old one or the new one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from layergraph.targets.files import writing


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
