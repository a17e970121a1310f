"""The graph stage: wiring, order and inference, in this order.

Given a `FlatGraph`, it reports what is wrong between nodes (references, cycles, calls, shapes),
and hands on a `Graph` where nothing is wrong so far.
"""

from __future__ import annotations

from collections.abc import Mapping

from layergraph.diagnostics import Diagnostics, codes
from layergraph.expand.flat import FlatGraph, FlatOutput
from layergraph.graph.graph import Graph, Node, Output
from layergraph.graph.inference import Inference
from layergraph.graph.keras_names import check_keras_names
from layergraph.graph.ordering import order
from layergraph.graph.size_limits import has_few_parameters, refuse_large_inputs
from layergraph.graph.tensors_given import flattened
from layergraph.graph.wiring import Wiring
from layergraph.spec.graph_spec import InputSpec
from layergraph.syntax.limits import Limits
from layergraph.tensors import BATCH, TensorSpec, equations


def build_graph(flat: FlatGraph, limits: Limits, diagnostics: Diagnostics) -> Graph | None:
    """Build the graph; None where it, or the file it comes from, has errors."""
    check_keras_names(flat, diagnostics)
    wiring = Wiring(limits, diagnostics)
    wired = wiring.wire(flat.nodes)
    order((), wiring.wire(flat.uncalled), flat.entries, diagnostics)
    ordered = order(flat.inputs, wired, flat.entries, diagnostics)
    nodes = input_nodes(flat)
    refuse_large_inputs(flat, nodes, limits, diagnostics)
    with equations():
        Inference(limits, diagnostics).infer(wired, nodes, ordered)
    outputs = [
        _output(name, output, nodes, diagnostics)
        for name, output in flat.outputs.items()
        if output is not None
    ]
    heads = {output.name: output for output in outputs if output is not None}
    if len(heads) == len(flat.outputs):
        _check_training(flat, heads, diagnostics)
    if diagnostics.has_errors or flat.training is None:
        return None
    graph = Graph(
        name=flat.name,
        description=flat.description,
        source=flat.source,
        nodes={path: nodes[path] for path in ordered},
        heads=heads,
        training=flat.training,
        offered=flat.offered,
        examples={name: place.key_span for name, place in flat.examples.items()},
        samples_at=flat.training_place.at("samples").key_span if flat.training_place else None,
        file=flat.file,
        values=flat.values,
    )
    return graph if has_few_parameters(graph, limits, diagnostics) else None


def _check_training(flat: FlatGraph, heads: Mapping[str, Output], diagnostics: Diagnostics) -> None:
    """Check what `training` names of the outputs, where it names any."""
    training, place = flat.training, flat.training_place
    if training is None or place is None:
        return
    if training.callbacks or (training.validation and training.validation.stratify):
        from layergraph.graph.training_checks import check_training

        check_training(training, place, heads, diagnostics)


def input_nodes(flat: FlatGraph) -> dict[str, Node]:
    """The inputs, which the walk over the graph begins with."""
    return {name: _input(name, given) for name, given in flat.inputs.items() if given}


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
    name: str, output: FlatOutput, nodes: dict[str, Node], diagnostics: Diagnostics
) -> Output | None:
    place = output.place.at("from")
    if output.tensors is None:
        return None
    edges = flattened(output.tensors, output.reference, place, nodes, diagnostics)
    if edges is None:
        return None
    if len(edges) > 1:
        diagnostics.report(
            codes.WRONG_NUMBER_OF_TENSORS,
            f"output `{name}` is one tensor, and `{output.reference}` gives {len(edges)}",
            place.span,
            path=place.path,
            help=f"choose one: `{output.reference}:0` is the first",
        )
        return None
    (edge,) = edges
    keys = output.keys
    found = Output(
        output.name,
        edge,
        nodes[edge.producer].outputs[edge.tensor],
        output.loss,
        output.loss_weight,
        output.metrics,
        output.place.key_span,
        output.head,
        columns=keys.columns or ((keys.column,) if keys.column else ()),
        classes=keys.class_labels,
        sample_weight=keys.sample_weight,
        task=keys.task,
        labels=keys.labels,
        in_file=output.place.path,
        has_task_head=keys.task is not None and keys.type is None,
    )
    if keys.class_labels is None and keys.class_weight is None and keys.columns is None:
        return found
    from layergraph.graph.output_data import check_output_data
    from layergraph.spec.class_weights import by_label

    check_output_data(found, keys, output.place, diagnostics)
    return found._replace(class_weight=by_label(keys.class_weight, keys.class_labels))
