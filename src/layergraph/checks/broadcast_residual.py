"""LG420: a residual sum of tensors with different channels, which Keras spreads in silence."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, Related, codes
from layergraph.graph.flow import Flow, Step
from layergraph.graph.graph import Graph
from layergraph.tensors import TensorSpec

_SUMS = frozenset({"Add", "Subtract", "Average", "ops.add", "ops.subtract"})
_LONGEST_BRANCH = 64


def broadcast_residual(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report sums of a tensor and of what a branch makes of it, where one has a single channel.

    Silent where neither comes from the other (a bias, a position); where the channels agree and
    other axes are spread, as those of a context that was pooled are; on products, which gates are;
    and on branches of more than 64 layers.
    """
    for step in graph.flow.steps.values():
        if step.type not in _SUMS or len(step.edges) != 2:
            continue
        first, second = step.node.inputs
        if not _spreads_channels(first, second):
            continue
        one, other = graph.flow.before(step)
        if not (_comes_from(one, other, graph.flow) or _comes_from(other, one, graph.flow)):
            continue
        step.warn(
            diagnostics,
            codes.BROADCAST_RESIDUAL,
            f"`{step.name}` adds {first} and {second}: the single channel of one is added to "
            "every channel of the other",
            related=tuple(
                Related(f"`{made.name}` is {spec}", made.node.span)
                for made, spec in ((one, first), (other, second))
            ),
            help="give the branch as many channels as its shortcut has, or put a layer with as "
            "many (a `Conv2D` with `kernel_size: 1`, a `Dense`) on the shortcut",
        )


def _spreads_channels(first: TensorSpec, second: TensorSpec) -> bool:
    if first.rank != second.rank or first.rank < 2:
        return False
    one, other = first.last_dim, second.last_dim
    return isinstance(one, int) and isinstance(other, int) and one != other


def _comes_from(late: Step, early: Step, flow: Flow) -> bool:
    """Whether a branch leads from one step to the other."""
    seen, waiting = {late.path}, [late]
    while waiting and len(seen) <= _LONGEST_BRANCH:
        for before in flow.before(waiting.pop()):
            if before.path == early.path:
                return True
            if before.path not in seen:
                seen.add(before.path)
                waiting.append(before)
    return False
