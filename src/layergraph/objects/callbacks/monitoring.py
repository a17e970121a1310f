"""Callbacks that watch a value, one of the graph's own (`val_loss`), as in `keras.callbacks`."""

from typing import Annotated, Literal

from pydantic import Field

from layergraph.objects.base import KerasObject
from layergraph.objects.values import NonNegative, NonNegativeInt

Verbosity = Annotated[int, Field(ge=0, le=2)]

Mode = Literal["auto", "min", "max"]


class Monitoring(KerasObject):
    """What callbacks take that watch a value: its name, and whether less or more is better."""

    monitor: str = "val_loss"
    verbose: Verbosity = 0
    mode: Mode = "auto"


class EarlyStopping(Monitoring):
    """Stops when the monitored value has not improved for `patience` epochs."""

    min_delta: NonNegative = 0
    patience: NonNegativeInt = 0
    baseline: float | None = None
    restore_best_weights: bool = False
    start_from_epoch: NonNegativeInt = 0


class ReduceLROnPlateau(Monitoring):
    """Multiplies the learning rate by `factor` after `patience` epochs without improvement."""

    factor: Annotated[float, Field(gt=0, lt=1)] = 0.1
    patience: NonNegativeInt = 10
    min_delta: NonNegative = 1e-4
    cooldown: NonNegativeInt = 0
    min_lr: NonNegative = 0.0
