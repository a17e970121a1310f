"""Models that people build in Keras, as graph files."""

from __future__ import annotations

import keras
import numpy as np
import pytest

import layergraph as lg
from tests.parity.importing.round_trip import (
    assert_same_model,
    assert_same_outputs,
    compiled,
    imported,
)

pytestmark = pytest.mark.slow

layers = keras.layers


@pytest.fixture(autouse=True)
def _names_begin_anew():
    keras.utils.clear_session()


def body(model, **options):
    """The text of an import, without its first lines."""
    text = lg.import_model(model, flat=True, **options).to_yaml()
    return text.partition("\n\n")[2]


def test_a_functional_model():
    words = keras.Input((5,), dtype="int32", name="words")
    embedded = layers.Embedding(10, 4, mask_zero=True)(words)
    read = layers.LSTM(3, name="read")(embedded)
    scaled = 1 - layers.Dropout(0.5)(read) * 2 + np.array([1.0, 2.0, 3.0], "float32")
    first = keras.ops.mean(scaled, axis=-1, keepdims=True)[:, 0]
    model = keras.Model(words, {"mean": first, "kind": layers.Dense(2, name="kind")(scaled)})
    model.compile(
        "adam",
        loss={"mean": "mse", "kind": keras.losses.Huber(delta=2.0)},
        loss_weights={"mean": 2.0, "kind": 1.0},
        metrics={"kind": ["mae", keras.metrics.AUC()]},
    )
    assert (
        body(model)
        == """\
inputs:
  words: {shape: [5], dtype: int32}

layers:
  embedding: {type: Embedding, from: words, input_dim: 10, output_dim: 4, mask_zero: true}
  read: {type: LSTM, from: embedding, units: 3}
  dropout: {type: Dropout, from: read, rate: 0.5}
  multiply: {type: ops.multiply, from: dropout, x2: 2}
  subtract: {type: ops.subtract, from: {x2: multiply}, x1: 1}
  add: {type: ops.add, from: subtract, x2: [1.0, 2.0, 3.0]}
  kind: {type: Dense, from: add, units: 2}
  mean_2: {type: ops.mean, from: add, axis: -1, keepdims: true}
  get_item: {type: ops.get_item, from: mean_2, key: "[:, 0]"}

outputs:
  kind: {from: kind, loss: {type: Huber, delta: 2.0}, loss_weight: 1.0, metrics: [mae, {type: AUC}]}
  mean: {from: get_item, loss: mse, loss_weight: 2.0}

training: {optimizer: adam}
"""
    )


def test_a_sequential_model():
    model = keras.Sequential(
        [keras.Input((4,)), layers.Dense(3, activation="relu"), layers.Dense(1)], name="small"
    )
    again = compiled(imported(model))
    assert_same_model(model, again)
    assert_same_outputs(model, again, np.ones((2, 4), "float32"))


def test_a_model_called_as_in_inference():
    x = keras.Input((4,))
    inner = layers.BatchNormalization(name="normal")(layers.Dense(2, name="d")(x))
    base = keras.Model(x, inner, name="base")
    base.trainable = False
    rows = keras.Input((4,), name="rows")
    price = layers.Dense(1, name="price")(base(rows, training=False))
    with pytest.warns(UserWarning, match="the layers of the model `base` stand in the model"):
        graph = lg.import_model(keras.Model(rows, price), flat=True)
    assert graph.nodes["normal"].call.training is False
    assert not graph.nodes["normal"].layer.trainable
    assert graph.nodes["price"].layer.trainable


def test_a_dtype_that_keras_leaves_out_of_the_config():
    rows = keras.Input((4, 2), name="rows")
    dropped = layers.SpatialDropout1D(0.1, dtype="mixed_float16", name="dropped")(rows)
    graph = lg.import_model(keras.Model(rows, dropped), flat=True)
    assert graph.nodes["dropped"].layer.dtype == "mixed_float16"
