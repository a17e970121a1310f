"""What a graph says of weights and tensors, against the compiled model."""

from __future__ import annotations

from math import prod

import keras
import pytest

import layergraph as lg

GRAPHS = ("qa", "two_tower", "mobilenet_v2")
BATCH_SIZE = 4

MIXED = """\
layergraph: 1
blocks:
  halves:
    inputs: [x]
    layers:
      half: {type: Dense, from: x, units: 3, dtype: float16}
      mixed: {type: Dense, from: half, units: 5, dtype: mixed_bfloat16}
    outputs: mixed
inputs: {x: {shape: [6, 4]}}
layers:
  normal: {type: Normalization, from: x}
  nested: {block: halves, from: normal, nested: true}
  each: {type: TimeDistributed, from: nested, layer: {block: halves}}
  read: {type: Bidirectional, from: each, layer: {type: GRU, units: 2, dtype: float64}}
  wide: {type: Dense, from: read, units: 3, dtype: float64}
outputs: {y: {from: wide, task: regression}}
"""


def assert_weights_are_those_of_keras(graph, model):
    by_trainable = {True: model.trainable_weights, False: model.non_trainable_weights}
    for trainable, weights in by_trainable.items():
        assert graph.count_params(trainable) == sum(prod(weight.shape) for weight in weights)
    assert graph.weights_bytes == sum(weight.numpy().nbytes for weight in model.weights)


@pytest.mark.slow
@pytest.mark.parametrize("name", GRAPHS)
def test_weights_of_the_gallery(name):
    graph = lg.load(f"graphs/{name}.yaml")
    assert_weights_are_those_of_keras(graph, lg.compile(graph))


@pytest.mark.slow
def test_weights_of_many_dtypes(tmp_path):
    (tmp_path / "mixed.yaml").write_text(MIXED)
    graph = lg.load(tmp_path / "mixed.yaml")
    assert_weights_are_those_of_keras(graph, lg.compile(graph))


@pytest.mark.slow
def test_activations_are_the_outputs_of_all_layers():
    graph = lg.load("graphs/mobilenet_v2.yaml")
    model = lg.compile(graph)
    outputs = [layer.output for layer in model.layers]
    flat = [tensor for output in outputs for tensor in keras.tree.flatten(output)]
    sizes = {"float32": 4}
    expected = sum(sizes[t.dtype] * BATCH_SIZE * prod(t.shape[1:]) for t in flat)
    assert graph.activation_bytes(BATCH_SIZE) == expected
    assert graph.knows_activations
