"""Layers that learn from data before training: on the training split alone."""

from __future__ import annotations

import keras
import numpy as np
import pytest

import layergraph as lg
from layergraph.diagnostics import GraphError
from layergraph.training.adaptation import adaptable_layers
from tests.training.runs import graph_of

GRAPH = """
blocks:
  code:
    inputs: [x]
    layers:
      index:
        {type: IntegerLookup, from: x, max_tokens: 5, output_mode: one_hot, pad_to_max_tokens: true}
    outputs: index
inputs:
  word: {shape: [], dtype: string}
  text: {shape: [], dtype: string}
  number: {shape: [2]}
  age: {shape: [1]}
  id: {shape: [1], dtype: int64}
layers:
  halved: {type: Rescaling, from: number, scale: 0.5}
  scaled: {type: Normalization, from: halved}
  again: {type: Normalization, from: scaled}
  binned: {type: Discretization, from: age, num_bins: 4, output_mode: one_hot}
  word_code:
    {type: StringLookup, from: word, max_tokens: 6, output_mode: one_hot, pad_to_max_tokens: true}
  bag:
    type: TextVectorization
    from: text
    max_tokens: 8
    output_mode: multi_hot
    pad_to_max_tokens: true
  id_code: {block: code, from: id, nested: true}
merges:
  all: {type: Concatenate, from: [again, binned, word_code, bag, id_code]}
outputs:
  y: {from: all, task: regression}
training: {epochs: 1, batch_size: 8, seed: 1, validation: {fraction: 0.5, shuffle: false}}
"""


def data_of(seed: int, rows: int = 40):
    """Rows of which the first half is trained on; another seed gives another second half."""
    first, other = np.random.default_rng(1), np.random.default_rng(seed)
    parts = [_part(first, rows // 2, "abc"), _part(other, rows // 2, "xyz")]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _part(random, rows, letters):
    return {
        "word": random.choice(list(letters), rows).astype(object),
        "text": np.array([" ".join(random.choice(list(letters), 3)) for _ in range(rows)], object),
        "number": random.normal(3, 2, (rows, 2)).astype("float32"),
        "age": random.uniform(0, 90, rows).astype("float32"),
        "id": random.integers(0, 3 if letters == "abc" else 99, rows),
        "y": random.normal(size=rows).astype("float32"),
    }


def state_of(model):
    """What every layer has learnt before training."""
    id_code = model.get_layer("id_code").get_layer("index")
    layers = ("scaled", "again")
    return {
        **{name: [v.numpy().tolist() for v in model.get_layer(name).weights] for name in layers},
        "binned": np.asarray(model.get_layer("binned").bin_boundaries).tolist(),
        "word_code": model.get_layer("word_code").get_vocabulary(),
        "bag": model.get_layer("bag").get_vocabulary(),
        "id_code": id_code.get_vocabulary(),
    }


@pytest.mark.slow
def test_other_rows_to_validate_on_change_nothing_that_is_learnt(tmp_path):
    graph = graph_of(tmp_path, GRAPH)
    runs = [lg.train(graph, data_of(seed), out=tmp_path / str(seed)) for seed in (2, 3)]
    one, other = (state_of(run.model()) for run in runs)
    assert one == other
    assert set(one["word_code"]) == {"[UNK]", "a", "b", "c"}
    assert runs[0].metrics["final"]["val_loss"] != runs[1].metrics["final"]["val_loss"]


@pytest.mark.slow
def test_state_is_what_keras_itself_learns_from_the_training_rows(tmp_path):
    data = data_of(2)
    found = state_of(lg.train(graph_of(tmp_path, GRAPH), data, out=tmp_path / "run").model())
    half = {name: values[:20] for name, values in data.items()}
    scaled, again = keras.layers.Normalization(), keras.layers.Normalization()
    scaled.adapt(half["number"] * np.float32(0.5))
    again.adapt(np.asarray(scaled(half["number"] * np.float32(0.5))))
    words = keras.layers.StringLookup(max_tokens=6)
    words.adapt(half["word"])
    binned = keras.layers.Discretization(num_bins=4)
    binned.adapt(half["age"][:, None])
    np.testing.assert_allclose(found["scaled"][0], scaled.mean.numpy().ravel(), rtol=1e-6)
    np.testing.assert_allclose(found["again"][1], again.variance.numpy().ravel(), rtol=1e-5)
    assert found["word_code"] == words.get_vocabulary()
    np.testing.assert_allclose(found["binned"], binned.bin_boundaries)
    assert {int(token) for token in found["id_code"]} == {-1, 0, 1, 2}


@pytest.mark.slow
def test_a_fold_learns_from_its_own_rows(tmp_path, monkeypatch):
    from layergraph.training import models

    learnt = []
    adapt = models.adapt

    def taken_down(model, layers, source, rows):
        adapt(model, layers, source, rows)
        learnt.append((rows, model.get_layer("scaled").mean.numpy().ravel()))

    monkeypatch.setattr(models, "adapt", taken_down)
    data = data_of(2)
    lg.train(graph_of(tmp_path, GRAPH), data, out=tmp_path / "run", folds=2)
    assert [len(rows) for rows, _ in learnt] == [20, 20, 40]
    for rows, mean in learnt:
        np.testing.assert_allclose(mean, data["number"][rows].mean(axis=0) / 2, rtol=1e-5)


@pytest.mark.slow
def test_two_calls_of_one_lookup_learn_from_both(tmp_path):
    graph = graph_of(
        tmp_path,
        """
inputs: {a: {shape: [1], dtype: string}, b: {shape: [1], dtype: string}}
layers:
  index:
    {type: StringLookup, from: a, max_tokens: 9, output_mode: multi_hot, pad_to_max_tokens: true}
  index_b: {use: index, from: b}
merges: {both: {type: Concatenate, from: [index, index_b]}}
outputs: {y: {from: both, task: regression}}
training: {seed: 1}
""",
    )
    data = {"a": np.array(["p", "q"] * 4, object), "b": np.array(["r", "q"] * 4, object)}
    run = lg.train(graph, {**data, "y": np.arange(8.0)}, out=tmp_path / "run")
    assert set(run.model().get_layer("index").get_vocabulary()) == {"[UNK]", "p", "q", "r"}


def test_state_that_the_file_gives_is_left_alone(tmp_path):
    graph = graph_of(
        tmp_path,
        """
inputs: {x: {shape: [2]}}
layers:
  given: {type: Normalization, from: x, mean: 1.0, variance: 4.0}
  learnt: {type: Normalization, from: given}
outputs: {y: {from: learnt, task: regression}}
""",
    )
    assert [adaptable.names for adaptable in adaptable_layers(graph)] == [("learnt",)]


def test_one_inside_of_another_layer_cannot_be_adapted(tmp_path):
    graph = graph_of(
        tmp_path,
        """
inputs: {x: {shape: [5, 2]}}
layers:
  each: {type: TimeDistributed, from: x, layer: {type: Normalization}}
  flat: {type: Flatten, from: each}
outputs: {y: {from: flat, task: regression}}
""",
    )
    with pytest.raises(GraphError, match="LG614 the Normalization inside of `each` cannot be"):
        lg.train(graph, {"x": np.zeros((4, 5, 2)), "y": np.zeros(4)}, out=tmp_path / "run")
    assert not (tmp_path / "run").exists()
