"""The order of a graph's nodes, and the cycles that leave it without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

import networkx as nx

from layergraph.diagnostics import Diagnostics, Related, codes
from layergraph.spec.place import Place

if TYPE_CHECKING:
    from layergraph.graph.wiring import WiredNode


def order(
    inputs: Iterable[str],
    wired: Mapping[str, WiredNode],
    entries: Mapping[str, Place],
    diagnostics: Diagnostics,
) -> list[str]:
    """The nodes and inputs in topological order, file order among equals.

    Every cycle is reported with all that is on it; nodes on cycles are left out of the order.

    Args:
        inputs: the paths of the inputs.
        wired: the nodes by path.
        entries: the places of what has copies or parts, by path.
        diagnostics: where cycles are reported.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(inputs)
    graph.add_nodes_from(wired)
    graph.add_edges_from((p, path) for path, node in wired.items() for p in node.producers)
    if not nx.is_directed_acyclic_graph(graph):
        on_cycles: set[str] = set()
        in_file = {path: number for number, path in enumerate(graph)}
        components = nx.strongly_connected_components(graph)
        for component in sorted(components, key=lambda paths: min(in_file[p] for p in paths)):
            if len(component) > 1 or graph.has_edge(*(2 * tuple(component))[:2]):
                cycle = _Cycle(nx.DiGraph(graph.subgraph(component)), wired, entries)
                cycle.report(diagnostics)
                on_cycles |= component
        graph.remove_nodes_from(on_cycles)
    in_file = {path: number for number, path in enumerate(graph)}
    return list(nx.lexicographical_topological_sort(graph, key=in_file.__getitem__))


class _Cycle:
    """A cycle among nodes, told in the names of the outermost scope that all of it is in."""

    def __init__(
        self,
        component: nx.DiGraph[str],
        wired: Mapping[str, WiredNode],
        entries: Mapping[str, Place],
    ) -> None:
        self._wired = wired
        self._entries = entries
        start = min(component, key=lambda path: wired[path].flat.place.key_span.order)
        cycle = [edge[0] for edge in nx.find_cycle(component, start)]
        self._scope = scope = wired[start].flat.scope
        self._climbed = 0
        while not all(f"{path}.".startswith(f"{scope}." if scope else "") for path in cycle):
            self._scope = scope = self._around(scope)
            self._climbed += 1
        first = min(range(len(cycle)), key=lambda i: self._entry(cycle[i]).key_span.order)
        cycle = cycle[first:] + cycle[:first]
        while len(cycle) > 1 and self._name(cycle[-1]) == self._name(cycle[0]):
            cycle = [cycle[-1], *cycle[:-1]]  # to where it enters what is named first
            if self._name(cycle[0]) == self._name(cycle[-1]) and all(
                self._name(path) == self._name(cycle[0]) for path in cycle
            ):
                break
        self._cycle = cycle
        self._calls = wired[start].flat.calls[self._climbed :]

    def report(self, diagnostics: Diagnostics) -> None:
        """Say what is on the cycle, and where each is called on the one before."""
        named = [name for name, _ in groupby(self._name(path) for path in self._cycle)]
        at = self._fed_at(self._cycle[0], self._cycle[-1])
        alone = len(named) == 1
        with diagnostics.inside(self._scope, self._calls):
            diagnostics.report(
                codes.CYCLE,
                f"`{named[0]}` is called on itself" if alone else f"{_shown(named)} is a cycle",
                at.span,
                path=at.path,
                related=self._related(),
                help="call it on another node" if alone else "call one of them on something else",
            )

    def _around(self, scope: str) -> str:
        """The scope that an instance stands in, which is the scope of its entry."""
        steps = scope.split(".")
        ways = (".".join(steps[:end]) for end in range(len(steps), 0, -1))
        entry = next((way for way in ways if way in self._entries), "")
        return entry.rpartition(".")[0]

    def _name(self, path: str) -> str:
        """The entry of the scope that a node is, or is in."""
        inside = path[len(self._scope) + 1 :] if self._scope else path
        return inside.partition(".")[0]

    def _entry(self, path: str) -> Place:
        prefix = f"{self._scope}." if self._scope else ""
        return self._entries.get(prefix + self._name(path), self._wired[path].flat.place)

    def _related(self) -> tuple[Related, ...]:
        seen: dict[str, Related] = {}
        before = [self._cycle[-1], *self._cycle[:-1]]
        for producer, path in zip(before, self._cycle, strict=True):
            name = self._name(path)
            if (name not in seen and self._name(producer) != name) or len(self._cycle) == 1:
                at = self._fed_at(path, producer)
                seen[name] = Related(f"`{name}` is called on this", at.span)
        return tuple(seen.values())[1:]

    def _fed_at(self, path: str, producer: str) -> Place:
        """Where the `from` of a node, or of what it is in, names one of its producers."""
        flat = self._wired[path].flat
        if flat.scope != self._scope or flat.from_place is None:
            entry = self._entry(path)
            return entry.at("from") if entry.has("from") else entry
        references = (
            reference
            for fed in flat.fed or ()
            for reference, tensors in zip(fed.references, fed.tensors, strict=True)
            if tensors is not None and producer in tensors.producers()
        )
        place = flat.from_place
        return next((place.at(*reference.steps) for reference in references), place)


def _shown(named: list[str]) -> str:
    return " → ".join(f"`{name}`" for name in [*named, named[0]])
