"""The corpus' files, and what layergraph says of them."""

from __future__ import annotations

import contextlib
from pathlib import Path

from layergraph.diagnostics.render import render
from layergraph.pipeline import validate

CORPUS = Path(__file__).parent
INVALID = CORPUS / "invalid"
VALID = CORPUS / "valid"


def graph_files(folder: Path) -> list[Path]:
    """The graph files of a folder, in the order of their names."""
    return sorted(folder.glob("*.yaml"))


def report_on(file: Path) -> str:
    """The report on a file as JSON, which names the file without its folder."""
    with contextlib.chdir(file.parent):
        return render("json", validate(file.name).diagnostics, files=1)
