"""Why two branches have different sizes: the layer on the way that lost the difference."""

from __future__ import annotations

from collections.abc import Mapping

from layergraph.diagnostics import Source
from layergraph.graph.graph import Edge, Node
from layergraph.tensors import Dim, Size


def blame_padding(edges: list[Edge], nodes: Mapping[str, Node], source: Source) -> str | None:
    """The help for tensors of two sizes, where `padding: same` in one layer would mend it.

    `source` is the file that the help is read beside.
    """
    if len(edges) != 2:
        return None
    dims = [nodes[edge.producer].outputs[edge.tensor].dims for edge in edges]
    if len(dims[0]) != len(dims[1]):
        return None
    for axis, (left, right) in enumerate(zip(*dims, strict=True)):
        lost = _difference(left, right)
        if lost:
            shorter = edges[0] if lost < 0 else edges[1]
            return _blame(shorter, axis, abs(lost), nodes, source)
    return None


def _difference(left: Dim, right: Dim) -> int | None:
    """How much more the left size is; None where that is not known."""
    if isinstance(left, int) and isinstance(right, int):
        return left - right
    if isinstance(left, Size) and isinstance(right, Size):
        alike = (left.name, left.factor) == (right.name, right.factor)
        return left.offset - right.offset if alike else None
    return None


def _blame(
    edge: Edge, axis: int, missing: int, nodes: Mapping[str, Node], source: Source
) -> str | None:
    node: Node | None = nodes[edge.producer]
    while node is not None and len(node.inputs) == 1:
        before, after = node.inputs[0].dims, node.outputs[0].dims
        if len(before) != len(after):
            return None
        lost = _difference(before[axis], after[axis])
        if lost is None:
            return None
        if lost:
            if lost != missing or node.args.get("padding") != "valid":
                return None
            is_near = node.span.source is source
            where = f"line {node.span.line}" if is_near else node.span.place
            return f"`{node.local}` loses {missing} at {where}; set `padding: same`"
        producer = node.arguments[0].edges[0].producer
        node = nodes.get(producer)
    return None
