"""Shapes, dtypes and weights: one walk over the nodes in their order.

Given the wired nodes in topological order, it reports every call that a layer's rules refuse, and
hands on a `Node` for each that they accept. What a mistake spoils is unknown from there on, and
stays silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.calls import bind_call
from layergraph.graph.graph import Node
from layergraph.graph.misfits import report_misfit
from layergraph.graph.named_sizes import NamedSizes
from layergraph.graph.wiring import WiredNode
from layergraph.layers.base import Layer, Weights
from layergraph.objects.values import LARGEST_SIZE
from layergraph.tensors import ShapeError, SizesDiffer, TensorSpec, equations

LARGEST_WEIGHT = 2**36
"""The most values in one weight: 256 GiB of float32, more than any accelerator holds."""


def infer(
    wired: Mapping[str, WiredNode],
    nodes: dict[str, Node],
    order: list[str],
    diagnostics: Diagnostics,
) -> None:
    """Add to `nodes`, which holds the inputs, every node of `order` that can be inferred."""
    with equations() as known:
        sizes = NamedSizes(known)
        for path in order:
            if path in wired:
                node = _infer_node(wired[path], nodes, sizes, diagnostics)
                if node is not None:
                    nodes[path] = node
            if path in nodes:
                sizes.take_down(nodes[path])


def _infer_node(
    wired: WiredNode, nodes: Mapping[str, Node], sizes: NamedSizes, diagnostics: Diagnostics
) -> Node | None:
    layer = wired.layer
    if layer is None or wired.call is None:
        return None
    call = bind_call(wired, nodes, diagnostics)
    if call is None:
        return None
    named: dict[str, Any] = {name: call.specs(name) for name in call.names}
    if layer.infers_from_call():
        named["call"] = wired.call
    try:
        outputs = layer.infer(**named)
        outputs = outputs if isinstance(outputs, tuple) else (outputs,)
        weights = _weights(layer, named)
        _check_sizes(outputs, weights)
    except ShapeError as error:
        report_misfit(error, wired, call, nodes, sizes, diagnostics)
        return None
    except SizesDiffer as error:
        misfit = ShapeError(
            codes.SIZE_CONFLICT,
            "the tensors of {node} disagree on a named size",
            label=str(error),
            inputs=tuple(range(len(call.tensors))),
        )
        report_misfit(misfit, wired, call, nodes, sizes, diagnostics)
        return None
    return Node(
        path=wired.flat.path,
        keras_name=wired.flat.keras_name,
        type=type(layer).__name__,
        span=wired.flat.place.key_span,
        layer=layer,
        arguments=call.arguments,
        call=wired.call,
        inputs=call.inputs,
        outputs=outputs,
        weights=weights,
        multiply_adds=layer.multiply_adds(**named),
        in_file=wired.flat.place.path,
    )


def _weights(layer: Layer, named: dict[str, Any]) -> Weights:
    weights = layer.weights(**named)
    if layer.trainable:
        return weights
    return {path: weight._replace(trainable=False) for path, weight in weights.items()}


def _check_sizes(outputs: tuple[TensorSpec, ...], weights: Weights) -> None:
    """Refuse what no machine can hold.

    Raises:
        ShapeError: impossible-size.
    """
    for path, weight in weights.items():
        if prod(weight.shape) > LARGEST_WEIGHT:
            sizes = " × ".join(str(size) for size in weight.shape)
            raise ShapeError(
                codes.IMPOSSIBLE_SIZE,
                f"the weight `{path}` of {{node}} would hold {prod(weight.shape):,} values",
                label=f"{sizes}, on {{0}}, which is {{shape0}}",
                help=f"one weight may hold up to {LARGEST_WEIGHT:,} values",
            )
    for output in outputs:
        for size in output.dims:
            if isinstance(size, int) and size > LARGEST_SIZE:
                raise ShapeError(
                    codes.IMPOSSIBLE_SIZE,
                    f"an axis of {{node}} would have the size {size:,}",
                    label="{0} is {shape0}",
                    help=f"an axis may have up to {LARGEST_SIZE:,}",
                )
