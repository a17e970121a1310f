"""The expand stage: chains become their layers, outputs become their heads.

Given a `GraphSpec`, it hands on a `FlatGraph` in which every node is one layer with a path and a
Keras name of its own; it reports outputs whose names other nodes have.
"""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics
from layergraph.expand.flat import FlatGraph, FlatNode
from layergraph.expand.outputs import expand_outputs
from layergraph.spec.graph_spec import ChainSpec, GraphSpec, NodeSpec
from layergraph.spec.place import Place
from layergraph.spec.references import Connection, Reference


def expand(spec: GraphSpec, diagnostics: Diagnostics) -> FlatGraph:
    """Flatten the nodes of a graph file."""
    flat = _Flattening()
    for name, given in spec.inputs.items():
        flat.stands_for[name] = name if given else None
    for name, node in spec.nodes.items():
        keras_name = node.name if isinstance(node, NodeSpec) and node.name else name
        flat.add(name, keras_name, node, _fed(node))
    keras_names = {
        name: given.keys.name or name for name, given in spec.inputs.items() if given
    } | {path: node.keras_name for path, node in flat.nodes.items()}
    heads, outputs = expand_outputs(spec, flat.stands_for, keras_names, diagnostics)
    return FlatGraph(spec, flat.nodes | heads, flat.stands_for, outputs)


_Feed = tuple[tuple[Connection, ...] | None, Place | None]


def _fed(node: NodeSpec | ChainSpec | None) -> _Feed:
    """What a node in the file's own list is called on, and where the file says so."""
    if node is None:
        return None, None
    return node.connections, node.place.at("from") if node.place.has("from") else None


class _Flattening:
    """The layers found so far, and what each path stands for."""

    def __init__(self) -> None:
        self.nodes: dict[str, FlatNode] = {}
        self.stands_for: dict[str, str | None] = {}

    def add(
        self, path: str, keras_name: str, node: NodeSpec | ChainSpec | None, feed: _Feed
    ) -> None:
        if node is None:
            self.stands_for[path] = None
        elif isinstance(node, ChainSpec):
            self._add_chain(path, keras_name, node, feed)
        else:
            self.stands_for[path] = path
            self.nodes[path] = FlatNode(
                path, keras_name, node.type, node.arguments, node.call, feed[0], node.place, feed[1]
            )

    def _add_chain(self, path: str, keras_name: str, chain: ChainSpec, feed: _Feed) -> None:
        last = path
        for number, (item, step) in enumerate(zip(chain.items, chain.steps, strict=True), start=1):
            last = f"{path}.{step}"
            self.add(last, f"{keras_name}_{step}", item, feed)
            self.stands_for[f"{path}.{number}"] = self.stands_for[last]
            feed = (Connection(None, (Reference(last),)),), None
        self.stands_for[path] = self.stands_for[last]
