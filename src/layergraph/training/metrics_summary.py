"""What a run came to: metrics.json, and the table that `train` prints at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum, nan, sqrt
from typing import Any

from layergraph.training.history import FINAL, VALIDATION, finite_or_none, quantities
from layergraph.training.number_text import number, plus_minus
from layergraph.views.table import Column, table

Values = Mapping[str, float]
"""The losses and metrics of a model by name, as in histories."""


def metrics_content(
    final: Values, folds: Sequence[Values] = (), missing: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """The content of metrics.json; what is not finite is null.

    Args:
        final: the values of the final model.
        folds: those of the model of each fold; none where the data was not folded.
        missing: the targets that are not in the data, by output.
    """
    summed_up = None
    if folds:
        names = _names(folds)
        summed_up = {
            "count": len(folds),
            "mean": _storable({name: _mean(_series(folds, name)) for name in names}),
            "std": _storable({name: _std(_series(folds, name)) for name in names}),
            "each": [_storable(fold) for fold in folds],
        }
    return {FINAL: _storable(final), "folds": summed_up, "missing": dict(missing or {})}


def metrics_table(final: Values, folds: Sequence[Values] = (), *, of: str = "training") -> str:
    """A line for each loss and metric: of training, and of validation where there is one.

    `of` says what the values are of, if not of training.

    With folds, what stands there is their mean ± standard deviation, and beside it what the final
    model came to on all the data.
    """

    def shown(name: str) -> str:
        if not folds:
            return number(final[name]) if name in final else ""
        series = _series(folds, name)
        return plus_minus(_mean(series), _std(series)) if series else ""

    def shown_final(name: str) -> str:
        return number(final[name]) if folds and name in final else ""

    columns: list[Column[str]] = [
        Column("", lambda name: name),
        Column(of, shown, is_right=True, is_optional=True),
        Column(
            "validation", lambda name: shown(VALIDATION + name), is_right=True, is_optional=True
        ),
        Column("final model", shown_final, is_right=True, is_optional=True),
    ]
    lines = table(columns, quantities(_names([*folds, final])))
    if folds:
        lines.append("")
        lines.append(f"training and validation: mean ± standard deviation of {len(folds)} folds")
    return "\n".join(lines) + "\n"


def _names(all_values: Sequence[Values]) -> list[str]:
    return list(dict.fromkeys(name for values in all_values for name in values))


def _series(folds: Sequence[Values], name: str) -> list[float]:
    return [fold[name] for fold in folds if name in fold]


def _storable(values: Values) -> dict[str, float | None]:
    return {name: finite_or_none(value) for name, value in values.items()}


def _mean(series: Sequence[float]) -> float:
    return fsum(series) / len(series)


def _std(series: Sequence[float]) -> float:
    """The standard deviation of a sample (n - 1 below the line); NaN for a single value."""
    if len(series) < 2:
        return nan
    mean = _mean(series)
    return sqrt(fsum((value - mean) ** 2 for value in series) / (len(series) - 1))
