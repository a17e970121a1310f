"""LG401: a node reaches no output, so the model is built without it."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.graph import Graph


def unused_node(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report the nodes that reach no output, and inputs that feed nothing."""
    used = {
        edge.producer
        for path in graph.in_model
        for argument in graph.nodes[path].arguments
        for edge in argument.edges
    } | {output.edge.producer for output in graph.heads.values()}
    reported = set()
    for path, node in graph.nodes.items():
        in_file = path.split(".")[0]
        if path in used or in_file in reported:
            continue
        reported.add(in_file)
        diagnostics.report(
            codes.UNUSED_NODE,
            f"`{path}` reaches no output",
            node.span,
            path=("inputs" if node.input else "layers", in_file),
            help="remove it, or use it in a node that an output comes from",
        )
