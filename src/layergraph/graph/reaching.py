"""What tensors are made of: the part of a graph that Keras keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layergraph.graph.graph import Edge, Node


def reaching(tensors: Iterable[Edge], nodes: Mapping[str, Node]) -> frozenset[str]:
    """The paths of the nodes that lead to some tensors, and of all inputs.

    Args:
        tensors: what a model gives.
        nodes: its nodes by path.
    """
    found = {path for path, node in nodes.items() if node.input is not None}
    waiting = [edge.producer for edge in tensors]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [edge.producer for given in nodes[path].arguments for edge in given.edges]
    return frozenset(found)
