"""LG422: a strided layer whose windows leave some of its input out."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.flow import Flow, Step
from layergraph.graph.graph import Graph
from layergraph.layers.arguments import per_axis, per_side
from layergraph.layers.convolution_base import Convolution
from layergraph.layers.pooling import Pooling
from layergraph.layers.spatial import space

_MOST = 0.1
"""The part of an axis that may be left over at its end."""


def unseen_pixels(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report windows with gaps between them, and those that leave over more than a tenth at an end.

    Silent where another layer is called on the same tensor and sees all of it, as the main path of
    a residual block does; on what is left over of the zeros of a padding; on sizes that are not
    known; and on transposed convolutions.
    """
    for step in graph.flow.steps.values():
        problem = _unseen(step, graph.flow)
        if problem is None or _is_seen_elsewhere(step, graph.flow):
            continue
        message, help = problem
        step.warn(diagnostics, codes.UNSEEN_PIXELS, f"`{step.name}` {message}", help=help)


def _unseen(step: Step, flow: Flow) -> tuple[str, str] | None:
    """What it does not see, and what to do."""
    layer = step.node.layer
    if isinstance(layer, Convolution) and "Transpose" not in step.type:
        window, strides = layer.window, per_axis(layer.strides, layer.axes)
        dilation = per_axis(layer.dilation_rate, layer.axes)
        argument = "kernel_size"
    elif isinstance(layer, Pooling):
        window = per_axis(layer.pool_size, layer.axes)
        strides = window if layer.strides is None else per_axis(layer.strides, layer.axes)
        dilation = (1,) * layer.axes
        argument = "pool_size"
    else:
        return None
    if max(strides) == 1:
        return None
    sizes = space(step.node.inputs[0], layer.data_format)
    zeros = _zeros_behind(step, flow, layer.axes)
    for number, size in enumerate(sizes):
        gap = strides[number] - window[number]
        if gap > 0 and size != 1:
            places = f"{window[number]} of every {strides[number]} places"
            return (
                f"looks at {places} on an axis, and never at the rest",
                f"make `{argument}` at least {strides[number]}, or the stride smaller",
            )
        if layer.padding != "valid" or not isinstance(size, int):
            continue
        extent = (window[number] - 1) * dilation[number] + 1
        left = (size - extent) % strides[number] - zeros[number]
        if left > _MOST * size:
            return (
                f"never sees the last {left} of {size} places on an axis",
                "set `padding: same`, or choose sizes that come out even",
            )
    return None


def _zeros_behind(step: Step, flow: Flow, axes: int) -> tuple[int, ...]:
    before = flow.steps[step.edges[0].producer]
    if not before.type.startswith("ZeroPadding"):
        return (0,) * axes
    padding = getattr(before.node.layer, "padding", 0)
    return tuple(behind for _, behind in per_side(padding, axes))


def _is_seen_elsewhere(step: Step, flow: Flow) -> bool:
    others = flow.consumers[step.edges[0].producer]
    return any(other.path != step.path and _unseen(other, flow) is None for other in others)
