"""One line for each diagnostic, as editors and `grep` like them."""

from __future__ import annotations

from collections.abc import Iterable

from layergraph.diagnostics.diagnostic import Diagnostic
from layergraph.diagnostics.render.paint import Palette
from layergraph.diagnostics.render.visible import visible


def render(diagnostics: Iterable[Diagnostic], files: int, color: bool) -> str:  # noqa: ARG001
    """``file:line:column: error[LG203]: message (help)``."""
    palette = Palette(color=color)
    return "".join(f"{_line(diagnostic, palette)}\n" for diagnostic in diagnostics)


def _line(diagnostic: Diagnostic, palette: Palette) -> str:
    kind = palette.severity(diagnostic.severity)(f"{diagnostic.severity}[{diagnostic.code.id}]")
    advice = f" ({visible(diagnostic.help)})" if diagnostic.help is not None else ""
    return f"{visible(diagnostic.span.place)}: {kind}: {visible(diagnostic.message)}{advice}"
