"""Optimizers around other optimizers."""

from typing import Annotated, Any

from pydantic import AfterValidator

from layergraph.diagnostics import codes
from layergraph.objects.arguments import Optimizer
from layergraph.objects.base import Checked, KerasObject, complaint
from layergraph.objects.catalogs import OPTIMIZER_MAPS, OPTIMIZERS
from layergraph.objects.values import Name, Pattern, Positive, PositiveInt


def _as_object(optimizer: str | KerasObject) -> KerasObject:
    """The object that a name stands for: inside another optimizer, Keras takes no names."""
    if isinstance(optimizer, KerasObject):
        return optimizer
    described = OPTIMIZERS.find(optimizer)
    assert described is not None
    return described()


def _no_wrapper(optimizer: KerasObject) -> KerasObject:
    if isinstance(optimizer, LossScaleOptimizer | MultiOptimizer):
        name = type(optimizer).__name__
        raise complaint(codes.CONFLICTING_ARGUMENTS, f"cannot be a {name}, which wraps others")
    return optimizer


Inner = Annotated[Optimizer, AfterValidator(_as_object)]
Plain = Annotated[Inner, AfterValidator(_no_wrapper)]


class LossScaleOptimizer(KerasObject):
    """Scales the loss for another optimizer, lest gradients in float16 vanish."""

    inner_optimizer: Inner
    initial_scale: Positive = 2.0**15
    dynamic_growth_steps: PositiveInt = 2000
    name: Name | None = None


class OptimizerMap(KerasObject):
    """Which optimizer takes which variable: regular expressions over paths → optimizers."""

    default_optimizer: Inner
    optimizer_map: dict[Pattern, Plain] | None = None


class MultiOptimizer(KerasObject):
    """Several optimizers, each for the variables that an `OptimizerMap` gives to it."""

    optimizer_map: Annotated[Any, Checked(OPTIMIZER_MAPS.resolve)]
    loss_scale_factor: Positive | None = None
    name: Name | None = None
