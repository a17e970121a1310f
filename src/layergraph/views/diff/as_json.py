"""A difference for programs: a versioned contract, which is no dump of the classes."""

from __future__ import annotations

import json
from typing import Any, Final

from layergraph.graph.graph import Graph, Output
from layergraph.views.diff.difference import Difference, NodeChange, OutputChange, Place
from layergraph.views.diff.values import ValueChange
from layergraph.views.plain import plain, plain_tensor

VERSION: Final = 1


def diff_json(difference: Difference, *, every: bool = False) -> str:  # noqa: ARG001  it has every node
    """What changed, node by node, in ASCII, so that any pipe can carry it."""
    found = {
        "version": VERSION,
        "same": difference.same,
        "old": _graph(difference.old),
        "new": _graph(difference.new),
        "name": _pair(difference.name),
        "inputs": [_node(change) for change in difference.inputs],
        "nodes": [_node(change) for change in difference.nodes],
        "outputs": [_output(change) for change in difference.outputs],
        "training": [_value(change) for change in difference.training],
    }
    return json.dumps(found, indent=1, allow_nan=False)


def _graph(graph: Graph | None) -> dict[str, Any] | None:
    if graph is None:
        return None
    counts = [graph.nodes[path].multiply_adds for path in graph.in_model]
    return {
        "file": graph.source.name,
        "name": graph.name,
        "nodes": len(graph.in_model),
        "parameters": graph.count_params(),
        "trainable_parameters": graph.count_params(trainable=True),
        "multiply_adds": sum(count or 0 for count in counts),
        "at_least": {"parameters": not graph.knows_weights, "multiply_adds": None in counts},
    }


def _node(change: NodeChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "renamed": change.is_renamed,
        "old": _place(change.old),
        "new": _place(change.new),
        "arguments": [_value(value) for value in change.values],
        "from": [
            {"argument": s.argument, "before": list(s.before), "after": list(s.after)}
            for s in change.sources
        ],
        "layer": _pair(change.layer),
        "causes": list(change.causes),
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    span = place.node.span
    return {
        "name": place.name,
        "type": place.node.type,
        "outputs": [plain_tensor(spec) for spec in place.node.outputs],
        "parameters": place.parameters if place.node.knows_weights else None,
        "file": span.source.name,
        "location": {"line": span.line, "column": span.column},
    }


def _value(change: ValueChange) -> dict[str, Any]:
    """A value that is not given on one side has no key for it."""
    sides = {"before": change.before, "after": change.after}
    given = {key: value.plain for key, value in sides.items() if value is not None}
    return {"name": change.name, **given}


def _output(change: OutputChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "old": _head(change.old),
        "new": _head(change.new),
        "settings": [_value(value) for value in change.values],
        "from": _pair(change.source),
    }


def _head(output: Output | None) -> dict[str, Any] | None:
    if output is None:
        return None
    return {"name": output.name, **plain_tensor(output.spec), "loss": plain(output.loss)}


def _pair(pair: tuple[str, str] | None) -> dict[str, str] | None:
    return None if pair is None else {"before": pair[0], "after": pair[1]}
