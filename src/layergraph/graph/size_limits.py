"""Tensors and weights that no machine can hold, which are refused before anyone asks for memory."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from layergraph.diagnostics import Code, Diagnostics, codes
from layergraph.expand.flat import FlatGraph
from layergraph.graph.graph import Graph, Node
from layergraph.layers.base import Weights
from layergraph.objects.values import LARGEST_SIZE
from layergraph.syntax.limits import Limits
from layergraph.tensors import ShapeError, TensorSpec


def check_sizes(outputs: tuple[TensorSpec, ...], weights: Weights, limits: Limits) -> None:
    """Refuse what comes out of a layer, and the weights that it has, where they are too large.

    Raises:
        ShapeError: too-many-parameters, impossible-size, too-large-tensor.
    """
    for path, weight in weights.items():
        values = prod(weight.shape)
        if values > limits.parameters:
            sizes = " × ".join(str(size) for size in weight.shape)
            raise ShapeError(
                codes.TOO_MANY_PARAMETERS,
                f"the weight `{path}` of {{node}} would hold {values:,} values",
                label=f"{sizes}, on {{0}}, which is {{shape0}}",
                help=_help_about_parameters(limits),
            )
    for output in outputs:
        for code, predicate, help in _faults(output, limits):
            raise ShapeError(
                code, f"{{node}} would {predicate}", label="{0} is {shape0}", help=help
            )


def refuse_large_inputs(
    flat: FlatGraph, nodes: dict[str, Node], limits: Limits, diagnostics: Diagnostics
) -> None:
    """Report inputs that are too large, and take them out of `nodes`."""
    for name, given in flat.inputs.items():
        if given is None:
            continue
        for code, predicate, help in _faults(nodes[name].outputs[0], limits):
            at = given.place.at("shape")
            message = f"input `{name}` would {predicate}"
            diagnostics.report(code, message, at.span, path=at.path, help=help)
            del nodes[name]
            break


def has_few_parameters(graph: Graph, limits: Limits, diagnostics: Diagnostics) -> bool:
    """Whether the weights of the whole model are within the limit; if not, that is reported."""
    total = graph.count_params()
    if total <= limits.parameters:
        return True
    largest = max((graph.nodes[path] for path in graph.in_model), key=Node.count_params)
    with diagnostics.inside(largest.path, largest.calls):
        diagnostics.report(
            codes.TOO_MANY_PARAMETERS,
            f"the model would have {total:,} parameters",
            largest.span,
            label=f"{largest.count_params():,} are in `{largest.local or largest.path}`, "
            "more than in any other",
            path=largest.in_file,
            help=_help_about_parameters(limits),
        )
    return False


def _faults(spec: TensorSpec, limits: Limits) -> Iterator[tuple[Code, str, str]]:
    """What is too large about a tensor: a code, a predicate, and what to do."""
    if spec.rank > limits.axes:
        yield (
            codes.TOO_LARGE_TENSOR,
            f"have {spec.rank:,} axes",
            (
                f"a tensor may have up to {limits.axes}, its batch among them: "
                "use fewer, or raise the limit with `--max-axes`"
            ),
        )
    sizes = [size for size in spec.dims if isinstance(size, int)]
    for size in sizes:
        if size > LARGEST_SIZE:
            yield (
                codes.IMPOSSIBLE_SIZE,
                f"have an axis of the size {size:,}",
                f"an axis may have up to {LARGEST_SIZE:,}",
            )
    values = prod(size for size in spec.dims[1:] if isinstance(size, int))
    if values > limits.elements:
        yield (
            codes.TOO_LARGE_TENSOR,
            f"hold {values:,} values in each sample",
            (
                f"a tensor may hold up to {limits.elements:,} a sample: "
                "make it smaller, or raise the limit with `--max-elements`"
            ),
        )


def _help_about_parameters(limits: Limits) -> str:
    return (
        f"a model may have up to {limits.parameters:,} parameters: "
        "use smaller layers, or raise the limit with `--max-parameters`"
    )
