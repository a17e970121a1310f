"""Where a graph settles what its named sizes are, for messages about those that conflict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from layergraph.graph.graph import Node
from layergraph.tensors import Size, TensorSpec
from layergraph.tensors.equations import Equations


class Settled(NamedTuple):
    """What a name stands for, and the node at which that was settled."""

    size: int | Size
    node: Node


class NamedSizes:
    """The names of a graph's sizes, with what the walk over it has found of each so far."""

    def __init__(self, known: Equations) -> None:
        self.known = known
        self._open: set[str] = set()
        self._settled: dict[str, Settled] = {}

    def take_down(self, node: Node) -> None:
        """Look at a node that was just inferred: at new names, and names it has settled."""
        for name in list(self._open):
            size = self.known.resolved(Size(name))
            if size is not None and size != Size(name):
                self._settled[name] = Settled(size, node)
                self._open.discard(name)
        for tensor in node.outputs:
            for size in tensor.dims[1:]:
                if isinstance(size, Size) and size.name not in self._settled:
                    self._open.add(size.name)

    def notes(self, tensors: Iterable[TensorSpec]) -> tuple[str, ...]:
        """What is to be said of the names in these tensors."""
        settled = {name: self._settled[name] for name in names(tensors) if name in self._settled}
        return tuple(
            f"`{name}` is {size} since `{node.path}` at {_line(node)}"
            for name, (size, node) in settled.items()
        )


def _line(node: Node) -> str:
    """Where a node stands: in the graph's own file, or in another."""
    return node.span.place if node.calls else f"line {node.span.line}"


def names(tensors: Iterable[TensorSpec]) -> dict[str, None]:
    """The names among the sizes of tensors, in order; the batch is none."""
    return {
        size.name: None for tensor in tensors for size in tensor.dims[1:] if isinstance(size, Size)
    }
