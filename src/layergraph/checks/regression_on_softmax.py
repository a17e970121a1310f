"""LG404: a loss of regressions on probabilities of classes."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.activations import SOFTMAX, activation_of
from layergraph.graph.graph import Graph
from layergraph.graph.losses import REGRESSION, called, kind_of_loss


def regression_on_softmax(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report outputs that end with a softmax and have a loss of distances.

    Silent on Poisson, Kullback-Leibler, cosine and hinge losses, and on the user's own; and on a
    softmax over a single number, which LG407 is about.
    """
    for name, output in graph.heads.items():
        if kind_of_loss(output) != REGRESSION or output.spec.last_dim == 1:
            continue
        found = activation_of(graph.flow.outputs[name], graph.flow)
        if found is None or found.activation != SOFTMAX:
            continue
        output.warn(
            diagnostics,
            codes.REGRESSION_ON_SOFTMAX,
            f"output `{name}` ends with a softmax, and its loss, {called(output)}, is one of "
            "regressions: a wrong answer that is sure of itself hardly learns",
            help="with classes, write `task: multiclass` or a categorical cross-entropy; "
            "for numbers, drop the softmax",
        )
