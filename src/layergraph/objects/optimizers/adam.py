"""Adam."""

from layergraph.objects.optimizers.arguments import OptimizerArguments
from layergraph.objects.values import Momentum, NonNegative


class Adam(OptimizerArguments):
    """Adaptive moments (Kingma and Ba, 2014)."""

    beta_1: Momentum = 0.9
    beta_2: Momentum = 0.999
    epsilon: NonNegative = 1e-7
    amsgrad: bool = False
