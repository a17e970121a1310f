"""LG410: a cross-entropy of probabilities on numbers that are none."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.activations import LINEAR, activation_of
from layergraph.graph.graph import Graph
from layergraph.graph.losses import BINARY, REGRESSION, called, kind_of_loss, takes_logits

_PROBABILITIES = frozenset(
    {"softmax", "sigmoid", "hard_sigmoid", "sparse_sigmoid", "sparsemax", "log_softmax"}
)


def loss_without_probabilities(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report cross-entropies, without `from_logits`, of what no softmax or sigmoid has made.

    Silent where it is not known what the output ends with (a product, a sum, a layer of the user's
    own), and on `task: binary`, which LG406 is about.
    """
    for name, output in graph.heads.items():
        kind = kind_of_loss(output)
        if kind in (None, REGRESSION) or takes_logits(output) or output.task == "binary":
            continue
        found = activation_of(graph.flow.outputs[name], graph.flow)
        if found is None or found.activation in _PROBABILITIES:
            continue
        ends = "a linear layer" if found.activation == LINEAR else f"`{found.activation}`"
        activation = "sigmoid" if kind == BINARY else "softmax"
        loss = type(output.loss).__name__ if not isinstance(output.loss, str) else output.loss
        output.warn(
            diagnostics,
            codes.LOSS_WITHOUT_PROBABILITIES,
            f"output `{name}` ends with {ends}, and its loss, {called(output)}, takes "
            "probabilities",
            help=f"end it with `activation: {activation}`, or write "
            f"`loss: {{type: {_class(loss)}, from_logits: true}}`",
        )


def _class(loss: str) -> str:
    from layergraph.objects.catalogs import LOSSES

    return LOSSES.class_name(loss) or "BinaryCrossentropy"
