"""Levels: the nodes of a graph, or of a model inside of one, and what is true of them there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from layergraph.graph.graph import Edge, Graph, Node
from layergraph.views.kinds import Groups

INSIDE = "/"
"""What stands between the path of a model and that of a node in it."""


class Level:
    """The nodes of a graph, or of a model inside of one.

    Args:
        nodes: the nodes by path, in order.
        outputs: the tensors that it gives.
        in_model: the paths of the nodes that count.
        path: the path of the model, "" for the graph.
        calls: how many calls of blocks lead to it.
        owner: the path of the model whose weights all of it shares.
    """

    def __init__(
        self,
        nodes: Mapping[str, Node],
        outputs: Iterable[Edge],
        in_model: frozenset[str],
        path: str = "",
        calls: int = 0,
        owner: str | None = None,
    ) -> None:
        self.nodes = nodes
        self.outputs = frozenset(outputs)
        self.in_model = in_model
        self.path = path
        self._calls = calls
        self._owner = owner

    @classmethod
    def of_graph(cls, graph: Graph) -> Level:
        """The outermost one."""
        return cls(graph.nodes, (head.edge for head in graph.heads.values()), graph.in_model)

    def within(self, node: Node) -> Level:
        """The level inside of a node that is a model."""
        assert node.inner is not None
        return Level(
            node.inner.nodes,
            node.inner.outputs,
            frozenset(node.inner.nodes if node.path in self.in_model else ()),
            self.full(node.path),
            len(node.calls) + 1,
            self.shared_with(node),
        )

    def full(self, path: str) -> str:
        """The path that tells a node from those of other levels."""
        return _join(self.path, path)

    def shared_with(self, node: Node) -> str | None:
        """The full path of the node that the weights of a node are counted at, if not its own."""
        owner = node.shares or node.path
        home = self._homes.get(owner, owner)
        if self._owner is not None:  # a model of the same nodes
            return _join(self._owner, home)
        return None if home == node.path else self.full(home)

    def is_used(self, path: str) -> bool:
        """Whether something is called on a node, or it is an output."""
        return path in self._used

    @cached_property
    def groups(self) -> Groups:
        """The groups that its nodes form."""
        return Groups(self.nodes.values(), self._calls)

    @cached_property
    def _used(self) -> frozenset[str]:
        edges = (edge for node in self.nodes.values() for a in node.arguments for edge in a.edges)
        return frozenset(edge.producer for edge in (*edges, *self.outputs))

    @cached_property
    def _homes(self) -> dict[str, str]:
        """Where weights are counted: at their owner, or at the first that shares them without it.

        An owner that reaches no output is not in the model; what shares its weights may be.
        """
        homes: dict[str, str] = {}
        for node in self.nodes.values():
            if node.path in self.in_model:
                owner = node.shares or node.path
                homes.setdefault(owner, owner if owner in self.in_model else node.path)
        return homes


def _join(path: str, inner: str) -> str:
    return f"{path}{INSIDE}{inner}" if path else inner
