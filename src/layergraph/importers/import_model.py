"""A Keras model → a `Graph`."""

from __future__ import annotations

import warnings
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from layergraph.graph.graph import Graph
from layergraph.importers.graph_text import imported_graph
from layergraph.importers.imported_weights import save_weights
from layergraph.importers.keras_model import ImportedModel, imported_model

if TYPE_CHECKING:
    import keras


def import_model(
    model: keras.Model,
    *,
    flat: bool = False,
    weights: str | PathLike[str] | None = None,
    force: bool = False,
) -> Graph:
    """The graph of a Keras model; its `to_yaml` writes it as a graph file.

    Args:
        model: a functional or sequential model, or one of a subclass that is built on a graph.
        flat: whether every call stays a node of its own. Else chains, blocks and repeats are found.
        weights: a `.weights.h5` file to write the model's weights to, which `export` and
            `compile --weights` put into the compiled graph.
        force: whether what stands at `weights` is replaced.

    Returns:
        The graph. A warning says what of the model is not as it was.

    Raises:
        GraphError: where the model has no graph, or something that a graph file cannot say; or
            where the weights cannot be written.
    """
    imported, graph = graph_with_notes(model, flat=flat)
    if weights is not None:
        save_weights(model, imported, graph, Path(weights), force=force)
    for note in imported.notes:
        warnings.warn(note, stacklevel=2)
    return graph


def graph_with_notes(model: keras.Model, *, flat: bool) -> tuple[ImportedModel, Graph]:
    """What an import makes of a model, and the graph of that.

    Raises:
        GraphError: as `import_model`.
    """
    imported = imported_model(model)
    return imported, imported_graph(imported.document, flat=flat)
