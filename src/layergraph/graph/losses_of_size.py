"""Why two branches have different sizes: the layer on the way that lost the difference."""

from __future__ import annotations

from collections.abc import Mapping

from layergraph.graph.graph import Edge, Node


def blame_padding(edges: list[Edge], nodes: Mapping[str, Node]) -> str | None:
    """The help for tensors of two sizes, where `padding: same` in one layer would mend it."""
    if len(edges) != 2:
        return None
    dims = [nodes[edge.producer].outputs[edge.tensor].shape for edge in edges]
    if len(dims[0]) != len(dims[1]):
        return None
    for axis, (left, right) in enumerate(zip(*dims, strict=True)):
        if isinstance(left, int) and isinstance(right, int) and left != right:
            shorter = edges[0] if left < right else edges[1]
            return _blame(shorter, axis, abs(left - right), nodes)
    return None


def _blame(edge: Edge, axis: int, missing: int, nodes: Mapping[str, Node]) -> str | None:
    node: Node | None = nodes[edge.producer]
    while node is not None and len(node.inputs) == 1:
        before, after = node.inputs[0].shape, node.outputs[0].shape
        if len(before) != len(after):
            return None
        size, left = before[axis], after[axis]
        if isinstance(size, int) and isinstance(left, int) and size != left:
            if size - left != missing or node.args.get("padding") != "valid":
                return None
            line = node.span.line
            return f"`{node.path}` loses {missing} at line {line}; set `padding: same`"
        producer = node.arguments[0].edges[0].producer
        node = nodes.get(producer)
    return None
