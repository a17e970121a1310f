"""The graph files that a command is given: files, and those in folders."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

ENDINGS = (".yaml", ".yml")


def graph_files(paths: Iterable[Path]) -> list[Path]:
    """The files among the paths, and all in the folders among them that end in .yaml or .yml.

    Raises:
        UsageError: where a folder holds none.
    """
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        inside = sorted(p for p in path.rglob("*") if p.suffix in ENDINGS and p.is_file())
        if not inside:
            raise click.UsageError(f"the folder '{path}' holds no .yaml or .yml file")
        files += inside
    return list(dict.fromkeys(files))


def number_of(number: int, noun: str) -> str:
    """A number of things, such as `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
