"""Optimizers, as in `keras.optimizers`."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from layergraph.diagnostics import codes
from layergraph.objects.arguments import LearningRate, Optimizer
from layergraph.objects.base import Checked, KerasObject, complaint
from layergraph.objects.catalogs import OPTIMIZER_MAPS, OPTIMIZERS
from layergraph.objects.values import (
    LARGEST_COUNT,
    Momentum,
    Name,
    NonNegative,
    NonNegativeInt,
    Pattern,
    Positive,
    PositiveInt,
    Rate,
)


class OptimizerArguments(KerasObject):
    """What every optimizer takes: weight decay, one way of clipping, averaging, scaling."""

    learning_rate: LearningRate = 0.001
    weight_decay: NonNegative | None = None
    clipnorm: Positive | None = None
    clipvalue: Positive | None = None
    global_clipnorm: Positive | None = None
    use_ema: bool = False
    ema_momentum: Rate = 0.99
    ema_overwrite_frequency: PositiveInt | None = None
    loss_scale_factor: Positive | None = None
    gradient_accumulation_steps: Annotated[int, Field(ge=2, le=LARGEST_COUNT)] | None = None
    name: Name | None = None

    @model_validator(mode="after")
    def _clips_one_way(self) -> Self:
        ways = ("clipnorm", "clipvalue", "global_clipnorm")
        first, *others = [way for way in ways if getattr(self, way) is not None] or [""]
        if others:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"cannot stand beside `{first}`: gradients are clipped in one way",
                at=(others[0],),
            )
        return self


class SGD(OptimizerArguments):
    """Gradient descent, with momentum (Nesterov's, if asked)."""

    learning_rate: LearningRate = 0.01
    momentum: Rate = 0.0
    nesterov: bool = False


class RMSprop(OptimizerArguments):
    """Divides gradients by the root of their mean square (Tieleman and Hinton, 2012)."""

    rho: Momentum = 0.9
    momentum: Rate = 0.0
    epsilon: NonNegative = 1e-7
    centered: bool = False


class Adam(OptimizerArguments):
    """Adaptive moments (Kingma and Ba, 2014)."""

    beta_1: Momentum = 0.9
    beta_2: Momentum = 0.999
    epsilon: NonNegative = 1e-7
    amsgrad: bool = False


class AdamW(Adam):
    """Adam whose weight decay does not pass through the moments (Loshchilov et al., 2019)."""

    weight_decay: NonNegative = 0.004


class Adamax(OptimizerArguments):
    """Adam with the largest gradient in place of the second moment (Kingma and Ba, 2014)."""

    beta_1: Momentum = 0.9
    beta_2: Momentum = 0.999
    epsilon: NonNegative = 1e-7


class Nadam(OptimizerArguments):
    """Adam with Nesterov's momentum (Dozat, 2015)."""

    beta_1: Momentum = 0.9
    beta_2: Momentum = 0.999
    epsilon: NonNegative = 1e-7


class Lamb(OptimizerArguments):
    """Adam with a step for each layer, for large batches (You et al., 2019)."""

    beta_1: Momentum = 0.9
    beta_2: Momentum = 0.999
    epsilon: NonNegative = 1e-7


class Lion(OptimizerArguments):
    """The sign of an averaged gradient (Chen et al., 2023)."""

    beta_1: Annotated[float, Field(gt=0, le=1)] = 0.9
    beta_2: Momentum = 0.99


class Adagrad(OptimizerArguments):
    """Smaller steps for what was updated more (Duchi et al., 2011)."""

    initial_accumulator_value: NonNegative = 0.1
    epsilon: NonNegative = 1e-7


class Adadelta(OptimizerArguments):
    """Adagrad over a moving window of gradients (Zeiler, 2012)."""

    rho: Momentum = 0.95
    epsilon: NonNegative = 1e-7


class Adafactor(OptimizerArguments):
    """Adam with its second moment factored, to save memory (Shazeer and Stern, 2018)."""

    beta_2_decay: Annotated[float, Field(le=0)] = -0.8
    epsilon_1: NonNegative = 1e-30
    epsilon_2: NonNegative = 1e-3
    clip_threshold: Positive = 1.0
    relative_step: bool = True


class Ftrl(OptimizerArguments):
    """Follow the regularized leader, for large sparse models (McMahan et al., 2013)."""

    learning_rate_power: Annotated[float, Field(le=0)] = -0.5
    initial_accumulator_value: NonNegative = 0.1
    l1_regularization_strength: NonNegative = 0.0
    l2_regularization_strength: NonNegative = 0.0
    l2_shrinkage_regularization_strength: NonNegative = 0.0
    beta: NonNegative = 0.0


class ScheduleFreeAdamW(OptimizerArguments):
    """AdamW that averages its weights and needs no schedule (Defazio et al., 2024)."""

    learning_rate: LearningRate = 0.0025
    beta_1: Momentum = 0.9
    beta_2: Momentum = 0.999
    epsilon: NonNegative = 1e-8
    warmup_steps: NonNegativeInt = 0


class Muon(OptimizerArguments):
    """Orthogonalized momentum for matrices, AdamW for the rest (Jordan et al., 2024).

    `exclude_layers` holds regular expressions; a variable whose path has one of them gets AdamW.
    """

    weight_decay: NonNegative | None = 0.004
    adam_beta_1: Momentum = 0.9
    adam_beta_2: Momentum = 0.999
    adam_weight_decay: NonNegative | None = 0.004
    epsilon: NonNegative = 1e-7
    exclude_layers: Annotated[tuple[Pattern, ...], Field(strict=False)] | None = None
    exclude_embeddings: bool = True
    muon_a: float = 3.4445
    muon_b: float = -4.775
    muon_c: float = 2.0315
    adam_lr_ratio: Positive = 1
    momentum: Rate = 0.95
    ns_steps: PositiveInt = 5
    nesterov: bool = True
    rms_rate: Positive | None = 0.2


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
