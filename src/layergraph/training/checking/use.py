"""Who takes a column, and reports of mistakes in it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from layergraph.diagnostics import Code, Diagnostics, Span
from layergraph.diagnostics.values import cut


class Use(NamedTuple):
    """The use of a column by an input or an output.

    `who` is its subject in messages: "input `age`", or "the weight of `price`".
    """

    column: str
    name: str
    part: str
    span: Span
    who: str

    def report(
        self,
        diagnostics: Diagnostics,
        code: Code,
        message: str,
        *,
        help: str | None,
        more: int = 0,
        notes: tuple[str, ...] = (),
    ) -> None:
        """Take down a mistake, and how many more rows make it."""
        if more:
            notes = (f"so it is in {more:,} more row{'s' if more > 1 else ''}", *notes)
        diagnostics.report(
            code, message, self.span, path=(self.part, self.name), notes=notes, help=help
        )


def shown(value: Any) -> str:
    """A value of the data as messages write it."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, str):
        return f'"{cut(value)}"'
    return cut(str(value))


def shape_text(shape: tuple[int | None, ...]) -> str:
    """A shape as messages write it; a size that may be any is a question mark."""
    sizes = ["?" if size is None else str(size) for size in shape]
    return f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"
