"""The types of arguments that take an object by name or as ``{type: …}``."""

from __future__ import annotations

from typing import Annotated

from pydantic import PlainValidator

from layergraph.objects.base import KerasObject
from layergraph.objects.catalogs import (
    CONSTRAINTS,
    INITIALIZERS,
    LOSSES,
    METRICS,
    OPTIMIZERS,
    REGULARIZERS,
    SCHEDULES,
)

Initializer = Annotated[str | KerasObject, PlainValidator(INITIALIZERS.resolve)]
Regularizer = Annotated[str | KerasObject, PlainValidator(REGULARIZERS.resolve)]
Constraint = Annotated[str | KerasObject, PlainValidator(CONSTRAINTS.resolve)]
Loss = Annotated[str | KerasObject, PlainValidator(LOSSES.resolve)]
Metric = Annotated[str | KerasObject, PlainValidator(METRICS.resolve)]
Optimizer = Annotated[str | KerasObject, PlainValidator(OPTIMIZERS.resolve)]
Schedule = Annotated[KerasObject, PlainValidator(SCHEDULES.resolve)]
