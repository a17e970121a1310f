"""RMSprop."""

from layergraph.objects.optimizers.arguments import OptimizerArguments
from layergraph.objects.values import Momentum, NonNegative, Rate


class RMSprop(OptimizerArguments):
    """Divides gradients by the root of their mean square (Tieleman and Hinton, 2012)."""

    rho: Momentum = 0.9
    momentum: Rate = 0.0
    epsilon: NonNegative = 1e-7
    centered: bool = False
