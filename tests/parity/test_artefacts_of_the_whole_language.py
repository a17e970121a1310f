"""Nested models, shared weights, functions and several outputs, asked in a fresh process."""

from __future__ import annotations

import json

import keras
import numpy as np
import pytest

import layergraph as lg
from tests.parity.known_without_keras import assert_all_is_known
from tests.parity.samples import sample_inputs
from tests.processes import run_keras
from tests.serving import ask

# A model of two inputs and two outputs, called twice, and one model inside of another.
NESTED = """
layergraph: 1
blocks:
  scaled:
    inputs: [x]
    layers: {norm: {type: BatchNormalization, from: x}}
    outputs: norm
  pair:
    params: {units: {}}
    inputs: [a, b]
    layers:
      left:   {block: scaled, from: a, nested: true}
      joined: {type: Concatenate, from: [left, b]}
      code:   {type: Dense, from: joined, units: "${units}"}
      gate:   {type: Dense, from: joined, units: 1, activation: sigmoid}
    outputs: {code: code, gate: gate}
inputs:
  first:  {shape: [3]}
  second: {shape: [3]}
layers:
  pair: {block: pair, from: {b: second, a: first}, nested: true, units: 4}
  back: {use: pair, from: {a: second, b: first}}
  both: {type: Concatenate, from: [pair.code, back.code]}
outputs:
  code:   {from: pair.code}
  gate:   {from: back.gate}
  result: {from: both, task: regression}
"""

# A layer, a chain, an instance and a whole tower of copies, each called on two tensors.
SHARED = """
layergraph: 1
blocks:
  residual:
    inputs: [x]
    layers:
      dense: {type: Dense, from: x, units: 8, activation: tanh}
      sum:   {type: Add, from: [x, dense]}
    outputs: sum
inputs:
  question: {shape: [7], dtype: int32}
  answer:   {shape: [7], dtype: int32}
layers:
  words:       {type: Embedding, from: question, input_dim: 200, output_dim: 8, mask_zero: true}
  other_words: {use: words, from: answer}
  read:
    from: words
    chain:
      - {type: Bidirectional, name: gru, layer: {type: GRU, units: 4}}
      - UnitNormalization
  other_read:  {use: read, from: other_words}
  deep:        {block: residual, from: read, repeat: 2}
  other_deep:  {use: deep, from: other_read}
  once_more:   {use: deep.1, from: other_deep}
  alike:       {type: Dot, from: [deep, once_more], axes: 1}
outputs:
  answers: {from: alike, task: binary}
"""

# Functions with constants on either side, an index, a list, and several tensors out of one.
FUNCTIONS = """
layergraph: 1
inputs:
  scores: {shape: [6]}
  gate:   {shape: [6]}
layers:
  open:    {type: ops.greater, from: gate, x2: 0.0}
  masked:  {type: ops.where, from: {condition: open, x1: scores}, x2: -1.0e9}
  chances: {type: ops.softmax, from: masked, axis: -1}
  inverse: {type: ops.subtract, x1: 1.0, from: {x2: chances}}
  shifted: {type: ops.add, from: inverse, x2: {array: [0.5, 0, 0, 0, 0, 1], dtype: float32}}
  every_other: {type: ops.get_item, from: shifted, key: "[:, ::2]"}
  best:    {type: ops.top_k, from: every_other, k: 2}
  halves:  {type: ops.split, from: scores, indices_or_sections: 2, axis: 1}
  stacked: {type: ops.stack, from: [halves:1, halves:0], axis: 1}
  product: {type: ops.einsum, from: [stacked, every_other], subscripts: "bij,bj->bi"}
outputs:
  best:    {from: "best:0"}
  which:   {from: "best:1"}
  product: {from: product}
  is_open: {from: open}
  rank:    {from: product, task: regression}
"""

# Several outputs of every kind: heads, a node by its own name, one by another, one tensor of
# several, an input, an item of a chain, an output of a block.
OUTPUTS = """
layergraph: 1
blocks:
  split:
    inputs: [x]
    layers:
      low:  {type: ops.minimum, from: x, x2: 0.0}
      high: {type: ReLU, from: x}
    outputs: {low: low, high: high}
inputs:
  series: {shape: [5, 2]}
layers:
  lstm:  {type: LSTM, from: series, units: 3, return_state: true}
  parts: {block: split, from: "lstm:0"}
  steps:
    from: parts.high
    chain:
      - {type: Dense, units: 4, name: wide}
      - {type: Dense, units: 2}
outputs:
  z_class: {from: steps, task: multiclass, classes: 3}
  steps:   {from: steps}
  wide:    {from: steps.wide}
  state:   {from: "lstm:2"}
  low:     {from: parts.low}
  a_copy:  {from: series}
  amount:  {from: steps, type: Dense, units: 1, activation: softplus, loss: poisson}
"""

LANGUAGE = {"nested": NESTED, "shared": SHARED, "functions": FUNCTIONS, "outputs": OUTPUTS}


@pytest.fixture(scope="module", params=LANGUAGE)
def made(request, tmp_path_factory):
    """A graph, its model with weights drawn anew, and the folder in which its file stands."""
    folder = tmp_path_factory.mktemp(request.param)
    path = folder / f"{request.param}.yaml"
    path.write_text(LANGUAGE[request.param])
    graph = lg.load(path)
    model = lg.compile(graph, seed=1)
    random = np.random.default_rng(2)
    for weight in model.weights:
        weight.assign(random.uniform(0.1, 1.0, weight.shape))
    return graph, model, folder


def test_all_of_it_is_known_without_keras(made):
    graph, model, _ = made
    assert_all_is_known(graph, model)


def test_it_is_served_by_name(made):
    graph, model, folder = made
    inputs = sample_inputs(graph)
    served, signature = ask(lg.export(graph, folder / "model", model=model), inputs)
    expected = model({name: keras.ops.convert_to_tensor(array) for name, array in inputs.items()})
    assert list(expected) == list(graph.outputs)
    assert set(served) == set(graph.outputs)
    for name, values in expected.items():
        np.testing.assert_allclose(served[name], values, rtol=1e-5, atol=1e-6)
    for side, specs in (("inputs", graph.inputs), ("outputs", graph.outputs)):
        said = {key: (tuple(shape), dtype) for key, (shape, dtype) in signature[side].items()}
        assert said == {key: (spec.shape, spec.dtype) for key, spec in specs.items()}


_LOAD = """
import json, sys, numpy as np, keras
model = keras.models.load_model(sys.argv[1])
outputs = model(dict(np.load(sys.argv[2])))
assert "layergraph" not in sys.modules
np.savez(sys.argv[3], **{name: np.asarray(value) for name, value in outputs.items()})
print(json.dumps([[list(w.shape) for w in model.weights], list(outputs)]))
"""


def test_the_keras_file_loads_without_us(made):
    graph, model, folder = made
    inputs = sample_inputs(graph)
    np.savez(folder / "in.npz", **inputs)
    out = lg.export(graph, folder / "model.keras", model=model)
    said = run_keras(_LOAD, str(out), str(folder / "in.npz"), str(folder / "out.npz"))
    shapes, names = json.loads(said)
    assert shapes == [list(w.shape) for w in model.weights]  # a shared weight is there once
    assert names == list(graph.outputs)
    expected = model({name: keras.ops.convert_to_tensor(array) for name, array in inputs.items()})
    with np.load(folder / "out.npz") as loaded:
        for name, values in expected.items():
            np.testing.assert_allclose(loaded[name], values, rtol=1e-5, atol=1e-6)
