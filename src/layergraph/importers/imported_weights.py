"""The weights of a model that was imported, in a file that the compiled graph takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from layergraph.graph.graph import Graph
from layergraph.importers.adapted_state import learnt_state
from layergraph.importers.calls import is_model
from layergraph.importers.keras_model import ImportedModel
from layergraph.targets.files import check_free, written
from layergraph.targets.keras_model import compile_graph

ENDING = ".weights.h5"


def save_weights(
    model: Any, imported: ImportedModel, graph: Graph, out: Path, *, force: bool
) -> None:
    """Write the weights of a model under the names that its layers have in the graph.

    The graph is compiled, the weights are put into it layer by layer, and saved from there: so
    they are known to fit.

    Args:
        model: the model that was imported.
        imported: what the import made of it.
        graph: the graph of that.
        out: the file.
        force: whether what stands there is replaced.

    Raises:
        GraphError: where the graph cannot be compiled, or the file cannot be written.
    """
    check_free(out, force=force)
    compiled = compile_graph(graph, allow=imported.modules)
    _put(model, compiled, imported)
    with written(out) as beside:
        compiled.save_weights(beside)


def _put(model: Any, compiled: Any, imported: ImportedModel) -> None:
    """Give each layer the weights of the one that it was imported from."""
    import keras

    for operation, name in imported.named[id(model)]:
        if not isinstance(operation, keras.Layer):
            continue
        layer = compiled.get_layer(name)
        if is_model(operation):
            _put(operation, layer, imported)
        elif not learnt_state(operation):  # else the graph has it
            layer.set_weights(operation.get_weights())
