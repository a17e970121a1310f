"""The summary of a graph for programs: a versioned contract, which is no dump of the classes."""

from __future__ import annotations

import json
from typing import Any, Final

from layergraph.graph.graph import Edge, Graph, Node, Output
from layergraph.layers.base import Layer
from layergraph.views.plain import plain, plain_tensor
from layergraph.views.rows import Row, rows

VERSION: Final = 1


def summary_json(graph: Graph, *, depth: int | None = None, batch_size: int = 1) -> str:
    """The summary, in ASCII, so that any pipe can carry it.

    Args:
        graph: the graph.
        depth: what is folded, as `rows` has it.
        batch_size: the size of the batch that activations are counted for.
    """
    found = {
        "version": VERSION,
        "name": graph.name,
        "description": graph.description,
        "file": graph.source.name,
        "batch_size": batch_size,
        "inputs": [{"name": name, **plain_tensor(spec)} for name, spec in graph.inputs.items()],
        "outputs": [_output(output) for output in graph.heads.values()],
        "nodes": [_row(row, graph, batch_size) for row in rows(graph, depth)],
        "totals": _totals(graph, batch_size),
    }
    return json.dumps(found, indent=1, allow_nan=False)


def _output(output: Output) -> dict[str, Any]:
    return {
        "name": output.name,
        **plain_tensor(output.spec),
        "from": _edge(output.edge),
        "loss": plain(output.loss),
        "loss_weight": output.loss_weight,
        "metrics": plain(output.metrics),
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {"node": edge.producer, "tensor": edge.tensor}


def _row(row: Row, graph: Graph, batch_size: int) -> dict[str, Any]:
    knows_weights = row.knows_weights
    return {
        "path": row.path,
        "inside": row.inside or None,
        "kind": row.kind.name,
        "type": row.kind.type,
        "block": row.kind.block,
        "copies": row.kind.copies,
        "nodes": row.size,
        "in_model": row.in_model,
        **_call(row.node),
        "from": [
            {"argument": origin.argument, "node": origin.row, "tensor": origin.tensor}
            for origin in row.origins
        ],
        "outputs": [plain_tensor(spec) for spec in row.outputs],
        "mask": graph.masks[row.path].fate if row.node is not None else None,
        "shared_with": list(row.shared_with),
        "parameters": row.count_params() if knows_weights else None,
        "trainable_parameters": row.count_params(trainable=True) if knows_weights else None,
        "multiply_adds": row.multiply_adds if row.knows_multiply_adds else None,
        "weights_bytes": row.weights_bytes if knows_weights else None,
        "activation_bytes": row.activation_bytes(batch_size) if row.knows_activations else None,
    }


def _call(node: Node | None) -> dict[str, Any]:
    """What only a node has; a group has null in its place."""
    if node is None:
        names = ("keras_name", "arguments", "call", "weights", "file", "location", "end_location")
        return dict.fromkeys(names)
    dtype = node.layer.variable_dtype if isinstance(node.layer, Layer) else None
    return {
        "keras_name": node.keras_name,
        "arguments": _arguments(node),
        "call": plain(node.call.arguments()) if node.call is not None else {},
        "weights": [
            {
                "name": name,
                "shape": list(weight.shape),
                "dtype": weight.dtype or dtype,
                "trainable": weight.trainable,
            }
            for name, weight in node.weights.items()
        ]
        if node.knows_weights
        else None,
        "file": node.span.source.name,
        "location": {"line": node.span.line, "column": node.span.column},
        "end_location": {"line": node.span.end_line, "column": node.span.end_column},
    }


def _arguments(node: Node) -> dict[str, Any]:
    if node.input is None:
        return {name: plain(value) for name, value in node.args.items()}
    names = (name for name in type(node.input).model_fields if name != "name")
    return {name: plain(getattr(node.input, name)) for name in names}


def _totals(graph: Graph, batch_size: int) -> dict[str, Any]:
    nodes = [graph.nodes[path] for path in graph.in_model]
    return {
        "parameters": graph.count_params(),
        "trainable_parameters": graph.count_params(trainable=True),
        "multiply_adds": sum(node.multiply_adds or 0 for node in nodes),
        "weights_bytes": graph.weights_bytes,
        "activation_bytes": graph.activation_bytes(batch_size),
        "at_least": {
            "parameters": not graph.knows_weights,
            "multiply_adds": graph.multiply_adds is None,
            "weights_bytes": not graph.knows_weights,
            "activation_bytes": not graph.knows_activations,
        },
    }
