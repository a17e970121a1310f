"""Metrics that count the right answers."""

from layergraph.objects.metrics.arguments import MetricArguments
from layergraph.objects.values import Name, PositiveInt


class Accuracy(MetricArguments):
    """How often the prediction equals the label."""

    name: Name | None = "accuracy"


class BinaryAccuracy(MetricArguments):
    """How often a prediction falls on the right side of `threshold`."""

    threshold: float = 0.5
    name: Name | None = "binary_accuracy"


class CategoricalAccuracy(MetricArguments):
    """How often the most likely class is the one of a one-hot label."""

    name: Name | None = "categorical_accuracy"


class SparseCategoricalAccuracy(MetricArguments):
    """How often the most likely class is the label, a class number."""

    name: Name | None = "sparse_categorical_accuracy"


class TopKCategoricalAccuracy(MetricArguments):
    """How often the class of a one-hot label is among the `k` most likely."""

    k: PositiveInt = 5
    name: Name | None = "top_k_categorical_accuracy"


class SparseTopKCategoricalAccuracy(MetricArguments):
    """How often the label, a class number, is among the `k` most likely.

    With `from_sorted_ids` the predictions are class numbers, the most likely first.
    """

    k: PositiveInt = 5
    from_sorted_ids: bool = False
    name: Name | None = "sparse_top_k_categorical_accuracy"
