"""Weights find their layers by name, whatever else a graph file has become."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import layergraph as lg
from layergraph.cli.main import cli

pytestmark = pytest.mark.slow

SMALL = """\
layergraph: 1
inputs:
  x: {shape: [4]}
layers:
  first: {type: Dense, from: x, units: 4}
  second: {type: Dense, from: first, units: 4}
outputs:
  y: {from: second, type: Dense, units: 1, loss: mse}
"""

SWAPPED = SMALL.replace(
    """\
  first: {type: Dense, from: x, units: 4}
  second: {type: Dense, from: first, units: 4}
outputs:
  y: {from: second,""",
    """\
  second: {type: Dense, from: x, units: 4}
  first: {type: Dense, from: second, units: 4}
outputs:
  y: {from: first,""",
)

OF_ALL_KINDS = """\
layergraph: 1
blocks:
  pair:
    inputs: [x]
    layers:
      one: {type: Dense, from: x, units: 3}
      two: {type: Dense, from: one, units: 3}
    outputs: two
inputs:
  a: {shape: [5, 3]}
  b: {shape: [5, 3]}
layers:
  scaled_a: {type: Normalization, from: a}
  scaled: {type: Normalization, from: b, mean: 1.0, variance: 2.0}
  shared: {type: Dense, from: scaled_a, units: 3}
  shared_b: {use: shared, from: scaled}
  both: {type: Add, from: [shared, shared_b]}
  inner: {block: pair, from: both, nested: true}
  batch: {type: BatchNormalization, from: inner}
  frozen: {type: BatchNormalization, from: batch, trainable: false}
  dropped: {type: Dropout, from: frozen, rate: 0.5}
  ways:
    from: dropped
    type: Bidirectional
    layer: {type: LSTM, units: 3, return_sequences: true, dropout: 0.1}
  steps: {type: TimeDistributed, from: ways, layer: {type: Dense, units: 3}}
  models: {type: TimeDistributed, from: steps, layer: {block: pair}}
  cells:
    from: models
    type: RNN
    cell: [{type: LSTMCell, units: 3}, {type: GRUCell, units: 3}]
    return_sequences: true
  bounded: {type: SpectralNormalization, from: cells, layer: {type: Dense, units: 3}}
outputs:
  y: {from: bounded}
"""


STACK = """\
import keras


class Stack(keras.layers.Layer):
    def __init__(self, **others):
        super().__init__(**others)
        self.layers = [keras.layers.Dense(4), keras.layers.Dense(4)]

    def build(self, shape):
        for layer in self.layers:
            layer.build(shape)
        super().build(shape)

    def call(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
"""

STACKED = """\
layergraph: 1
custom:
  Stack: {import: "stacks:Stack", output: same}
inputs:
  x: {shape: [4]}
layers:
  stack: {type: Stack, from: x}
outputs:
  y: {from: stack}
"""


def graph_of(text, folder):
    path = Path(folder) / "graph.yaml"
    path.write_text(text)
    return lg.load(path)


def filled(text, folder):
    """A model whose variables all have values that no other has, and the file of its weights."""
    model = lg.compile(graph_of(text, folder))
    generator = np.random.default_rng(0)
    for variable in model.weights:
        variable.assign(generator.uniform(1, 9, variable.shape).astype(variable.dtype))
    file = Path(folder) / "w.weights.h5"
    model.save_weights(file)
    return model, file


def values(model):
    return {variable.path: np.array(variable) for variable in model.weights}


def same(found, wanted):
    assert found.keys() == wanted.keys()
    for path, value in found.items():
        np.testing.assert_array_equal(value, wanted[path], err_msg=path)


def errors(refused):
    (error,) = refused.value.diagnostics
    assert error.code.id == "LG506"
    return error


def test_layers_that_have_changed_places_keep_their_weights(tmp_path):
    model, file = filled(SMALL, tmp_path)
    again = lg.compile(graph_of(SWAPPED, tmp_path), weights=file)
    same(values(again), values(model))
    by_position = lg.compile(graph_of(SWAPPED, tmp_path))
    by_position.load_weights(file)
    kernel = by_position.get_layer("second").kernel
    np.testing.assert_array_equal(kernel, model.get_layer("first").kernel)


@pytest.mark.parametrize("ending", ["weights.h5", "keras"])
def test_weights_of_all_kinds_come_again(tmp_path, ending):
    model, file = filled(OF_ALL_KINDS, tmp_path)
    if ending == "keras":
        file = tmp_path / "model.keras"
        model.save(file)
    swapped = OF_ALL_KINDS.replace(
        """\
      one: {type: Dense, from: x, units: 3}
      two: {type: Dense, from: one, units: 3}
    outputs: two
""",
        """\
      two: {type: Dense, from: x, units: 3}
      one: {type: Dense, from: two, units: 3}
    outputs: one
""",
    )
    assert swapped != OF_ALL_KINDS
    for text in (OF_ALL_KINDS, swapped):
        same(values(lg.compile(graph_of(text, tmp_path), weights=file)), values(model))


CHANGED = """\
layergraph: 1
inputs:
  x: {shape: [4]}
layers:
  added: {type: Dense, from: x, units: 4}
  first: {type: Dense, from: added, units: 4}
outputs:
  y: {from: first, type: Dense, units: 2}
"""

LEFT = (
    "`added`: none in the file, (4, 4), (4,) in the graph",
    "`second`: (4, 4), (4,) in the file, none in the graph",
    "`y`: (4, 1), (1,) in the file, (4, 2), (2,) in the graph",
)


def test_what_does_not_fit_is_told_and_nothing_is_written(tmp_path):
    _, file = filled(SMALL, tmp_path)
    graph = graph_of(CHANGED, tmp_path)
    with pytest.raises(lg.GraphError) as refused:
        lg.export(graph, tmp_path / "model.keras", weights=file)
    assert not (tmp_path / "model.keras").exists()
    error = errors(refused)
    assert error.notes == LEFT
    assert "--partial-weights" in error.help


def test_what_fits_is_put_in_where_that_is_asked_for(tmp_path, monkeypatch):
    model, file = filled(SMALL, tmp_path)
    with pytest.warns(UserWarning, match="in the graph") as warned:
        again = lg.compile(graph_of(CHANGED, tmp_path), weights=file, partial_weights=True)
    notes = [str(warning.message) for warning in warned if warning.category is UserWarning]
    added, second, y = (left.partition(": ")[2] for left in LEFT)
    assert notes == [
        f"`added` keeps its initial weights: {added}",
        f"the weights of `second` are left out: {second}",
        f"`y` keeps its initial weights: {y}",
    ]
    np.testing.assert_array_equal(again.get_layer("first").kernel, model.get_layer("first").kernel)
    assert not again.get_layer("added").bias.numpy().any()

    monkeypatch.chdir(tmp_path)
    arguments = ["compile", "graph.yaml", "-o", "part.keras", "--weights", "w.weights.h5"]
    done = CliRunner().invoke(cli, [*arguments, "--partial-weights"])
    assert (done.exit_code, done.stdout) == (0, "part.keras\n"), done.output
    assert done.stderr == "".join(f"note: {note}\n" for note in notes)


def test_layers_of_a_model_inside_are_told_by_its_name(tmp_path):
    _, file = filled(OF_ALL_KINDS, tmp_path)
    text = OF_ALL_KINDS.replace("two", "other").replace("{type: LSTM,", "{type: GRU,")
    with pytest.raises(lg.GraphError) as refused:
        lg.compile(graph_of(text, tmp_path), weights=file)
    told = [re.sub(":.*", "", note) for note in errors(refused).notes]
    assert told == [
        "`inner.other`",
        "`inner.two`",
        "`models.layer.other`",
        "`models.layer.two`",
        "`ways`",
    ]


def test_a_file_without_common_names_goes_by_position(tmp_path):
    import h5py
    import keras

    x = keras.Input((4,))
    hidden = keras.layers.Dense(4)(keras.layers.Dense(4)(x))
    model = keras.Model(x, keras.layers.Dense(1)(hidden))
    file = tmp_path / "w.weights.h5"
    model.save_weights(file)
    graph = graph_of(SMALL, tmp_path)
    with pytest.warns(UserWarning, match="by position"):
        again = lg.compile(graph, weights=file)
    for found, wanted in zip(again.weights, model.weights, strict=True):
        np.testing.assert_array_equal(found, wanted)
    with pytest.raises(lg.GraphError) as refused:
        lg.compile(graph_of(CHANGED, tmp_path), weights=file, partial_weights=True)
    assert len(errors(refused).notes) == 6

    with h5py.File(file, "r+") as nameless:
        for layer in nameless["layers"].values():
            del layer["vars"].attrs["name"]
    with pytest.warns(UserWarning, match="by position"):
        again = lg.compile(graph, weights=file)
    for found, wanted in zip(again.weights, model.weights, strict=True):
        np.testing.assert_array_equal(found, wanted)

    with h5py.File(file, "r+") as old:
        old.move("layers", "_layer_checkpoint_dependencies")  # as Keras 2.13 has it
    with pytest.warns(UserWarning, match="by position"):
        again = lg.compile(graph, weights=file)
    for found, wanted in zip(again.weights, model.weights, strict=True):
        np.testing.assert_array_equal(found, wanted)


def test_what_keras_saved_of_a_model_fits_its_import(tmp_path):
    import keras

    inner = keras.Sequential(
        [keras.layers.Dense(3, name="one"), keras.layers.Dense(3, name="two")], name="inner"
    )
    ways = keras.layers.Bidirectional(keras.layers.GRU(2), name="ways")
    rows = np.random.default_rng(0).normal(size=(2, 5, 3)).astype("float32")
    x = keras.Input((5, 3), name="x")
    scaled = keras.layers.Normalization(name="scaled")
    scaled.adapt(rows)
    model = keras.Model(x, keras.layers.Dense(1, name="y")(ways(inner(scaled(x)))))
    file = tmp_path / "w.weights.h5"
    model.save_weights(file)
    with pytest.warns(UserWarning, match="of `scaled` are left out"):  # the graph has its mean
        again = lg.compile(lg.import_model(model), weights=file)
    np.testing.assert_allclose(again({"x": rows})["y"], model(rows), rtol=1e-6)


def test_a_list_of_layers_in_a_layer_goes_by_its_order(tmp_path, monkeypatch):
    (tmp_path / "stacks.py").write_text(STACK)
    monkeypatch.syspath_prepend(tmp_path)
    graph = graph_of(STACKED, tmp_path)
    model = lg.compile(graph, allow=["stacks"])
    file = tmp_path / "w.weights.h5"
    model.save_weights(file)
    again = lg.compile(graph, weights=file, allow=["stacks"])
    for found, wanted in zip(again.weights, model.weights, strict=True):
        np.testing.assert_array_equal(found, wanted)


def test_the_optimizer_stays_that_of_the_graph(tmp_path):
    model, file = filled(SMALL, tmp_path)
    model.optimizer.learning_rate = 0.5
    model.save_weights(file)
    again = lg.compile(graph_of(SMALL, tmp_path), weights=file)
    assert float(again.optimizer.learning_rate) == pytest.approx(0.001)


def test_values_of_another_file_are_refused(tmp_path):
    import h5py

    _, file = filled(SMALL, tmp_path)
    secret = tmp_path / "secret"
    secret.write_bytes(b"abcd" * 4)
    with h5py.File(file, "r+") as weights:
        variables = weights["layers/dense/vars"]
        del variables["1"]
        variables.create_dataset("1", (4,), "float32", external=[(str(secret), 0, 16)])
    with pytest.raises(lg.GraphError) as refused:
        lg.compile(graph_of(SMALL, tmp_path), weights=file)
    assert "another file" in errors(refused).notes[0]
