"""The order of a graph's nodes, and the cycles that leave it without one."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import networkx as nx

from layergraph.diagnostics import Diagnostics, Related, codes
from layergraph.expand.flat import FlatGraph, FlatNode
from layergraph.graph.wiring import WiredNode
from layergraph.spec.place import Place


def order(
    flat: FlatGraph, wired: Mapping[str, WiredNode], diagnostics: Diagnostics
) -> tuple[list[str], frozenset[str]]:
    """The nodes and inputs in topological order, file order among equals; and those on cycles.

    Every cycle is reported with all the nodes on it; nodes on cycles are left out of the order.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(flat.spec.inputs)
    graph.add_nodes_from(wired)
    graph.add_edges_from((p, path) for path, node in wired.items() for p in node.producers)
    on_cycles: set[str] = set()
    if not nx.is_directed_acyclic_graph(graph):
        for component in list(nx.strongly_connected_components(graph)):
            if len(component) > 1 or graph.has_edge(*(2 * tuple(component))[:2]):
                _report_cycle(nx.DiGraph(graph.subgraph(component)), wired, diagnostics)
                on_cycles |= component
        graph.remove_nodes_from(on_cycles)
    in_file = {path: number for number, path in enumerate(graph)}
    ordered = nx.lexicographical_topological_sort(graph, key=in_file.__getitem__)
    return list(ordered), frozenset(on_cycles)


def _report_cycle(
    component: nx.DiGraph[str], wired: Mapping[str, WiredNode], diagnostics: Diagnostics
) -> None:
    start = min(component, key=lambda path: wired[path].flat.place.key_span.order)
    cycle = [edge[0] for edge in nx.find_cycle(component, start)]
    first = min(range(len(cycle)), key=lambda i: wired[cycle[i]].flat.place.key_span.order)
    cycle = cycle[first:] + cycle[:first]
    named = [name for name, _ in groupby(_in_file(wired[path].flat) for path in cycle)]
    if len(named) > 1 and named[0] == named[-1]:
        named.pop()
    at = _fed_at(wired[cycle[0]], cycle[-1])
    diagnostics.report(
        codes.CYCLE,
        f"{_shown(named)} is a cycle" if len(named) > 1 else f"`{named[0]}` is called on itself",
        at.span,
        path=at.path,
        related=_related(cycle, wired),
        help="call one of them on something else" if len(named) > 1 else "call it on another node",
    )


def _shown(named: list[str]) -> str:
    return " → ".join(f"`{name}`" for name in [*named, named[0]])


def _in_file(node: FlatNode) -> str:
    """The name that a node's own entry has in the file: a chain's, for its items."""
    return str(node.place.path[1])


def _related(cycle: list[str], wired: Mapping[str, WiredNode]) -> tuple[Related, ...]:
    seen: dict[str, Related] = {}
    for producer, path in zip([cycle[-1], *cycle[:-1]], cycle, strict=True):
        node = wired[path].flat
        name = _in_file(node)
        if node.from_place is not None and name not in seen:
            at = _fed_at(wired[path], producer)
            seen[name] = Related(f"`{name}` is called on this", at.span)
    return tuple(seen.values())[1:]


def _fed_at(node: WiredNode, producer: str) -> Place:
    """Where a node's `from` names one of its producers."""
    place = node.flat.from_place or node.flat.place
    references = (
        reference
        for argument in node.arguments or ()
        for reference, path in zip(argument.references, argument.producers, strict=True)
        if path == producer
    )
    return next((place.at(*reference.steps) for reference in references), place)
