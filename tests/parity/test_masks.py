"""Masks as they are when a model runs: what reaches every node, against what the graph says."""

import keras
import numpy as np
import pytest
from keras.src.backend import get_keras_mask  # public nowhere

import layergraph as lg

MODEL = """\
layergraph: 1
name: masks
blocks:
  carrier: {inputs: [x], layers: {y: {type: Dense, from: x, units: 3}}, outputs: y}
  maker:
    inputs: [x]
    layers: {y: {type: Embedding, from: x, input_dim: 9, output_dim: 3, mask_zero: true}}
    outputs: y
  heeder: {inputs: [x], layers: {y: {type: LSTM, from: x, units: 3}}, outputs: y}
  loser: {inputs: [x], layers: {y: {type: GlobalMaxPooling1D, from: x}}, outputs: y}
inputs:
  tokens: {shape: [5], dtype: int32}
  plain: {shape: [5, 3]}
layers:
  made: {type: Embedding, from: tokens, input_dim: 9, output_dim: 3, mask_zero: true}
  inside: {block: maker, from: tokens, nested: true}
  through: {block: carrier, from: made, nested: true}
  heeded: {block: heeder, from: made, nested: true}
  spilt: {block: loser, from: made, nested: true}
  marked: {type: Masking, from: plain}
  both: {type: Add, from: [made, inside]}
  half: {type: Add, from: [made, plain]}
  beside: {type: Concatenate, from: [made, plain]}
  behind: {type: Concatenate, from: [made, plain], axis: 1}
  times: {type: Multiply, from: [made, marked]}
  largest: {type: Maximum, from: [made, marked]}
  recurrent: {type: LSTM, from: made, units: 3, return_sequences: true, return_state: true}
  last: {type: GRU, from: made, units: 3}
  twice: {type: Bidirectional, from: through, layer: {type: GRU, units: 3, return_sequences: true}}
  # Of its own: Keras takes the mask off a query when it runs, and hands it on beside the tensor.
  asked: {type: Embedding, from: tokens, input_dim: 9, output_dim: 3, mask_zero: true}
  attended: {type: MultiHeadAttention, from: {query: asked, value: plain}, num_heads: 1, key_dim: 2}
  simple: {type: Attention, from: [made, made]}
  normal: {type: BatchNormalization, from: made}
  convolved: {type: Conv1D, from: made, filters: 3, kernel_size: 2, padding: same}
  mean: {type: GlobalAveragePooling1D, from: made}
  largest_of_all: {type: GlobalMaxPooling1D, from: made}
  scaled: {type: ops.multiply, from: made, x2: 2.0}
  steps: {type: TimeDistributed, from: made, layer: {type: Dense, units: 3}}
outputs:
"""
PROBED = [
    *("made", "inside", "through", "heeded", "spilt", "marked", "both", "half", "beside"),
    *("behind", "times", "largest", "last", "twice", "attended", "simple", "normal"),
    *("convolved", "mean", "largest_of_all", "scaled", "steps", "recurrent:0", "recurrent:1"),
]


def output(name):
    given = name.replace(":", "_")
    return f"  o_{given}: {{from: {name!r}}}\n".replace("'", '"')


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    path = tmp_path_factory.mktemp("masks") / "masks.yaml"
    path.write_text(MODEL + "".join(map(output, PROBED)))
    return lg.load(path)


@pytest.fixture(scope="module")
def computed(graph):
    model = lg.compile(graph)
    tokens = np.array([[1, 2, 0, 0, 0], [1, 0, 3, 0, 0]])
    return model({"tokens": tokens, "plain": np.eye(5, 3)[None].repeat(2, axis=0)})


@pytest.mark.parametrize("name", PROBED)
@pytest.mark.filterwarnings("ignore:.*does not support masking.*")
def test_the_masks_are_those_that_run(name, graph, computed):
    path, _, tensor = name.partition(":")
    ours = graph.masks[path].outputs[int(tensor or 0)]
    theirs = get_keras_mask(computed[f"o_{name.replace(':', '_')}"])
    if ours is None or theirs is None:
        assert (ours is None) == (theirs is None)
    else:
        assert ours.rank == theirs.ndim
        assert all(a in (b, None) for a, b in zip(ours.shape, theirs.shape, strict=True))


def test_what_becomes_of_them(graph):
    fates = {path: masks.fate for path, masks in graph.masks.items() if masks.fate}
    assert fates == {
        **dict.fromkeys(["made", "asked", "inside", "inside/y", "marked"], "made"),
        **dict.fromkeys(["through", "through/y", "both", "beside", "behind", "times"], "carried"),
        **dict.fromkeys(["largest", "recurrent", "twice", "attended", "simple"], "carried"),
        **dict.fromkeys(["normal", "steps"], "carried"),
        **dict.fromkeys(["heeded", "heeded/y", "last", "mean"], "consumed"),
        **dict.fromkeys(["spilt", "spilt/y", "half", "convolved"], "lost"),
        **dict.fromkeys(["largest_of_all", "scaled"], "lost"),
        **{path: "carried" for path in fates if path.startswith("o_")},
    }


def test_a_mask_that_an_lstm_heeds_changes_what_it_gives(graph):
    """So that "consumed" means something."""
    assert graph.masks["last"].fate == "consumed"
    layer = keras.layers.GRU(3)
    x, mask = np.ones((1, 5, 3), "float32"), np.array([[True, True, False, False, False]])
    assert not np.allclose(layer(x, mask=mask), layer(x))
