"""Losses of probabilities and margins, as metrics."""

from layergraph.objects.metrics.arguments import MetricArguments
from layergraph.objects.values import Axis, Name, Rate


class BinaryCrossentropy(MetricArguments):
    """Cross-entropy of yes-or-no labels."""

    from_logits: bool = False
    label_smoothing: Rate = 0
    name: Name | None = "binary_crossentropy"


class CategoricalCrossentropy(MetricArguments):
    """Cross-entropy of one-hot labels."""

    from_logits: bool = False
    label_smoothing: Rate = 0
    axis: Axis = -1
    name: Name | None = "categorical_crossentropy"


class SparseCategoricalCrossentropy(MetricArguments):
    """Cross-entropy of class numbers; samples of `ignore_class` count for nothing."""

    from_logits: bool = False
    ignore_class: int | None = None
    axis: Axis = -1
    name: Name | None = "sparse_categorical_crossentropy"


class KLDivergence(MetricArguments):
    """The Kullback-Leibler divergence, the sum of y log(y / ŷ)."""

    name: Name | None = "kl_divergence"


class Poisson(MetricArguments):
    """The mean of ŷ - y log(ŷ), for counts."""

    name: Name | None = "poisson"


class Hinge(MetricArguments):
    """The mean of max(1 - y ŷ, 0), for y of -1 and 1."""

    name: Name | None = "hinge"


class SquaredHinge(MetricArguments):
    """The mean of max(1 - y ŷ, 0)², for y of -1 and 1."""

    name: Name | None = "squared_hinge"


class CategoricalHinge(MetricArguments):
    """How far the right class' score is ahead of the best wrong one, up to 1."""

    name: Name | None = "categorical_hinge"
