"""The nodes of a graph as a table."""

from __future__ import annotations

from layergraph.graph.graph import Graph, Node

HEADINGS = ("node", "type", "from", "shape", "dtype", "parameters", "multiply-adds")
RIGHT = ("parameters", "multiply-adds")
WIDEST_FROM = 40


def summary(graph: Graph) -> str:
    """A table of the nodes in topological order, with totals under it."""
    rows = [_row(node, graph) for node in graph.nodes.values()]
    widths = [max(len(row[i]) for row in [HEADINGS, *rows]) for i in range(len(HEADINGS))]
    lines = [_line(HEADINGS, widths), "  ".join("-" * width for width in widths)]
    lines += [_line(row, widths) for row in rows]
    return "\n".join([f"{graph.name}{_described(graph)}", "", *lines, "", *_totals(graph)])


def _described(graph: Graph) -> str:
    return f": {graph.description}" if graph.description else ""


def _row(node: Node, graph: Graph) -> tuple[str, ...]:
    shapes = ", ".join(str(spec) for spec in node.outputs)
    dtypes = ", ".join(dict.fromkeys(spec.dtype for spec in node.outputs))
    producers = ", ".join(
        edge.producer
        if len(graph.nodes[edge.producer].outputs) == 1
        else f"{edge.producer}:{edge.tensor}"
        for argument in node.arguments
        for edge in argument.edges
    )
    if len(producers) > WIDEST_FROM:
        producers = f"{producers[: WIDEST_FROM - 1]}…"
    return (node.path, node.type, producers, shapes, dtypes, _parameters(node), _counted(node))


def _parameters(node: Node) -> str:
    if not node.knows_weights:
        return "?"
    return f"{node.count_params():,}" if node.weights else ""


def _counted(node: Node) -> str:
    if node.multiply_adds is None:
        return "?"
    return f"{node.multiply_adds:,}" if node.multiply_adds else ""


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    aligned = [
        cell.rjust(width) if heading in RIGHT else cell.ljust(width)
        for heading, cell, width in zip(HEADINGS, cells, widths, strict=True)
    ]
    return "  ".join(aligned).rstrip()


def _totals(graph: Graph) -> list[str]:
    counts = [graph.nodes[path].multiply_adds for path in graph.in_model]
    known = sum(count for count in counts if count is not None)
    at_least = "at least " if None in counts else ""
    trainable, other = graph.count_params(trainable=True), graph.count_params(trainable=False)
    outputs = ", ".join(f"{name} {spec}" for name, spec in graph.outputs.items())
    some = "" if graph.knows_weights else "at least "
    return [
        f"outputs: {outputs}",
        f"parameters: {some}{graph.count_params():,} ({trainable:,} trainable, {other:,} other)",
        f"multiply-adds a sample: {at_least}{known:,}",
    ]
