"""LG409: categorical cross-entropy, which looks at the right class alone, on sigmoids."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.activations import SIGMOID, activation_of
from layergraph.graph.graph import Graph
from layergraph.graph.losses import CATEGORICAL, SPARSE, called, kind_of_loss


def sigmoid_with_categorical_loss(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report outputs that end with a sigmoid and have a categorical cross-entropy.

    Silent on `task: binary`, which LG406 is about.
    """
    for name, output in graph.heads.items():
        if output.task == "binary" or kind_of_loss(output) not in (CATEGORICAL, SPARSE):
            continue
        found = activation_of(graph.flow.outputs[name], graph.flow)
        if found is None or found.activation != SIGMOID:
            continue
        is_one = output.spec.last_dim == 1
        output.warn(
            diagnostics,
            codes.SIGMOID_WITH_CATEGORICAL_LOSS,
            f"output `{name}` ends with a sigmoid, and its loss is {called(output)}, which takes "
            "probabilities of which one class has what the others lack",
            help="of two classes, the loss is `binary_crossentropy`: `task: binary`"
            if is_one
            else "where a sample is of one class, end it with a softmax (`task: multiclass`); "
            "where it may be of several, take binary cross-entropy (`task: multilabel`)",
        )
