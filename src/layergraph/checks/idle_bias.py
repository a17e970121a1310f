"""LG416: a bias straight before batch normalization, which takes it away again."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.activations import LINEAR, own_activation
from layergraph.graph.flow import Flow, Step
from layergraph.graph.graph import Graph

_FIRST = "channels_first"


def idle_bias(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report layers with a bias and no activation that nothing but batch normalization looks at.

    Silent where one of the two is frozen, as its statistics are then not the bias' own; where the
    normalization runs along another axis than the bias; and where an output exposes the layer.
    """
    for calls in graph.flow.calls.values():
        step = calls[0]
        layer = step.node.layer
        if layer is None or layer.frozen or not getattr(layer, "use_bias", False):
            continue
        if own_activation(layer) != LINEAR or step.type == "EinsumDense":
            continue
        if not all(_is_normalized(call, graph.flow) for call in calls):
            continue
        step.warn(
            diagnostics,
            codes.IDLE_BIAS,
            f"`{step.name}` adds a bias, and the batch normalization after it takes it away again",
            help="set `use_bias: false`: the normalization has a bias of its own",
        )


def _is_normalized(step: Step, flow: Flow) -> bool:
    consumers = flow.consumers[step.path]
    if not consumers or step.path in flow.exposed:
        return False
    rank = step.output.rank
    is_first = getattr(step.node.layer, "data_format", None) == _FIRST
    channels = 1 if is_first else rank - 1
    return all(
        consumer.type == "BatchNormalization"
        and consumer.node.layer is not None
        and not consumer.node.layer.frozen
        and getattr(consumer.node.layer, "axis", -1) in (channels, channels - rank)
        for consumer in consumers
    )
