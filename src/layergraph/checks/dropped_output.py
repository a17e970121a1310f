"""LG418: dropout as the last thing before a loss, which then sees gaps in the answers."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.flow import Flow, Step
from layergraph.graph.graph import Edge, Graph

_DROPOUTS = frozenset(
    {
        *("Dropout", "AlphaDropout", "GaussianDropout"),
        *("SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"),
    }
)
_WITHOUT_WEIGHTS = frozenset(
    {
        *("Identity", "Flatten", "Reshape", "Activation", "Softmax", "ReLU", "LeakyReLU", "ELU"),
        *("Rescaling", "UpSampling1D", "UpSampling2D", "UpSampling3D"),
        *("ops.softmax", "ops.sigmoid", "ops.relu", "ops.tanh"),
    }
)


def dropped_output(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report dropout between the last layer with weights and the loss of an output.

    Silent on outputs without a loss, and on a rate of 0.
    """
    reported: set[str] = set()
    for name, output in graph.heads.items():
        if output.loss is None:
            continue
        step = _dropout_before(graph.flow.outputs[name], graph.flow)
        if step is None or step.path in reported:
            continue
        reported.add(step.path)
        step.warn(
            diagnostics,
            codes.DROPPED_OUTPUT,
            f"`{step.name}` drops numbers of output `{name}` itself: no layer that learns stands "
            "between it and the loss",
            help="drop it, or put it before the last layer with weights",
        )


def _dropout_before(edge: Edge, flow: Flow) -> Step | None:
    step = flow.steps[edge.producer]
    while step.type in _WITHOUT_WEIGHTS and len(step.edges) == 1:
        step = flow.steps[step.edges[0].producer]
    is_dropout = step.type in _DROPOUTS and getattr(step.node.layer, "rate", 0) != 0
    return step if is_dropout else None
