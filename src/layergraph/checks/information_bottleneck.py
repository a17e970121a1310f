"""LG413: a hidden layer narrower than the number of classes after it."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.activations import SOFTMAX, activation_of
from layergraph.graph.flow import Flow, Step
from layergraph.graph.graph import Edge, Graph, Output
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
    for name, output in graph.heads.items():
        classes = output.spec.last_dim
        if not isinstance(classes, int) or not _has_classes(output, name, graph.flow):
            continue
        narrow = [
            (width, step)
            for step in _way_back(graph.flow.outputs[name], graph.flow)
            if (width := _width(step, output)) is not None and width < min(classes, ENOUGH)
        ]
        if not narrow:
            continue
        width, step = min(narrow, key=lambda found: found[0])
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


def _way_back(edge: Edge, flow: Flow) -> Iterator[Step]:
    """The steps before the one that makes the classes, as long as each has one before it."""
    step = flow.steps[edge.producer]
    head_found = False
    while len(step.edges) == 1:
        if head_found:
            yield step
        head_found = head_found or _makes_numbers(step)
        step = flow.steps[step.edges[0].producer]


def _makes_numbers(step: Step) -> bool:
    return step.type in _WIDE or step.type.startswith(_CONVOLUTIONS)


def _width(step: Step, output: Output) -> int | None:
    """How many numbers it leaves: of a sample, or of the place that classes are told of."""
    if not _makes_numbers(step):
        return None
    if output.spec.rank == 2:
        dims = step.output.dims[1:]
        sizes = [size for size in dims if isinstance(size, int)]
        return prod(sizes) if len(sizes) == len(dims) and not _comes_narrow(step) else None
    if step.type not in _WIDE or step.output.rank != output.spec.rank:
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
