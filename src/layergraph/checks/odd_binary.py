"""LG406: a binary output that is not one unit with a sigmoid and binary cross-entropy."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.activations import LINEAR, SIGMOID, SOFTMAX, activation_of
from layergraph.graph.graph import Graph, Output
from layergraph.graph.losses import BINARY, called, kind_of_loss, takes_logits
from layergraph.objects.declared import CustomObject
from layergraph.tensors import TensorSpec

_OTHER_SIGMOIDS = ("hard_sigmoid", "sparse_sigmoid")


def odd_binary(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report outputs of `task: binary` that something beside the task makes another thing.

    Silent on a linear head whose loss has `from_logits: true`; where the activation is not known;
    on a loss of the user's own, and on hinge and the losses of masks, which go with other heads.
    """
    for name, output in graph.heads.items():
        if output.task != "binary" or isinstance(output.loss, CustomObject):
            continue
        found = activation_of(graph.flow.outputs[name], graph.flow)
        problem = _problem(output, output.spec, found.activation if found else None)
        if problem is not None:
            message = f"output `{name}` is binary, and {problem[0]}"
            output.warn(diagnostics, codes.ODD_BINARY, message, help=problem[1])


def _problem(output: Output, spec: TensorSpec, activation: str | None) -> tuple[str, str] | None:
    """What is wrong, and what to do."""
    kind = kind_of_loss(output)
    if output.loss is not None and kind is None:
        return None
    size = spec.last_dim
    if isinstance(size, int) and size != 1 and spec.rank == 2:
        return (
            f"gives {size} numbers: the probability of one of two classes is one",
            "set `units: 1`; with a softmax over two classes, it is `task: multiclass`",
        )
    if kind is not None and kind != BINARY:
        return (
            f"its loss is {called(output)}",
            "drop `loss`: the task brings binary cross-entropy",
        )
    wanted = LINEAR if takes_logits(output) else SIGMOID
    if activation in (None, wanted, SOFTMAX) or activation in _OTHER_SIGMOIDS:
        return None  # a softmax over one number is LG407's
    if wanted == LINEAR:
        return (
            None
            if activation != SIGMOID
            else (
                "has a sigmoid, which its loss, with `from_logits: true`, applies again",
                "drop `from_logits`, or the sigmoid",
            )
        )
    ends = "nothing" if activation == LINEAR else f"`{activation}`"
    return (
        f"ends with {ends}, where its loss takes a probability",
        "end it with `activation: sigmoid`, or give the loss `from_logits: true`",
    )
