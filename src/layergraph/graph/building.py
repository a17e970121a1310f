"""The graph stage: wiring, order and inference, in this order.

Given a `FlatGraph`, it reports what is wrong between nodes (references, cycles, calls, shapes),
and hands on a `Graph` where nothing is wrong so far.
"""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.expand.flat import FlatGraph, FlatOutput
from layergraph.graph.calls import report_no_such_tensor
from layergraph.graph.graph import Edge, Graph, Node, Output
from layergraph.graph.inference import infer
from layergraph.graph.keras_names import check_keras_names
from layergraph.graph.ordering import order
from layergraph.graph.resolving import resolve
from layergraph.graph.wiring import wire
from layergraph.spec.graph_spec import InputSpec
from layergraph.tensors import BATCH, TensorSpec


def build_graph(flat: FlatGraph, diagnostics: Diagnostics) -> Graph | None:
    """Build the graph; None where it, or the file it comes from, has errors."""
    check_keras_names(flat, diagnostics)
    wired = wire(flat, diagnostics)
    ordered, _ = order(flat, wired, diagnostics)
    nodes = {name: _input(name, given) for name, given in flat.spec.inputs.items() if given}
    infer(wired, nodes, ordered, diagnostics)
    outputs = [
        _output(name, output, flat, nodes, diagnostics)
        for name, output in flat.outputs.items()
        if output is not None
    ]
    spec = flat.spec
    if diagnostics.has_errors or spec.training is None:
        return None
    return Graph(
        name=spec.name,
        description=spec.description,
        source=spec.source,
        nodes={path: nodes[path] for path in ordered},
        heads={output.name: output for output in outputs if output is not None},
        training=spec.training,
    )


def _input(name: str, given: InputSpec) -> Node:
    keys = given.keys
    spec = TensorSpec((keys.batch_size or BATCH, *keys.shape), keys.dtype)
    return Node(
        path=name,
        keras_name=keys.name or name,
        type="Input",
        span=given.place.key_span,
        input=keys,
        outputs=(spec,),
        in_file=given.place.path,
    )


def _output(
    name: str,
    output: FlatOutput,
    flat: FlatGraph,
    nodes: dict[str, Node],
    diagnostics: Diagnostics,
) -> Output | None:
    place = output.place.at("from")
    if output.head is None:
        path = resolve(output.reference, f"output `{name}`", place, flat, diagnostics)
    else:
        path = output.head
    node = nodes.get(path) if path is not None else None
    if node is None:
        return None
    tensor = output.reference.tensor if output.head is None else None
    if tensor is not None and tensor >= len(node.outputs):
        report_no_such_tensor(output.reference, node, place, diagnostics)
        return None
    if tensor is None and len(node.outputs) > 1:
        diagnostics.report(
            codes.WRONG_NUMBER_OF_TENSORS,
            f"output `{name}` is one tensor, and `{output.reference}` gives {len(node.outputs)}",
            place.span,
            path=place.path,
            help=f"choose one: `{output.reference}:0` is the first",
        )
        return None
    edge = Edge(node.path, tensor or 0)
    return Output(
        output.name,
        edge,
        node.outputs[edge.tensor],
        output.loss,
        output.loss_weight,
        output.metrics,
        output.place.key_span,
    )
