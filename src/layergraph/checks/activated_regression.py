"""LG402: an activation on the head of a regression, so that it cannot give every number."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.activations import activation_of
from layergraph.graph.graph import Graph
from layergraph.graph.losses import is_regression

_LIMITS = {
    "relu": "gives nothing below 0, and stops learning where it would have to",
    "relu6": "gives nothing below 0 or above 6",
    "elu": "gives nothing below -1",
    "selu": "gives nothing below -1.76",
    "sigmoid": "gives nothing outside 0 to 1",
    "hard_sigmoid": "gives nothing outside 0 to 1",
    "tanh": "gives nothing outside -1 to 1",
    "hard_tanh": "gives nothing outside -1 to 1",
    "softsign": "gives nothing outside -1 to 1",
}


def activated_regression(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report outputs of `task: regression`, and single numbers with the loss of one.

    Silent on `softplus` and `exponential`, which are chosen to give what is more than 0; where a
    `Rescaling` or any other layer comes after the activation; on several numbers with a loss and no
    task, such as the pixels of an autoencoder; and on softmax, which LG404 is about.
    """
    for name, output in graph.heads.items():
        is_one = output.spec.rank == 2 and output.spec.last_dim == 1
        if not is_regression(output) or not (output.task or is_one):
            continue
        found = activation_of(graph.flow.outputs[name], graph.flow)
        if found is None or found.activation not in _LIMITS:
            continue
        output.warn(
            diagnostics,
            codes.ACTIVATED_REGRESSION,
            f"output `{name}` is a regression that ends with `{found.activation}`, which "
            f"{_LIMITS[found.activation]}",
            help="drop the activation: a regression ends with a linear layer",
        )
