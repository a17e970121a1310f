"""How much of a file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from layergraph.diagnostics import Span
from layergraph.diagnostics.codes import TOO_DEEP, TOO_MANY_VALUES
from layergraph.syntax.reports import Reports

MOST: Final = {"depth": 256, "axes": 254}
"""What may not be raised further: the later stages walk a tree by recursion, and TensorFlow knows
no more axes.
"""


@dataclass(frozen=True)
class Limits:
    """Bounds on one file, and on the model that it describes.

    `depth` counts lists and mappings inside each other, `nodes` what the file expands to,
    `value_size` the items of a list, or characters of a text, that an expression gives; `axes`
    those of a tensor with the batch, `elements` the values of a tensor in one sample, and
    `parameters` those of the whole model.
    """

    file_bytes: int = 1024 * 1024
    depth: int = 64
    values: int = 1_000_000
    nodes: int = 200_000
    value_size: int = 10_000
    axes: int = 32
    elements: int = 2**36
    parameters: int = 2**36

    def __post_init__(self) -> None:
        for field in fields(self):
            least, most, value = 1, MOST.get(field.name), getattr(self, field.name)
            if value < least or (most is not None and value > most):
                bounds = f"between {least} and {most}" if most else f"at least {least}"
                raise ValueError(f"{field.name} must be {bounds}, not {value}")


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
