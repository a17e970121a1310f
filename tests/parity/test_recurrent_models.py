"""Models of recurrent layers and cells: what is declared is what Keras computes."""

from __future__ import annotations

from itertools import count

import keras
import numpy as np
import pytest

import layergraph as lg
from tests.parity.known_without_keras import assert_all_is_known

_names = (f"cells{number}" for number in count())

MINE = '''
import keras


@keras.saving.register_keras_serializable("{package}")
class Sum(keras.layers.Layer):
    """A cell whose output and state are what it has seen so far."""

    def __init__(self, units=3, **kwargs):
        super().__init__(**kwargs)
        self.units = self.state_size = self.output_size = units

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units), name="kernel")

    def call(self, inputs, states):
        seen = keras.ops.matmul(inputs, self.kernel) + states[0]
        return seen, [seen]

    def get_config(self):
        return {{**super().get_config(), "units": self.units}}
'''

OF_MY_OWN = """
layergraph: 1
custom:
  Sum: {{import: "{package}:Sum", outputs: [[3], [3]]}}
inputs: {{x: {{shape: [time, 2]}}}}
layers:
  alone: {{type: RNN, from: x, cell: Sum, return_sequences: true}}
  stacked: {{type: RNN, from: alone, cell: [{{type: LSTMCell, units: 2}}, {{type: Sum, units: 3}}]}}
  both: {{type: Bidirectional, from: alone, layer: {{type: RNN, cell: Sum}}}}
merges:
  all: {{type: Concatenate, from: [stacked, both]}}
outputs:
  y: {{from: all}}
"""


def assert_it_computes_what_it_declares(graph, model):
    inputs = {
        name: np.ones([3 if size is None else size for size in tensor.shape], tensor.dtype)
        for name, tensor in model.input.items()
    }
    found = keras.tree.map_structure(np.asarray, model(inputs))
    assert set(found) == set(graph.outputs)
    for name, spec in graph.outputs.items():
        sizes = tuple(3 if size is None else size for size in spec.shape)
        assert (found[name].shape, found[name].dtype) == (sizes, spec.dtype)


@pytest.mark.parametrize("name", ["recurrent_cells", "convolutional_recurrent"])
def test_models(name):
    graph = lg.load(f"tests/parity/graphs/{name}.yaml")
    model = lg.compile(graph)
    assert_all_is_known(graph, model)
    assert_it_computes_what_it_declares(graph, model)


def test_cells_of_ones_own(tmp_path, monkeypatch):
    package = next(_names)
    (tmp_path / f"{package}.py").write_text(MINE.format(package=package))
    monkeypatch.syspath_prepend(tmp_path)
    path = tmp_path / "model.yaml"
    path.write_text(OF_MY_OWN.format(package=package))
    graph = lg.load(path)
    model = lg.compile(graph, allow=(package,))
    assert_it_computes_what_it_declares(graph, model)


@pytest.mark.parametrize("outputs", ["output: [3]", "outputs: [[3]]"])
def test_a_layer_of_ones_own_that_is_no_cell(tmp_path, outputs):
    text = OF_MY_OWN.format(package="mine").replace("outputs: [[3], [3]]", outputs)
    path = tmp_path / "model.yaml"
    path.write_text(text)
    messages = [str(diagnostic.message) for diagnostic in lg.validate(path).diagnostics]
    assert len(messages) == 3
    assert all("declared without states" in message for message in messages)
