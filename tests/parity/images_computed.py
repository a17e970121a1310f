"""Layers for images as they compute in a trace, as in `fit`, against what is declared."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf
from pydantic import ValidationError

import layergraph as lg
from layergraph.layers.base import Layer
from layergraph.targets.keras_objects import keras_class
from layergraph.tensors import BATCH, ShapeError, TensorSpec
from tests.parity.against_keras import described

Arrays = dict[str, Any]


def images(count: int, grey: bool = False) -> Arrays:
    """Photographs of 9 by 8 pixels, the same with channels first, and grey ones."""
    random = np.random.default_rng(0)
    photos = random.integers(0, 256, size=(count, 9, 8, 3), dtype="uint8")
    found = {"photo": photos, "turned": photos.transpose(0, 3, 1, 2).astype("float32")}
    return found | ({"grey": photos[..., :1].astype("float16")} if grey else {})


def computed(
    graph: Any, nodes: list[str], given: Arrays, *, training: bool
) -> dict[str, tuple[tuple[int, ...], str]]:
    """The shape and dtype that comes of each node, traced for a batch of unknown size.

    They are those of the layers themselves: an `Identity` that gives an output its name computes
    in float32.
    """
    model = lg.compile(graph)
    probed = keras.Model(model.inputs, {name: model.get_layer(name).output for name in nodes})
    step = tf.function(lambda tensors: probed(tensors, training=training))
    traced = step.get_concrete_function(
        {name: tf.TensorSpec((None, *x.shape[1:]), x.dtype) for name, x in given.items()}
    )
    found = traced({name: tf.constant(x) for name, x in given.items()})
    return {name: (tuple(x.shape), x.dtype.name) for name, x in found.items()}


def declared(graph: Any, nodes: list[str], batch: int) -> dict[str, tuple[tuple[int, ...], str]]:
    """The shape and dtype that the graph says of each node, for a batch of known size."""
    specs = {name: graph.nodes[name].outputs[0] for name in nodes}
    return {name: ((batch, *spec.shape[1:]), spec.dtype) for name, spec in specs.items()}


def assert_saved_without_weights(graph: Any, given: Arrays, path: Any) -> None:
    """A model has no weights, and gives the same when it is loaded again."""
    model = lg.compile(graph)
    assert graph.count_params() == model.count_params() == 0
    model.save(path)
    again = keras.models.load_model(path)
    first, second = model.predict(given, verbose=0), again.predict(given, verbose=0)
    for name, values in first.items():
        np.testing.assert_array_equal(values, second[name])


def ours(name: str, arguments: dict[str, Any], tensor: TensorSpec) -> str:
    """The dtype that we declare, or that we refuse."""
    try:
        layer = described(name).model_validate(arguments)
        assert isinstance(layer, Layer)
        output = layer.infer(tensor)
    except (ValidationError, ShapeError):
        return "refused"
    assert isinstance(output, TensorSpec)
    return output.dtype


def theirs(name: str, arguments: dict[str, Any], tensor: TensorSpec) -> str:
    """The dtype that Keras declares and computes in training, or that it refuses.

    Unknown sizes become 3. Where TensorFlow has a kernel, it has not always a trace.
    """
    shape = [2, *tensor.shape[1:]] if tensor.dims[0] == BATCH else tensor.shape
    values = np.random.default_rng(0).integers(0, 256, [size or 3 for size in shape])
    try:
        layer = keras_class(described(name))(**arguments)
        symbolic = layer(keras.KerasTensor(tensor.shape, tensor.dtype))
        step = tf.function(
            lambda x: layer(x, training=True),
            input_signature=[tf.TensorSpec(tensor.shape, tensor.dtype)],
        )
        found = step(tf.cast(values, tensor.dtype))
    except Exception:  # noqa: BLE001  TensorFlow refuses in many ways
        return "refused"
    return found.dtype.name if found.dtype.name == symbolic.dtype else "refused"
