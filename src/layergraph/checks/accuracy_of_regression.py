"""LG405: accuracy as a metric of a regression, which is hardly ever exactly right."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.activations import SIGMOID, SOFTMAX, activation_of
from layergraph.graph.graph import Graph
from layergraph.graph.losses import REGRESSION, kind_of_loss
from layergraph.graph.target_forms import class_name
from layergraph.objects.catalogs import METRICS

_ACCURACIES = frozenset(
    {
        *("accuracy", "acc", "Accuracy", "BinaryAccuracy", "CategoricalAccuracy"),
        *("SparseCategoricalAccuracy", "TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy"),
    }
)


def accuracy_of_regression(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report regressions that are measured by how often they are exactly right.

    Silent without a task where the output ends with a softmax or a sigmoid, or with something that
    is not known: its numbers may be probabilities, whatever its loss.
    """
    for name, output in graph.heads.items():
        if output.task not in (None, "regression") or (
            output.task is None and kind_of_loss(output) != REGRESSION
        ):
            continue
        measured = [m for m in output.metrics if class_name(m, METRICS) in _ACCURACIES]
        if not measured:
            continue
        if output.task is None:
            found = activation_of(graph.flow.outputs[name], graph.flow)
            if found is None or found.activation in (SIGMOID, SOFTMAX):
                continue
        metric = measured[0] if isinstance(measured[0], str) else type(measured[0]).__name__
        output.warn(
            diagnostics,
            codes.ACCURACY_OF_REGRESSION,
            f"output `{name}` is a regression, and `{metric}` counts how often it is exactly right",
            help="measure how far off it is: `metrics: [mean_absolute_error]`",
        )
