"""LG408: binary cross-entropy, which takes each class by itself, on a softmax over all of them."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.activations import SOFTMAX, activation_of
from layergraph.graph.graph import Graph
from layergraph.graph.losses import BINARY, called, kind_of_loss


def softmax_with_binary_loss(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report outputs that end with a softmax and have a binary cross-entropy.

    Silent on `task: binary`, which LG406 is about, and on a softmax over one number, LG407.
    """
    for name, output in graph.heads.items():
        if kind_of_loss(output) != BINARY or output.task == "binary" or output.spec.last_dim == 1:
            continue
        found = activation_of(graph.flow.outputs[name], graph.flow)
        if found is None or found.activation != SOFTMAX:
            continue
        output.warn(
            diagnostics,
            codes.SOFTMAX_WITH_BINARY_LOSS,
            f"output `{name}` ends with a softmax, and its loss is {called(output)}, which takes "
            "every class by itself",
            help="where a sample is of one class, take a categorical cross-entropy "
            "(`task: multiclass`); where it may be of several, a sigmoid (`task: multilabel`)",
        )
