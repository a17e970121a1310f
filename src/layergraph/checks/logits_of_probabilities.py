"""LG411: a loss with `from_logits: true` on probabilities, which it makes probabilities again."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.activations import activation_of
from layergraph.graph.graph import Graph
from layergraph.graph.losses import called, takes_logits

_PROBABILITIES = frozenset({"softmax", "sigmoid", "hard_sigmoid", "sparse_sigmoid", "sparsemax"})


def logits_of_probabilities(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report outputs that end with a softmax or a sigmoid, and whose loss applies another.

    Silent on `log_softmax`, which a softmax undoes, and on `task: binary`, which LG406 is about.
    """
    for name, output in graph.heads.items():
        if not takes_logits(output) or output.task == "binary":
            continue
        found = activation_of(graph.flow.outputs[name], graph.flow)
        if found is None or found.activation not in _PROBABILITIES:
            continue
        output.warn(
            diagnostics,
            codes.LOGITS_OF_PROBABILITIES,
            f"output `{name}` ends with `{found.activation}`, and its loss, {called(output)} with "
            "`from_logits: true`, applies another",
            help=f"drop `from_logits`, or the `{found.activation}`",
        )
