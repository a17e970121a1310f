"""How much of a file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from layergraph.diagnostics import Span
from layergraph.diagnostics.codes import TOO_DEEP, TOO_MANY_VALUES
from layergraph.syntax.reports import Reports

DEEPEST: Final = 256
"""What the later stages, which walk a tree by recursion, can stand."""


@dataclass(frozen=True)
class Limits:
    """Bounds on one file.

    `depth` counts lists and mappings inside each other, `nodes` what the file expands to.
    """

    file_bytes: int = 1024 * 1024
    depth: int = 64
    values: int = 1_000_000
    nodes: int = 200_000

    def __post_init__(self) -> None:
        if not 1 <= self.depth <= DEEPEST:
            raise ValueError(f"depth must be between 1 and {DEEPEST}, not {self.depth}")


DEFAULT: Final = Limits()


class Budget:
    """What a text has used of its limits, aliases counted as often as they repeat a value."""

    def __init__(self, limits: Limits, reports: Reports) -> None:
        self.values = 0
        self._limits = limits
        self._reports = reports

    def spend(self, values: int, span: Span) -> None:
        """Count values. Raises `Refused` when they are too many."""
        self.values += values
        if self.values > self._limits.values:
            self._reports.refuse(
                TOO_MANY_VALUES,
                f"the file holds more than {self._limits.values:,} values, aliases counted",
                span,
                help="share less with aliases, or raise the limit with `--max-values`",
            )

    def check_depth(self, levels: int, span: Span) -> None:
        """Raises `Refused` when lists and mappings are `levels` deep and may not be."""
        if levels > self._limits.depth:
            self._reports.refuse(
                TOO_DEEP,
                f"lists and mappings are more than {self._limits.depth} levels deep",
                span,
                help="put less inside of each other, or raise the limit with `--max-depth`",
            )
