"""LG401: a node reaches no output, so the model is built without it."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.graph import Graph, Node


def unused_node(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report the nodes and inputs that feed nothing, and name those that go with them."""
    feeding = {
        edge.producer
        for node in graph.nodes.values()
        for argument in node.arguments
        for edge in argument.edges
    } | {output.edge.producer for output in graph.heads.values()}
    in_use = {_entry(path) for path in graph.in_model}
    used_places = {n.span for n in graph.nodes.values() if n.path in graph.in_model and n.layer}
    reported: set[str] = set()
    for path, node in graph.nodes.items():
        if path in feeding or node.span in used_places:
            continue  # a copy, of which not all are needed
        if path in graph.offered and _entry(path) in in_use:
            continue  # an output of a block, which others may need
        entry = _entry(path)
        if entry in in_use:  # some of a chain, or of a block
            name, span, calls = node.local or path, node.span, node.calls
        elif entry in reported:
            continue
        else:  # all of it, which is told where it is called
            name, span, calls = entry, node.calls[-1].span if node.calls else node.span, ()
            reported.add(entry)
        with diagnostics.inside(path, calls):
            diagnostics.report(
                codes.UNUSED_NODE,
                f"input `{path}` feeds nothing" if node.input else f"`{name}` reaches no output",
                span,
                label="the chain ends here" if "." in node.local and span is node.span else "",
                path=node.in_file,
                notes=_company(node, graph),
                help="remove it, or call a node that an output comes from on it",
            )


def _company(last: Node, graph: Graph) -> tuple[str, ...]:
    """What is said of the nodes before it that nothing else leads to an output."""
    found: dict[str, None] = {last.path: None}
    waiting = [last]
    while waiting:
        for argument in waiting.pop().arguments:
            for edge in argument.edges:
                if edge.producer not in graph.in_model and edge.producer not in found:
                    found[edge.producer] = None
                    waiting.append(graph.nodes[edge.producer])
    names = dict.fromkeys(_entry(path) for path in reversed(found))
    names.pop(_entry(last.path))
    if not names:
        return ()
    listed = ", ".join(f"`{name}`" for name in names)
    return (f"{listed} lead{'s' if len(names) == 1 else ''} to no output either",)


def _entry(path: str) -> str:
    """The name that a node's own entry has in the file: a chain's, for its items."""
    return path.partition(".")[0]
