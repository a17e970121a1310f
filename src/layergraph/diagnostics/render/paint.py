"""Colour, by ANSI escape sequences, or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from layergraph.diagnostics.codes import Severity

Paint = Callable[[str], str]

_RESET: Final = "\x1b[0m"


class Palette:
    """The colours of a report; without colour, every paint leaves its text alone."""

    def __init__(self, *, color: bool) -> None:
        self.bold = _paint("1" if color else None)
        self.gutter = _paint("1;34" if color else None)
        self._severities = {
            Severity.ERROR: _paint("1;31" if color else None),
            Severity.WARNING: _paint("1;33" if color else None),
        }

    def severity(self, severity: Severity) -> Paint:
        """Red for errors, yellow for warnings."""
        return self._severities[severity]


def _paint(code: str | None) -> Paint:
    if code is None:
        return lambda text: text
    return lambda text: f"\x1b[{code}m{text}{_RESET}" if text else text
