"""The kin of Adam."""

from layergraph.objects.arguments import LearningRate
from layergraph.objects.optimizers.adam import Adam
from layergraph.objects.optimizers.arguments import OptimizerArguments
from layergraph.objects.values import Momentum, NonNegative, NonNegativeInt


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


class ScheduleFreeAdamW(OptimizerArguments):
    """AdamW that averages its weights and needs no schedule (Defazio et al., 2024)."""

    learning_rate: LearningRate = 0.0025
    beta_1: Momentum = 0.9
    beta_2: Momentum = 0.999
    epsilon: NonNegative = 1e-8
    warmup_steps: NonNegativeInt = 0
