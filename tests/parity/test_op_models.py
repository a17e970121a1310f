"""Functions in models: names, saving, loading, export, and the numbers that come out."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from layergraph.ops.base import Op
from layergraph.ops.catalog import OPS
from layergraph.targets.keras_ops import call_op
from tests.parity.op_samples import SAMPLES, sample_tensors
from tests.parity.op_values import values

NAMELESS = ("image.extract_patches", "image.extract_patches_3d")
"""Functions whose configuration in Keras leaves their name out."""


def described(name, **arguments):
    found = OPS.find(name).checked(arguments)
    assert isinstance(found, Op)
    return found


@pytest.mark.filterwarnings("ignore:NotImplemented should not:DeprecationWarning")  # `tensordot`
@pytest.mark.parametrize("name", OPS.classes)
def test_a_model_is_the_same_from_its_config(name):
    """The arguments are of types that Keras saves, and the operation keeps the node's name."""
    arguments, _ = SAMPLES[name]
    tensors = keras.tree.map_structure(
        lambda x: keras.Input(batch_shape=x.shape, dtype=x.dtype), sample_tensors(name)
    )
    outputs = call_op(described(name, **arguments), tensors, "the_node")
    model = keras.Model(keras.tree.flatten(tensors), keras.tree.flatten(outputs))
    again = keras.Model.from_config(model.get_config())
    assert model.operations[-1].name == "the_node"
    assert name in NAMELESS or again.operations[-1].name == "the_node"
    given = keras.tree.flatten(
        {
            argument: [
                values(name, argument, (2, *x.shape[1:]), x.dtype)
                for x in keras.tree.flatten(listed)
            ]
            for argument, listed in tensors.items()
        }
    )
    outputs = [keras.tree.flatten(made(given)) for made in (model, again)]
    for first, second in zip(*outputs, strict=True):
        np.testing.assert_array_equal(np.asarray(first), np.asarray(second))


CONSTANTS = {
    "number": 2,
    "infinity": float("-inf"),
    "list": [0.5, 1.0, 1.5],
    "array": {"array": [1, 2, 3], "dtype": "bfloat16"},
    "nested": [[1.0], [2.0]],
}


@pytest.mark.parametrize("constant", CONSTANTS.values(), ids=CONSTANTS)
def test_a_constant_is_saved(constant, tmp_path):
    x = keras.Input((2, 3))
    outputs = call_op(described("multiply", x1=constant), {"x2": x}, "scaled")
    model = keras.Model(x, outputs)
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    given = np.arange(1, 13, dtype="float32").reshape(2, 2, 3)
    np.testing.assert_array_equal(model(given), again(given))
    values = constant["array"] if isinstance(constant, dict) else constant
    np.testing.assert_array_equal(again(given), given * np.array(values, "float32"))


def test_a_layer_may_have_the_name_that_keras_would_make_up(tmp_path):
    """Keras would name the operation `mean`, and refuse a second one of that name."""
    keras.utils.clear_session()
    x = keras.Input((4, 3), name="x")
    middle = call_op(described("mean", axis=1), {"x": x}, "pooled")
    hidden = keras.layers.Dense(2, name="mean")(middle)
    values, places = call_op(described("top_k", k=1), {"x": hidden}, "best")
    key = described("get_item", key="[:, 0, ..., None]")
    last = call_op(key, {"x": values}, "last")
    model = keras.Model({"x": x}, {"last": last, "places": places})
    names = [operation.name for operation in model.operations]
    assert names == ["x", "pooled", "mean", "best", "last"]
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    assert [operation.name for operation in again.operations] == names
    given = {"x": np.random.default_rng(0).normal(size=(2, 4, 3)).astype("float32")}
    model.export(tmp_path / "saved_model", verbose=False)
    loaded = tf.saved_model.load(tmp_path / "saved_model")
    served = loaded.serve({"x": tf.constant(given["x"])})
    for name, output in model(given).items():
        np.testing.assert_array_equal(output, again(given)[name])
        np.testing.assert_allclose(output, served[name], rtol=1e-6)


def test_keras_adds_a_bias_along_another_axis():
    """Why `ops.add` is refused there: the numbers are not those of broadcasting."""
    x, bias = np.zeros((1, 3, 3), "float32"), np.array([[1.0], [2.0], [3.0]], "float32")
    added = np.asarray(keras.ops.add(keras.ops.convert_to_tensor(x), bias))
    assert not np.array_equal(added, x + bias)
    turned = np.asarray(keras.ops.add(bias, keras.ops.convert_to_tensor(x)))
    np.testing.assert_array_equal(turned, x + bias)
