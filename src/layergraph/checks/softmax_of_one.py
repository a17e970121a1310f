"""LG407: a softmax over a single number, which is always 1."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.activations import SOFTMAX, own_activation
from layergraph.graph.flow import Step
from layergraph.graph.graph import Graph


def softmax_of_one(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report every softmax, in a head or within the model, along an axis of size 1.

    Silent where the size is not known, or the axes are several.
    """
    for step in graph.flow.steps.values():
        if own_activation(step.node.layer) != SOFTMAX or _size(step) != 1:
            continue
        is_output = step.path in graph.flow.exposed
        step.warn(
            diagnostics,
            codes.SOFTMAX_OF_ONE,
            f"`{step.name}` is a softmax over one number, which is always 1",
            help="of two classes, one unit with a sigmoid gives the probability: `task: binary`"
            if is_output
            else "along another axis, write a layer of its own: `{type: Softmax, axis: 1}`",
        )


def _size(step: Step) -> object:
    """The size of the axis that it is taken along."""
    layer = step.node.layer
    function = getattr(layer, "activation", None)
    axis = getattr(layer if step.type in ("Softmax", "ops.softmax") else function, "axis", -1)
    rank = step.output.rank
    if not isinstance(axis, int) or not -rank <= axis < rank:
        return None
    return step.output.dims[axis]
