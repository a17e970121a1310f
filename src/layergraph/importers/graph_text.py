"""A flat document → the text of a graph file, and the `Graph` of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from layergraph.diagnostics import GraphError, Source
from layergraph.graph.graph import Graph
from layergraph.importers.structure import structured
from layergraph.pipeline import validate_text
from layergraph.spec.document import document_text


def imported_text(document: dict[str, Any], *, flat: bool = False) -> str:
    """The text of the graph file that a flat document stands for.

    Args:
        document: the sections of a graph file: one node for each call, blocks for models of their
            own alone.
        flat: whether it stays so. Else chains, blocks and repeats are found in it.
    """
    return document_text(document if flat else structured(document))


def imported_graph(document: dict[str, Any], *, flat: bool = False) -> Graph:
    """The graph of a flat document, which `to_yaml` writes as `imported_text` does.

    Raises:
        GraphError: where the language does not allow what the document says.
    """
    report = validate_text(Source(str(document["name"]), imported_text(document, flat=flat)))
    if report.graph is None:
        raise GraphError(report.diagnostics)
    return replace(report.graph, is_imported=True)
