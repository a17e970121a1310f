"""What kind of loss an output has."""

from __future__ import annotations

from layergraph.graph.graph import Graph, Output
from layergraph.graph.target_forms import class_name
from layergraph.objects.base import KerasObject
from layergraph.objects.catalogs import LOSSES

REGRESSION, BINARY, CATEGORICAL, SPARSE = "regression", "binary", "categorical", "sparse"

_KINDS = {
    "MeanSquaredError": REGRESSION,
    "MeanAbsoluteError": REGRESSION,
    "MeanAbsolutePercentageError": REGRESSION,
    "MeanSquaredLogarithmicError": REGRESSION,
    "LogCosh": REGRESSION,
    "Huber": REGRESSION,
    "BinaryCrossentropy": BINARY,
    "BinaryFocalCrossentropy": BINARY,
    "CategoricalCrossentropy": CATEGORICAL,
    "CategoricalFocalCrossentropy": CATEGORICAL,
    "SparseCategoricalCrossentropy": SPARSE,
}


def kind_of_loss(output: Output) -> str | None:
    """Whether it measures distances, or is a cross-entropy, and of what; None of any other."""
    if output.loss is None:
        return None
    name = class_name(output.loss, LOSSES)
    if name in ("crossentropy", "ce"):  # for which Keras chooses by shapes
        return BINARY if output.spec.last_dim == 1 else None
    return _KINDS.get(name or "")


def is_regression(output: Output) -> bool:
    """Whether it is one by its task, or by its loss where it has no task."""
    if output.task is not None:
        return output.task == "regression" and kind_of_loss(output) in (REGRESSION, None)
    return kind_of_loss(output) == REGRESSION


def takes_logits(output: Output) -> bool:
    """Whether its loss takes the numbers before a softmax or a sigmoid."""
    return isinstance(output.loss, KerasObject) and getattr(output.loss, "from_logits", False)


def called(output: Output) -> str:
    """What messages call its loss: as Keras names the function."""
    name = output.loss if isinstance(output.loss, str) else getattr(output.loss, "name", None)
    return f"`{name}`"


def is_trained(graph: Graph) -> bool:
    """Whether a graph's file says how it is trained."""
    return bool(graph.training.model_fields_set)
