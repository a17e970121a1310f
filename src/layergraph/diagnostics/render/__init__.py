"""Diagnostics → a report. One file for each format, and a line in the table."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from layergraph.diagnostics.diagnostic import Diagnostic

FORMATS = ("text", "concise", "json", "github", "sarif")


def render(form: str, diagnostics: Iterable[Diagnostic], files: int, color: bool = False) -> str:
    """The report in one of `FORMATS`, whose module is imported now if it was not yet.

    Args:
        form: which format.
        diagnostics: what is to be said.
        files: the number of files that were checked.
        color: whether to colour the text, where the format has colours.
    """
    report: str = import_module(f"{__name__}.{form}").render(diagnostics, files, color)
    return report
