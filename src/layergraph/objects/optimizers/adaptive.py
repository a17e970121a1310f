"""Optimizers that adapt a rate to each weight, and those for large models."""

from typing import Annotated

from pydantic import Field

from layergraph.objects.optimizers.arguments import OptimizerArguments
from layergraph.objects.values import Momentum, NonNegative, Pattern, Positive, PositiveInt, Rate


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
