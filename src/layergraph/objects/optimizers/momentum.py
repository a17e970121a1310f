"""Gradient descent and what scales it by running averages of gradients."""

from typing import Annotated

from pydantic import Field

from layergraph.objects.arguments import LearningRate
from layergraph.objects.optimizers.arguments import OptimizerArguments
from layergraph.objects.values import Momentum, NonNegative, Rate


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


class Lion(OptimizerArguments):
    """The sign of an averaged gradient (Chen et al., 2023)."""

    beta_1: Annotated[float, Field(gt=0, le=1)] = 0.9
    beta_2: Momentum = 0.99
