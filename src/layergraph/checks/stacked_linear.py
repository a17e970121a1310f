"""LG417: two linear layers in a row with nothing between, which amount to one."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, Related, codes
from layergraph.graph.activations import LINEAR, own_activation
from layergraph.graph.flow import Flow, Step
from layergraph.graph.graph import Graph

_KINDS = ("Dense", "Conv1D", "Conv2D", "Conv3D")
_BETWEEN = frozenset({"Identity", "Dropout"})


def stacked_linear(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report a layer without activation that a layer of its kind alone is called on.

    Silent where the first is narrower than what it is given and than what the second gives, which
    factors a large matrix into two small ones; where an output exposes the first, or something else
    is called on it too; where either is frozen; and on separable convolutions.
    """
    for calls in graph.flow.calls.values():
        step = calls[0]
        if step.type not in _KINDS or own_activation(step.node.layer) != LINEAR:
            continue
        found = [_linear_after(call, graph.flow) for call in calls]
        after = found[0]
        if after is None or None in found or _is_frozen(step) or _is_frozen(after):
            continue
        if _factors(step, after):
            continue
        step.warn(
            diagnostics,
            codes.STACKED_LINEAR,
            f"`{step.name}` has no activation, and nothing stands between it and `{after.name}`: "
            "the two amount to one linear layer",
            related=(Related(f"`{after.name}` is called on it", after.node.span),),
            help="give it an activation, `activation: relu`, or drop it",
        )


def _linear_after(step: Step, flow: Flow) -> Step | None:
    """The layer of its kind that alone is called on what it gives."""
    after, consumers = step, flow.consumers[step.path]
    while len(consumers) == 1 and after.path not in flow.exposed:
        after = consumers[0]
        if after.type == step.type:
            return after
        if after.type not in _BETWEEN:
            return None
        consumers = flow.consumers[after.path]
    return None


def _is_frozen(step: Step) -> bool:
    return step.node.layer is None or step.node.layer.frozen


def _factors(first: Step, second: Step) -> bool:
    """Whether it leaves fewer channels than there were, and than there are to be."""
    sizes = (first.node.inputs[0].last_dim, first.output.last_dim, second.output.last_dim)
    given, made, wanted = (size if isinstance(size, int) else 0 for size in sizes)
    return made < given and made < wanted
