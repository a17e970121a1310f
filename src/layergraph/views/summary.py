"""The nodes of a graph as a table."""

from __future__ import annotations

from layergraph.graph.graph import Graph
from layergraph.views.levels import INSIDE
from layergraph.views.rows import Row, rows
from layergraph.views.table import Column, table
from layergraph.views.units import bound, memory

WIDEST_FROM = 40


def summary(graph: Graph, *, depth: int | None = None, batch_size: int = 1) -> str:
    """A table of the nodes in topological order, with totals under it.

    Args:
        graph: the graph.
        depth: what is folded, as `rows` has it.
        batch_size: the size of the batch that activations are counted for.
    """
    lines = table(columns(graph, batch_size), rows(graph, depth))
    return "\n".join(
        [f"{graph.name}{_described(graph)}", "", *lines, "", *_totals(graph, batch_size)]
    )


def columns(graph: Graph, batch_size: int) -> tuple[Column[Row], ...]:
    """The columns of the table, in order."""
    return (
        Column("node", _path),
        Column("type", lambda row: str(row.kind)),
        Column("from", _producers),
        Column("shape", lambda row: ", ".join(str(spec) for spec in row.outputs)),
        Column("dtype", lambda row: ", ".join(dict.fromkeys(s.dtype for s in row.outputs))),
        Column("parameters", _parameters, is_right=True),
        Column("weights", _weights, is_right=True),
        Column("activations", lambda row: _activations(row, batch_size), is_right=True),
        Column("multiply-adds", _multiply_adds, is_right=True),
        Column(
            "mask",
            lambda row: graph.masks[row.path].fate or "" if row.node else "",
            is_optional=True,
        ),
        Column("note", lambda row: "" if row.in_model else "not in the model", is_optional=True),
    )


def _described(graph: Graph) -> str:
    return f": {graph.description}" if graph.description else ""


def _path(row: Row) -> str:
    return "  " * row.path.count(INSIDE) + row.path


def _producers(row: Row) -> str:
    text = ", ".join(origin.label for origin in row.origins)
    return text if len(text) <= WIDEST_FROM else f"{text[: WIDEST_FROM - 1]}…"


def _parameters(row: Row) -> str:
    if row.shared_with and not row.weighed:
        return f"(shared with {', '.join(row.shared_with)})"
    return _count(row.count_params(), is_exact=row.knows_weights)


def _weights(row: Row) -> str:
    used = row.weights_bytes
    return bound(memory(used), is_exact=row.knows_weights, is_zero=not used)


def _activations(row: Row, batch_size: int) -> str:
    used = row.activation_bytes(batch_size)
    return bound(memory(used), is_exact=row.knows_activations, is_zero=not used)


def _multiply_adds(row: Row) -> str:
    return _count(row.multiply_adds, is_exact=row.knows_multiply_adds)


def _count(number: int, *, is_exact: bool) -> str:
    return bound(f"{number:,}", is_exact=is_exact, is_zero=not number)


def _totals(graph: Graph, batch_size: int) -> list[str]:
    nodes = [graph.nodes[path] for path in graph.in_model]
    outputs = ", ".join(f"{name} {spec}" for name, spec in graph.outputs.items())
    trainable, other = graph.count_params(trainable=True), graph.count_params(trainable=False)
    weights = _at_least(graph.knows_weights)
    counts = _at_least(graph.multiply_adds is not None)
    count = sum(node.multiply_adds or 0 for node in nodes)
    sizes = _at_least(graph.knows_activations)
    activations = memory(graph.activation_bytes(batch_size))
    has_strings = any(spec.dtype == "string" for node in nodes for spec in node.outputs)
    strings = ", strings not counted" if has_strings else ""
    return [
        f"outputs: {outputs}",
        f"parameters: {weights}{graph.count_params():,} ({trainable:,} trainable, {other:,} other)",
        f"multiply-adds a sample: {counts}{count:,}",
        f"memory of weights: {weights}{memory(graph.weights_bytes)}",
        f"memory of activations, batch of {batch_size}: {sizes}{activations}{strings}",
    ]


def _at_least(is_exact: bool) -> str:
    return "" if is_exact else "at least "
