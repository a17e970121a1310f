"""The corpus' files, and what layergraph says of them."""

from __future__ import annotations

import contextlib
from functools import cache
from pathlib import Path

from layergraph.diagnostics import Diagnostic
from layergraph.diagnostics.render import render
from layergraph.pipeline import validate

CORPUS = Path(__file__).parent
INVALID = CORPUS / "invalid"
VALID = CORPUS / "valid"


def graph_files(folder: Path) -> list[Path]:
    """The graph files of a folder, in the order of their names."""
    return sorted(folder.glob("*.yaml"))


@cache
def diagnostics_on(file: Path) -> tuple[Diagnostic, ...]:
    """What is said of a file, which is named without its folder."""
    with contextlib.chdir(file.parent):
        return validate(file.name).diagnostics


def report_on(file: Path) -> str:
    """The report on a file as JSON."""
    return render("json", diagnostics_on(file), files=1)
