"""Whether two graphs are the same model: layers, arguments and wires under the same names."""

from __future__ import annotations

from typing import Any

import layergraph as lg
from layergraph.graph.flat_file import flat_document
from layergraph.graph.graph import Graph, InnerModel, Node
from layergraph.graph.nested_model import NestedModel
from layergraph.objects.base import KerasObject


def loaded(text: str, folder: Any, name: str) -> Graph:
    """The graph of a text without errors."""
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    report = lg.validate(path)
    assert report.ok, report.errors
    assert report.graph is not None
    return report.graph


def assert_same(left: Graph, right: Graph) -> None:
    """Compare two graphs, node by node."""
    of_left, of_right = _named(left.nodes), _named(right.nodes)
    assert sorted(of_left.values(), key=repr) == sorted(of_right.values(), key=repr)
    for name, output in left.heads.items():
        other = right.heads[name].edge
        assert (of_left[output.edge.producer], output.edge.tensor) == (
            of_right[other.producer],
            other.tensor,
        )
    assert _of_data(left) == _of_data(right)
    assert left.count_params() == right.count_params()


def _of_data(graph: Graph) -> dict[str, Any]:
    """What a graph says of its outputs and of training."""
    found = flat_document(graph)
    outputs = {key: output | {"from": ""} for key, output in found["outputs"].items()}
    return {**found, "layers": {}, "blocks": {}, "outputs": outputs}


def _named(nodes: Any) -> dict[str, tuple[Any, ...]]:
    """What each node is, in names that Keras knows: its own, and those of what it is called on."""
    found: dict[str, tuple[Any, ...]] = {}
    for path, node in nodes.items():
        home = nodes.get(node.shares, node)
        found[path] = (
            home.keras_name,
            node.type if node.inner is None else _model(node.inner),
            _plain(sorted(node.args.items())),
            repr(node.call),
            tuple(
                (a.name, a.is_list, tuple((_name_of(nodes, e.producer), e.tensor) for e in a.edges))
                for a in node.arguments
            ),
            repr(node.inputs),
            repr(node.outputs),
            repr(node.weights),
        )
    return found


def _name_of(nodes: Any, path: str) -> str:
    node: Node = nodes[path]
    if node.shares in nodes:
        fed = [_name_of(nodes, e.producer) for a in node.arguments for e in a.edges]
        return f"{nodes[node.shares].keras_name}({', '.join(fed)})"
    return node.keras_name


def _model(inner: InnerModel) -> tuple[Any, ...]:
    named = _named(inner.nodes)
    outputs = tuple((named[edge.producer], edge.tensor) for edge in inner.outputs)
    return (inner.inputs, tuple(sorted(named.values(), key=repr)), outputs, inner.names)


def _plain(value: Any) -> Any:
    """A value as text, models in it by what they are."""
    if isinstance(value, NestedModel):
        return repr(_model(value.model))
    if isinstance(value, KerasObject):
        return f"{type(value).__name__}({_plain(sorted(value.arguments().items()))})"
    if isinstance(value, tuple) and len(value) > 1 and all(type(v) is int for v in value):
        return repr(value[0] if len(set(value)) == 1 else value)  # a number is for every axis
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_plain, value))}]"
    return repr(value)
