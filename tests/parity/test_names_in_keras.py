"""What Keras would name by itself, and models inside of models."""

from __future__ import annotations

import numpy as np
import pytest

import layergraph as lg

MASKED = """
layergraph: 1
inputs: {words: {shape: [null], dtype: int32}}
layers:
  not_equal: {type: Embedding, from: words, input_dim: 10, output_dim: 4, mask_zero: true}
  not_equal_1: {type: Masking, from: not_equal}
  any: {type: Dense, from: not_equal_1, units: 4}
  read: {type: LSTM, from: any, units: 3}
outputs: {y: {from: read, task: binary}}
"""

MEASURED = """
layergraph: 1
inputs: {x: {shape: [4]}}
outputs:
  y: {from: x, task: binary, metrics: [{type: AUC, curve: PR}, {type: AUC}, accuracy]}
"""

OF_TWO_LENGTHS = """
layergraph: 1
blocks:
  encoder:
    inputs: [x]
    layers:
      convolved: {type: Conv1D, from: x, filters: 4, kernel_size: 3}
      pooled: {type: GlobalMaxPooling1D, from: convolved}
    outputs: pooled
inputs: {short: {shape: [10, 3]}, long: {shape: [20, 3]}}
layers:
  first: {block: encoder, nested: true, from: short}
  second: {use: first, from: long}
  both: {type: Concatenate, from: [first, second]}
outputs: {y: {from: both, task: regression}}
"""

OF_FRAMES = """
layergraph: 1
blocks:
  frame:
    params: {filters: {}}
    inputs: [image]
    layers:
      convolved: {type: Conv2D, from: image, filters: "${filters}", kernel_size: 3}
      pooled: {type: GlobalAveragePooling2D, from: convolved}
    outputs: pooled
inputs: {video: {shape: [5, 8, 8, 3]}}
layers:
  frames: {type: TimeDistributed, from: video, layer: {block: frame, filters: 4}}
  read: {type: GRU, from: frames, units: 2}
outputs: {y: {from: read, task: binary}}
"""


@pytest.fixture
def compiled(tmp_path):
    def compiled(text):
        (tmp_path / "graph.yaml").write_text(text, encoding="utf-8")
        graph = lg.load(tmp_path / "graph.yaml")
        return graph, lg.compile(graph)

    return compiled


def test_names_of_masks_give_way_to_those_of_nodes(compiled):
    graph, model = compiled(MASKED)
    assert {node.keras_name for node in graph.nodes.values()} <= {o.name for o in model.operations}
    assert model.get_layer("any").units == 4


def test_metrics_have_the_same_names_in_every_model_of_a_process(compiled):
    for _ in range(2):
        _, model = compiled(MEASURED)
        model.train_on_batch({"x": np.ones((2, 4))}, {"y": np.array([[0], [1]])})
        assert [m for m in model.get_metrics_result() if m != "loss"] == [
            "auc",
            "auc_1",
            "accuracy",
        ]


def test_a_model_inside_is_called_on_tensors_of_several_lengths(compiled):
    graph, model = compiled(OF_TWO_LENGTHS)
    assert model.get_layer("first").input_shape == (None, None, 3)
    assert graph.count_params() == model.count_params()
    given = {"short": np.ones((2, 10, 3)), "long": np.ones((2, 20, 3))}
    assert model(given)["y"].shape == (2, 1)


def test_a_block_is_the_layer_of_a_wrapper(compiled):
    graph, model = compiled(OF_FRAMES)
    assert graph.count_params() == model.count_params()
    assert [spec.shape for spec in graph.nodes["frames"].outputs] == [(None, 5, 4)]
    assert list(graph.nodes["frames"].weights) == [
        w.path for w in model.get_layer("frames").weights
    ]
    assert model({"video": np.ones((2, 5, 8, 8, 3))})["y"].shape == (2, 1)
