"""The rows of a summary: nodes in their order, and in place of some of them the group they are in.

A path has as many steps as names between its dots, and between the slashes that lead into models.
At a depth, a row stands for all nodes whose paths begin with the same steps.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import networkx as nx

from layergraph.graph.graph import Edge, Graph, Node
from layergraph.tensors import TensorSpec
from layergraph.views.kinds import Kind, kind_of_node
from layergraph.views.levels import INSIDE, Level

ALL = sys.maxsize
"""The depth at which nothing is folded."""


class Origin(NamedTuple):
    """A tensor that a row is given: the row that makes it, and which of its tensors it is.

    `label` names it for people, `argument` is the call's argument that it is given to, where the
    row is one call.
    """

    row: str
    tensor: int
    label: str
    argument: str | None = None


class Row(NamedTuple):
    """A node, or a group of them: `nodes` are those that count, `size` says how many there are.

    `inside` is the path of the model that it is a part of. `weighed` are the nodes whose weights
    are counted here, `shared_with` the paths of the rows where the others are counted.
    """

    path: str
    inside: str
    kind: Kind
    nodes: tuple[Node, ...]
    size: int
    origins: tuple[Origin, ...]
    outputs: tuple[TensorSpec, ...]
    weighed: tuple[Node, ...]
    shared_with: tuple[str, ...]
    in_model: bool

    @property
    def node(self) -> Node | None:
        """The node, where it is one."""
        is_node = self.kind.name not in ("block", "chain") and self.kind.copies is None
        return self.nodes[0] if is_node else None

    @property
    def knows_weights(self) -> bool:
        """Whether all its weights are known."""
        return all(node.knows_weights for node in self.weighed)

    def count_params(self, trainable: bool | None = None) -> int:
        """What it adds to the number of parameters."""
        return sum(node.count_params(trainable) for node in self.weighed)

    @property
    def weights_bytes(self) -> int:
        """What it adds to the memory of weights, in bytes."""
        return sum(node.weights_bytes for node in self.weighed)

    @property
    def knows_activations(self) -> bool:
        """Whether `activation_bytes` counts all of it."""
        return all(node.knows_activations for node in self._making)

    def activation_bytes(self, batch_size: int) -> int:
        """The memory of all tensors that its nodes make, in bytes."""
        return sum(node.activation_bytes(batch_size) for node in self._making)

    @property
    def _making(self) -> tuple[Node, ...]:
        """Its nodes but the inputs of a model inside of another: others make what these are."""
        return tuple(node for node in self.nodes if node.input is None or not self.inside)

    @property
    def knows_multiply_adds(self) -> bool:
        """Whether `multiply_adds` counts all of it."""
        return all(node.multiply_adds is not None for node in self.nodes)

    @property
    def multiply_adds(self) -> int:
        """The multiply-adds that are known, for one sample."""
        return sum(node.multiply_adds or 0 for node in self.nodes)


def rows(graph: Graph, depth: int | None = None) -> tuple[Row, ...]:
    """The rows of a graph.

    Args:
        graph: the graph.
        depth: how many steps of a path come after its first one; `ALL` of them, or None for all
            that do not lead into a model of its own.
    """
    return tuple(_rows(Level.of_graph(graph), ALL if depth is None else depth, depth is not None))


def _rows(level: Level, depth: int, opens_models: bool) -> Iterator[Row]:
    members: dict[str, list[Node]] = defaultdict(list)
    for node in level.nodes.values():
        members[_folded(node.path, depth)].append(node)
    folding = _Folding(level, members, depth)
    for path in folding.order():
        row = folding.row(path)
        yield row
        left = depth - path.count(".") - 1
        if opens_models and left >= 0 and row.node is not None and row.node.inner is not None:
            yield from _rows(level.within(row.node), left, opens_models)


def _folded(path: str, depth: int) -> str:
    return path if path.count(".") <= depth else ".".join(path.split(".")[: depth + 1])


class _Folding:
    """The rows of one level: `members` maps their paths to the nodes that each stands for."""

    def __init__(self, level: Level, members: Mapping[str, list[Node]], depth: int) -> None:
        self._level = level
        self._members = members
        self._depth = depth
        leaving: dict[str, dict[Edge, None]] = defaultdict(dict)
        for path, nodes in members.items():
            for node in nodes:
                for argument in node.arguments:
                    for edge in argument.edges:
                        if self._row_of(edge) != path:
                            leaving[self._row_of(edge)][edge] = None
        self._leaving = leaving
        self._known_outputs: dict[str, tuple[Edge, ...]] = {}

    def order(self) -> list[str]:
        """The paths of the rows: each after those that it is called on, as far as that can be."""
        if self._depth == ALL:
            return list(self._members)
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self._members)
        graph.add_edges_from(
            (self._row_of(edge), path)
            for path, nodes in self._members.items()
            for node in nodes
            for argument in node.arguments
            for edge in argument.edges
            if self._row_of(edge) != path
        )
        if not nx.is_directed_acyclic_graph(graph):  # groups may be called on each other
            return list(self._members)
        number = {path: number for number, path in enumerate(self._members)}
        return list(nx.lexicographical_topological_sort(graph, key=number.__getitem__))

    def row(self, path: str) -> Row:
        """One row."""
        level, members = self._level, self._members[path]
        counting = tuple(n for n in members if n.path in level.in_model) or tuple(members)
        homes = {node.path: level.shared_with(node) for node in counting}
        has_weights = [node for node in counting if node.weights or not node.knows_weights]
        shared = (homes[node.path] for node in has_weights)
        return Row(
            path=level.full(path),
            inside=level.path,
            kind=kind_of_node(members[0]) if self._is_node(path) else level.groups.kind(path),
            nodes=counting,
            size=len(members),
            origins=self._origins(path),
            outputs=tuple(level.nodes[e.producer].outputs[e.tensor] for e in self._given(path)),
            weighed=tuple(node for node in has_weights if homes[node.path] is None),
            shared_with=tuple(dict.fromkeys(self._home(home) for home in shared if home)),
            in_model=any(node.path in level.in_model for node in members),
        )

    def _row_of(self, edge: Edge) -> str:
        return _folded(edge.producer, self._depth)

    def _home(self, path: str) -> str:
        """The row of the node where weights are counted, which may be in another model."""
        start, inside, last = path.rpartition(INSIDE)
        return f"{start}{inside}{_folded(last, self._depth)}"

    def _is_node(self, path: str) -> bool:
        return self._members[path][0].path == path

    def _given(self, path: str) -> tuple[Edge, ...]:
        """The tensors that a row gives: all of a node; of a group, those that leave it."""
        if path not in self._known_outputs:
            self._known_outputs[path] = self._leave(path)
        return self._known_outputs[path]

    def _leave(self, path: str) -> tuple[Edge, ...]:
        members = self._members[path]
        if self._is_node(path):
            return tuple(Edge(path, number) for number in range(len(members[0].outputs)))
        every = [Edge(node.path, n) for node in members for n in range(len(node.outputs))]
        leaving, given = self._leaving.get(path, {}), self._level.outputs
        left = tuple(edge for edge in every if edge in leaving or edge in given)
        return left or tuple(edge for edge in every if not self._level.is_used(edge.producer))

    def _origins(self, path: str) -> tuple[Origin, ...]:
        members = self._members[path]
        is_node = self._is_node(path)
        edges = [
            (edge, argument.name if is_node else None)
            for node in members
            for argument in node.arguments
            for edge in argument.edges
            if is_node or self._row_of(edge) != path
        ]
        return tuple(self._origin(*given) for given in (edges if is_node else dict.fromkeys(edges)))

    def _origin(self, edge: Edge, argument: str | None) -> Origin:
        row = self._row_of(edge)
        outputs = self._given(row)
        label = self._level.full(edge.producer)
        if len(outputs) == 1:
            label = self._level.full(row)
        elif len(self._level.nodes[edge.producer].outputs) > 1:
            label = f"{label}:{edge.tensor}"
        return Origin(self._level.full(row), outputs.index(edge), label, argument)
