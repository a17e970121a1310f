"""One of two graphs that are compared, or of two models inside of them: its nodes by number.

The numbers follow from the graph alone, not from the order of its file: a walk from the outputs, by
name, that comes to a node after all that it is called on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

from layergraph.graph.graph import Edge, Graph, InnerModel, Node
from layergraph.views.diff.values import signature


class Link(NamedTuple):
    """A tensor that a node is given: for which place of the call, and from where."""

    argument: str
    position: int
    producer: int
    tensor: int


class Side:
    """The nodes of one side.

    `links` are the tensors that each is given, `uses` those that it gives, each with the node that
    it is given to in the place of its producer. `ends` maps outputs by name to producers and
    tensors, and `names_out` holds, for each node, the outputs that it makes. `labels` tell the
    layers apart, whatever their names are and wherever they stand. `homes` are the first calls of
    the layers that each is a call of.
    """

    def __init__(
        self,
        nodes: Mapping[str, Node],
        outputs: Mapping[str, Edge],
        in_model: Iterable[str],
        signatures: Signatures,
        *,
        is_inside: bool = False,
    ) -> None:
        numbers = _numbers(nodes, outputs, in_model)
        self.nodes = tuple(nodes[path] for path in numbers)
        self.is_inside = is_inside
        self.links = tuple(
            tuple(
                Link(*_place(node, argument.name, position), numbers[edge.producer], edge.tensor)
                for argument in node.arguments
                for position, edge in enumerate(argument.edges)
            )
            for node in self.nodes
        )
        uses: list[list[Link]] = [[] for _ in self.nodes]
        for number, links in enumerate(self.links):
            for link in links:
                uses[link.producer].append(link._replace(producer=number))
        self.uses = tuple(map(tuple, uses))
        self.ends = {name: (numbers[edge.producer], edge.tensor) for name, edge in outputs.items()}
        names_out: list[list[tuple[str, int]]] = [[] for _ in self.nodes]
        for name, (number, tensor) in sorted(self.ends.items()):
            names_out[number].append((name, tensor))
        self.names_out = tuple(map(tuple, names_out))
        self.labels = tuple(signatures.of_node(node, is_inside=is_inside) for node in self.nodes)
        calls: dict[str, list[int]] = defaultdict(list)
        for number, node in enumerate(self.nodes):
            calls[node.shares or node.path].append(number)
        home = {number: min(group) for group in calls.values() for number in group}
        self.homes = tuple(home[number] for number in range(len(self.nodes)))
        order = {path: position for position, path in enumerate(nodes)}
        self.order = tuple(order[node.path] for node in self.nodes)

    def name(self, number: int) -> str:
        """The Keras name of a node."""
        return self.nodes[number].keras_name

    def reference(self, number: int, tensor: int) -> str:
        """How a tensor is named."""
        name = self.name(number)
        return name if len(self.nodes[number].outputs) == 1 else f"{name}:{tensor}"


class Signatures:
    """What tells layers from each other, and models."""

    def __init__(self) -> None:
        self._models: dict[int, tuple[InnerModel, Hashable]] = {}
        self._known: dict[Hashable, int] = {}

    def number(self, key: Hashable) -> int:
        """A number for a key: the same for the same one."""
        return self._known.setdefault(key, len(self._known))

    def of_node(self, node: Node, *, is_inside: bool) -> int:
        """The label of a node."""
        if node.inner is not None:
            return self.number(("model", self.of_model(node.inner)))
        if node.input is not None:  # the shape of one inside is that of what it is given
            keys = None if is_inside else signature(node.input, self.of_model)
            return self.number(("Input", keys))
        layer = signature(node.layer, self.of_model, sizes_alike=True)
        return self.number((layer, signature(node.call, self.of_model)))

    def of_model(self, inner: InnerModel) -> Hashable:
        """What tells a model from others."""
        if id(inner) not in self._models:
            side = side_of_model(inner, self)
            nodes = tuple(
                (node.keras_name, label, links, home)
                for node, label, links, home in zip(
                    side.nodes, side.labels, side.links, side.homes, strict=True
                )
            )
            found = self.number((nodes, tuple(side.ends.items())))
            self._models[id(inner)] = inner, found
        return self._models[id(inner)][1]


def side_of_graph(graph: Graph | None, signatures: Signatures) -> Side:
    """The nodes that Keras builds; none where there is no graph."""
    if graph is None:
        return Side({}, {}, (), signatures)
    outputs = {name: output.edge for name, output in graph.heads.items()}
    return Side(graph.nodes, outputs, graph.in_model, signatures)


def side_of_model(inner: InnerModel, signatures: Signatures) -> Side:
    """The nodes of a model inside of a graph; its outputs are called by their numbers."""
    outputs = {str(number): edge for number, edge in enumerate(inner.outputs)}
    return Side(inner.nodes, outputs, inner.nodes, signatures, is_inside=True)


def _place(node: Node, argument: str, position: int) -> tuple[str, int]:
    """The place of a tensor in a call; a model is called by the names of its inputs."""
    if node.inner is not None and position < len(node.inner.inputs):
        return node.inner.inputs[position], 0
    return argument, position


def _numbers(
    nodes: Mapping[str, Node], outputs: Mapping[str, Edge], in_model: Iterable[str]
) -> dict[str, int]:
    inputs = [nodes[path] for path in in_model if nodes[path].input is not None]
    ends = [outputs[name].producer for name in sorted(outputs)]
    ends += [node.path for node in sorted(inputs, key=lambda node: node.keras_name)]
    numbers: dict[str, int] = {}
    waiting = [(path, False) for path in reversed(ends)]
    while waiting:
        path, is_ready = waiting.pop()
        if path in numbers:
            continue
        if is_ready:
            numbers[path] = len(numbers)
            continue
        waiting.append((path, True))
        producers = [edge.producer for a in nodes[path].arguments for edge in a.edges]
        waiting += [(producer, False) for producer in reversed(producers)]
    return numbers
