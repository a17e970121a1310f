"""Learning rate schedules, as in `keras.optimizers.schedules`."""

from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator

from layergraph.diagnostics import codes
from layergraph.objects.base import KerasObject, complaint
from layergraph.objects.values import Name, NonNegative, NonNegativeInt, Positive, PositiveInt


class ExponentialDecay(KerasObject):
    """Multiplied by `decay_rate` over every `decay_steps`; in jumps if `staircase`."""

    initial_learning_rate: Positive
    decay_steps: PositiveInt
    decay_rate: Positive
    staircase: bool = False
    name: Name | None = "ExponentialDecay"


class InverseTimeDecay(KerasObject):
    """Divided by 1 + `decay_rate` · step / `decay_steps`; in jumps if `staircase`."""

    initial_learning_rate: Positive
    decay_steps: PositiveInt
    decay_rate: NonNegative
    staircase: bool = False
    name: Name | None = "InverseTimeDecay"


class PolynomialDecay(KerasObject):
    """From the initial to the end rate over `decay_steps`, along a power of the steps left."""

    initial_learning_rate: Positive
    decay_steps: PositiveInt
    end_learning_rate: NonNegative = 0.0001
    power: Positive = 1.0
    cycle: bool = False
    name: Name | None = "PolynomialDecay"


class CosineDecay(KerasObject):
    """Down half a cosine to `alpha` times where it began, after a straight warm-up if asked."""

    initial_learning_rate: NonNegative
    decay_steps: PositiveInt
    alpha: NonNegative = 0.0
    name: Name | None = "CosineDecay"
    warmup_target: Positive | None = None
    warmup_steps: NonNegativeInt = 0


class CosineDecayRestarts(KerasObject):
    """Cosine decay again and again, each `t_mul` times as long and `m_mul` times as high."""

    initial_learning_rate: Positive
    first_decay_steps: PositiveInt
    t_mul: Positive = 2.0
    m_mul: Positive = 1.0
    alpha: NonNegative = 0.0
    name: Name | None = "SGDRDecay"


class PiecewiseConstantDecay(KerasObject):
    """The first of `values` up to the first of `boundaries`, then the next; one value more."""

    boundaries: Annotated[tuple[NonNegative, ...], Field(strict=False)]
    values: Annotated[tuple[Positive, ...], Field(strict=False, min_length=1)]
    name: Name | None = "PiecewiseConstant"

    @model_validator(mode="after")
    def _steps_fit(self) -> Self:
        if len(self.values) != len(self.boundaries) + 1:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must be one more than the {len(self.boundaries)} of `boundaries`, "
                f"not {len(self.values)}",
                at=("values",),
            )
        for position, (before, after) in enumerate(pairwise(self.boundaries), start=1):
            if after <= before:
                raise complaint(
                    codes.OUT_OF_RANGE,
                    f"must be more than the boundary before it, {before:g}, not {after:g}",
                    at=("boundaries", position),
                )
        return self
