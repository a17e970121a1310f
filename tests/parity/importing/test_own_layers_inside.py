"""Layers of the user's own that are arguments of layers of Keras, imported and compiled."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers

import layergraph as lg
from tests.parity.importing.round_trip import compiled, imported


class Scale(layers.Layer):
    def __init__(self, init=1.0, **others):
        super().__init__(**others)
        self.init = init

    def build(self, shape):
        self.kernel = self.add_weight(shape=(1, shape[-1]), initializer="ones", name="kernel")

    def call(self, x):
        return x * self.kernel * self.init

    def compute_output_shape(self, shape):
        return shape

    def get_config(self):
        return {**super().get_config(), "init": self.init}


class Widen(layers.Layer):
    def __init__(self, units, **others):
        super().__init__(**others)
        self.units = units

    def build(self, shape):
        self.weight = self.add_weight(shape=(shape[-1], self.units), name="weight")

    def call(self, x):
        return keras.ops.matmul(x, self.weight)

    def compute_output_shape(self, shape):
        return (*shape[:-1], self.units)

    def get_config(self):
        return {**super().get_config(), "units": self.units}


@keras.saving.register_keras_serializable("mine")
class Adder(layers.Layer):
    """A cell of two states, of which the first comes out."""

    def __init__(self, units, **others):
        super().__init__(**others)
        self.units = self.output_size = units
        self.state_size = [units, 2]

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units), name="kernel")

    def call(self, inputs, states):
        seen = keras.ops.matmul(inputs, self.kernel) + states[0]
        return seen, [seen, states[1] + 1]

    def get_config(self):
        return {**super().get_config(), "units": self.units}


class Forgetful(layers.Layer):
    def __init__(self, size, **others):
        super().__init__(**others)
        self.size = size

    def get_config(self):
        return {"name": self.name}

    def compute_output_shape(self, shape):
        return shape


@keras.saving.register_keras_serializable("mine")
class Recurrent(layers.SimpleRNN):
    pass


def model_of(*stack):
    x = keras.Input((5, 3), name="x")
    hidden = x
    for layer in stack:
        hidden = layer(hidden)
    return keras.Model(x, hidden)


HELD = [
    (lambda: layers.TimeDistributed(Scale(2.0)), "layer: {type: Scale, init: 2.0}"),
    (lambda: layers.TimeDistributed(Widen(4, name="wider")), "layer: {type: Widen, units: 4}"),
    (
        lambda: layers.SpectralNormalization(Scale(dtype="float16"), dtype="float16"),
        "layer: {type: Scale, dtype: float16}",
    ),
    (
        lambda: layers.TimeDistributed(layers.SpectralNormalization(Scale())),
        "layer: {type: SpectralNormalization, layer: {type: Scale}}",
    ),
    (lambda: layers.RNN(Adder(4), return_sequences=True), "cell: {type: Adder, units: 4}"),
    (
        lambda: layers.RNN([layers.LSTMCell(2), Adder(4), Adder(4)], return_sequences=True),
        "{type: Adder, units: 4}, {type: Adder, units: 4}",
    ),
    (
        lambda: layers.Bidirectional(layers.RNN(Adder(4), return_sequences=True)),
        "cell: {type: Adder, units: 4}}",
    ),
    (
        lambda: layers.Bidirectional(
            layers.SimpleRNN(4), backward_layer=layers.RNN(Adder(4), go_backwards=True)
        ),
        "backward_layer: {type: RNN, go_backwards: true, cell: {type: Adder, units: 4}}",
    ),
]


@pytest.mark.parametrize(("layer", "written"), HELD)
def test_what_is_held_comes_again(layer, written, tmp_path):
    model = model_of(layer())
    weights = tmp_path / "w.weights.h5"
    text = lg.import_model(model, weights=weights).to_yaml()
    assert written in text
    again = lg.compile(imported(model), weights=weights, allow=[__name__])
    rows = np.random.default_rng(0).normal(size=(2, 5, 3)).astype("float32")
    (found,), wanted = again({"x": rows}).values(), model(rows)
    np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-6)


def test_what_it_gives_is_declared():
    stack = [layers.TimeDistributed(Scale()), layers.TimeDistributed(Widen(4)), Widen(2)]
    graph = imported(model_of(*stack, layers.RNN([Adder(4), Adder(3)])))
    where = f"tests.parity.importing.{__name__.rpartition('.')[2]}"
    assert [line.strip() for line in graph.to_yaml().splitlines() if "import:" in line] == [
        f'Scale: {{import: "{where}:Scale", output: same}}',
        f'Widen: {{import: "{where}:Widen", output: [4]}}',
        f'Widen_2: {{import: "{where}:Widen", output: [5, 2]}}',
        f'Adder: {{import: "{where}:Adder", outputs: [[4], [4], [2]]}}',
        f'Adder_2: {{import: "{where}:Adder", outputs: [[3], [3], [2]]}}',
    ]
    compiled(graph, __name__)


@pytest.mark.parametrize(
    ("layer", "message", "help"),
    [
        (
            lambda: layers.TimeDistributed(Forgetful(3, name="lost"), name="steps"),
            "`steps` has the layer `lost` in it, which cannot be made again",
            "let its constructor take",
        ),
        (
            lambda: layers.Bidirectional(Recurrent(3), name="both"),
            "`both` walks with a `Recurrent` of your own",
            "`keras.layers.RNN` of it",
        ),
        (
            lambda: layers.Pipeline([Scale(name="scale")], name="steps"),
            f"`steps` has the layer `scale` of your own, a `{__name__}.Scale`, as its `layers`",
            "call `scale` itself",
        ),
    ],
)
def test_what_cannot_be_said(layer, message, help):
    with pytest.raises(lg.GraphError) as refused:
        lg.import_model(model_of(layer()))
    (error,) = refused.value.diagnostics
    assert error.code.id == "LG521"
    assert message in error.message
    assert help in error.help
