"""A flat document → the text of a graph file, and the `Graph` of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from layergraph.diagnostics import Source, codes
from layergraph.graph.graph import Graph
from layergraph.importers.structure import structured
from layergraph.pipeline import validate_text
from layergraph.spec.document import document_text
from layergraph.targets.failures import failure

_MOST = 5
"""How many reasons are given for refusing an import."""


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
        GraphError: unfit-import, where the language does not allow what the document says.
    """
    report = validate_text(Source(str(document["name"]), imported_text(document, flat=flat)))
    if report.graph is None:
        raise failure(
            codes.UNFIT_IMPORT,
            f"`{document['name']}` cannot be a graph file",
            notes=tuple(f"{error.code.id}: {error.message}" for error in report.errors[:_MOST]),
            help="build the model without what is refused",
        )
    return replace(report.graph, is_imported=True)
