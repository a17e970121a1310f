"""LG413: a hidden layer narrower than the number of classes after it."""

from __future__ import annotations

from math import prod
from typing import NamedTuple

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.activations import SOFTMAX, activation_of
from layergraph.graph.flow import Flow, Step
from layergraph.graph.graph import Graph, Output
from layergraph.graph.losses import CATEGORICAL, SPARSE, kind_of_loss

ENOUGH = 64
"""So many numbers tell thousands of classes apart, as in models of language."""

_WIDE = frozenset({"Dense", "EinsumDense", "SimpleRNN", "LSTM", "GRU", "Bidirectional"})
_CONVOLUTIONS = ("Conv", "DepthwiseConv", "SeparableConv")


def information_bottleneck(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report the narrowest layer that everything on its way to the classes has to go through.

    It follows each output with classes back as long as there is one way alone.

    Silent past a merge or a layer that is called on several tensors, as what is lost on one way may
    come by another: gates, attention and branches. So it is on layers of 64 numbers and more, on
    what is narrow because an input is, and where the number of classes or units is not known.
    """
    flow = graph.flow
    narrowest: dict[int, dict[str, _Narrow]] = {}
    for name, output in graph.heads.items():
        classes, rank = output.spec.last_dim, output.spec.rank
        if not isinstance(classes, int) or not _has_classes(output, name, flow):
            continue
        if rank not in narrowest:
            narrowest[rank] = _narrowest(flow, rank)
        found = narrowest[rank].get(flow.outputs[name].producer)
        if found is None or found.width >= min(classes, ENOUGH):
            continue
        width, step = found.width, found.step
        step.warn(
            diagnostics,
            codes.INFORMATION_BOTTLENECK,
            f"`{step.name}` leaves {width} numbers for the {classes} classes of output `{name}`: "
            "what it drops, no later layer brings back",
            help=f"give it at least {min(classes, ENOUGH)} units",
        )


def _has_classes(output: Output, name: str, flow: Flow) -> bool:
    if output.task is not None:
        return output.task in ("multiclass", "multilabel")
    if kind_of_loss(output) not in (CATEGORICAL, SPARSE):
        return False
    found = activation_of(flow.outputs[name], flow)
    return found is not None and found.activation == SOFTMAX


class _Narrow(NamedTuple):
    """The narrowest layer on the only way to a tensor, and how many numbers it leaves."""

    width: int
    step: Step


def _narrowest(flow: Flow, rank: int) -> dict[str, _Narrow]:
    """By the path of a step, the narrowest layer before the last one that makes numbers."""
    up_to: dict[str, _Narrow] = {}
    before: dict[str, _Narrow] = {}
    for path, step in flow.steps.items():
        found = up_to.get(step.edges[0].producer) if len(step.edges) == 1 else None
        earlier = before.get(step.edges[0].producer) if len(step.edges) == 1 else None
        if _makes_numbers(step):
            earlier = found
            width = _width(step, rank)
            if width is not None and (found is None or width < found.width):
                found = _Narrow(width, step)
        if found is not None:
            up_to[path] = found
        if earlier is not None:
            before[path] = earlier
    return before


def _makes_numbers(step: Step) -> bool:
    return step.type in _WIDE or step.type.startswith(_CONVOLUTIONS)


def _width(step: Step, rank: int) -> int | None:
    """How many numbers it leaves: of a sample, or of the place that classes are told of."""
    if not _makes_numbers(step):
        return None
    if rank == 2:
        dims = step.output.dims[1:]
        sizes = [size for size in dims if isinstance(size, int)]
        return prod(sizes) if len(sizes) == len(dims) and not _comes_narrow(step) else None
    if step.type not in _WIDE or step.output.rank != rank:
        return None
    given, made = step.node.inputs[0].last_dim, step.output.last_dim
    return made if isinstance(given, int) and isinstance(made, int) and made < given else None


def _comes_narrow(step: Step) -> bool:
    """Whether it is given no more numbers than it gives, as far as they are known."""
    given, made = step.node.inputs[0].dims[1:], step.output.dims[1:]
    sizes = [size for size in given if isinstance(size, int)]
    if len(sizes) < len(given):
        return False
    return prod(sizes) <= prod(size for size in made if isinstance(size, int))
