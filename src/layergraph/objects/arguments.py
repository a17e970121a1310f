"""The types of arguments that take an object by name or as ``{type: …}``."""

from __future__ import annotations

from typing import Annotated, Any

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import Checked, KerasObject, complaint
from layergraph.objects.catalogs import (
    CONSTRAINTS,
    INITIALIZERS,
    LOSSES,
    METRICS,
    OPTIMIZERS,
    REGULARIZERS,
    SCHEDULES,
)
from layergraph.objects.values import number

Initializer = Annotated[str | KerasObject, Checked(INITIALIZERS.resolve)]
Regularizer = Annotated[str | KerasObject, Checked(REGULARIZERS.resolve)]
Constraint = Annotated[str | KerasObject, Checked(CONSTRAINTS.resolve)]
Loss = Annotated[str | KerasObject, Checked(LOSSES.resolve)]
Metric = Annotated[str | KerasObject, Checked(METRICS.resolve)]
Optimizer = Annotated[str | KerasObject, Checked(OPTIMIZERS.resolve)]
Schedule = Annotated[KerasObject, Checked(SCHEDULES.resolve)]


def _learning_rate(value: Any) -> float | KerasObject:
    if isinstance(value, dict | KerasObject):
        scheduled: KerasObject = SCHEDULES.resolve(value)
        return scheduled
    if type(value) not in (int, float):
        predicate = f"must be a number or the `{{type: …}}` of a schedule, not {shown(value)}"
        raise complaint(codes.WRONG_TYPE, predicate)
    if not number(value) > 0:
        raise complaint(codes.OUT_OF_RANGE, f"must be more than 0, not {value}")
    return float(value)


LearningRate = Annotated[float | KerasObject, Checked(_learning_rate)]
