"""Names of a graph that Keras could also give to what it makes for masks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from layergraph.graph.graph import Graph, Node
from layergraph.ops.catalog import OPS
from layergraph.targets.python_source.layout import Writer
from layergraph.targets.python_source.literals import literal

_NUMBERED = re.compile(r"(?P<name>.*?)(?:_(?P<number>[0-9]{1,6}))?")


def write_mask_names(graph: Graph, out: Writer) -> None:
    """Write what keeps Keras' own numbers for its operations beyond those that a graph has.

    A functional model refuses two operations of one name, and Keras numbers those that it makes
    for masks without looking at the names that were given.
    """
    if not any(mask is not None for node in graph.masks.values() for mask in node.outputs):
        return
    functions = frozenset(OPS.names)
    taken: dict[str, int] = {}
    for name in _names(graph.nodes):
        match = _NUMBERED.fullmatch(name)
        if match is not None and match["name"] in functions:
            number = int(match["number"] or 0) + 1
            taken[match["name"]] = max(number, taken.get(match["name"], 0))
    if not taken:
        return
    out.comment("Keras names what it makes for masks by itself, and not as layers are named here.")
    for name, number in taken.items():
        with out.block(f"while keras.backend.get_uid({literal(name).flat}) < {number}"):
            out.line("pass")
    out.line()


def _names(nodes: Mapping[str, Node]) -> Iterator[str]:
    """The names of all layers, those of models inside among them."""
    for node in nodes.values():
        yield node.keras_name
        if node.inner is not None:
            yield from _names(node.inner.nodes)
