"""Gradient descent."""

from layergraph.objects.arguments import LearningRate
from layergraph.objects.optimizers.arguments import OptimizerArguments
from layergraph.objects.values import Rate


class SGD(OptimizerArguments):
    """Gradient descent, with momentum (Nesterov's, if asked)."""

    learning_rate: LearningRate = 0.01
    momentum: Rate = 0.0
    nesterov: bool = False
