"""A model → a SavedModel with one signature that has every input and output by its name.

`keras.Model.export` traces a model once for each of several endpoints. Here it is traced once,
and the variables are saved as a flat list: nothing walks the layers.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layergraph.graph.graph import Graph

if TYPE_CHECKING:
    import keras

SIGNATURE = "serving_default"
GRAPH_FILE = "graph.yaml"


def save_saved_model(model: keras.Model, graph: Graph, out: Path) -> None:
    """Write a SavedModel folder; the flat graph file goes along in its `assets.extra/`."""
    import tensorflow as tf

    specs = {tensor.name: _signature(tensor) for tensor in model.inputs}

    @tf.function(input_signature=[specs], autograph=False)  # type: ignore[untyped-decorator]
    def serve(inputs: dict[str, Any]) -> Any:
        return model(inputs, training=False)

    served = tf.Module()
    served.serve = serve
    served.variables_of_model = [_savable(variable.value) for variable in model.variables]
    served.tables = [
        layer.lookup_table for layer in _all_layers(model) if hasattr(layer, "lookup_table")
    ]
    with _names_as_they_are(), _errors_of_the_disk():
        tf.saved_model.save(served, str(out), signatures={SIGNATURE: serve.get_concrete_function()})
    extra = out / "assets.extra"
    extra.mkdir()
    (extra / GRAPH_FILE).write_text(graph.to_yaml(), encoding="utf-8", newline="")


@contextmanager
def _errors_of_the_disk() -> Iterator[None]:
    """Make an `OSError` of what TensorFlow says where a disk is full."""
    import tensorflow as tf

    try:
        yield
    except tf.errors.ResourceExhaustedError as error:
        raise OSError(ENOSPC, os.strerror(ENOSPC)) from error


@contextmanager
def _names_as_they_are() -> Iterator[None]:
    """Hold back TensorFlow's warnings of names that Python would not take: they are served as is.

    It renames the arguments of a Python function that nobody sees.
    """

    def is_news(record: logging.LogRecord) -> bool:
        return "is not a valid tf.function parameter name" not in record.getMessage()

    logger = logging.getLogger("absl")
    logger.addFilter(is_news)
    try:
        yield
    finally:
        logger.removeFilter(is_news)


def _signature(tensor: Any) -> Any:
    import tensorflow as tf

    if getattr(tensor, "ragged", False):
        return tf.RaggedTensorSpec(tensor.shape, tensor.dtype)
    if tensor.sparse:
        return tf.SparseTensorSpec(tensor.shape, tensor.dtype)
    return tf.TensorSpec(tensor.shape, tensor.dtype, name=tensor.name)


def _savable(variable: Any) -> Any:
    """The variable under a name that TensorFlow saves: it takes none that begins with `_`.

    The name stands nowhere in the signature; what is served finds its variables by object.
    """
    if variable.name.startswith("_"):
        variable._handle_name = f"layer{variable._handle_name}"  # noqa: SLF001  there is no setter
    return variable


def _all_layers(layer: Any) -> list[Any]:
    """A layer and all the layers in it, at any depth."""
    return list(layer._flatten_layers())  # noqa: SLF001  Keras has no public way to list them
