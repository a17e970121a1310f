"""Diagnostics → a report. One file for each format, and a line in the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from layergraph.diagnostics.diagnostic import Diagnostic
from layergraph.diagnostics.render.concise import render_concise
from layergraph.diagnostics.render.json import render_json
from layergraph.diagnostics.render.text import render_text

Renderer = Callable[[Iterable[Diagnostic], int, bool], str]
"""Takes the diagnostics, the number of files that were checked, and whether to use colour."""

RENDERERS: Final[Mapping[str, Renderer]] = {
    "text": lambda diagnostics, _files, color: render_text(diagnostics, color),
    "concise": lambda diagnostics, _files, color: render_concise(diagnostics, color),
    "json": lambda diagnostics, files, _color: render_json(diagnostics, files),
}

__all__ = ["RENDERERS", "Renderer", "render_concise", "render_json", "render_text"]
