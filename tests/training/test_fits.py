"""What a fit is given: weights, gaps, outputs that are not trained, precision, other data."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

import layergraph as lg
from layergraph.diagnostics import GraphError
from layergraph.training.progress import Silent
from tests.training.runs import graph_of, numbers, same_weights

GRAPH = """
inputs: {x: {shape: [4]}}
layers:
  hidden: {type: Dense, from: x, units: 8, activation: relu}
outputs:
  y: {from: hidden, task: regression}
  c: {from: hidden, task: multiclass, classes: 3, CLASS}
training: {epochs: 2, batch_size: 16, seed: 3, MORE}
"""


def graph_with(folder, cls="labels: integer", more="validation: 0.25"):
    return graph_of(folder, GRAPH.replace("CLASS", cls).replace("MORE", more))


@pytest.mark.slow
def test_the_same_seed_and_data_give_the_same_weights(tmp_path):
    graph, data = graph_with(tmp_path), numbers(80)
    one, two = (lg.train(graph, data, out=tmp_path / name) for name in ("one", "two"))
    assert same_weights(one, two)
    assert one.history == two.history
    other = lg.train(graph, data, out=tmp_path / "other", seed=4)
    assert not same_weights(one, other)
    assert other.state.seed == 4


@pytest.mark.slow
def test_a_gap_counts_neither_in_the_loss_nor_in_the_metrics(tmp_path):
    graph, data = (
        graph_with(tmp_path, more="validation: {fraction: 0.25, shuffle: false}"),
        numbers(80),
    )
    gaps = np.arange(80) % 3 == 0
    data["y"] = np.where(gaps, np.nan, data["y"]).astype("float32")
    run = lg.train(graph, data, out=tmp_path / "run")
    assert run.state.missing == {"y": int(gaps.sum())}
    assert run.metrics["missing"] == {"y": int(gaps.sum())}
    held_out = np.arange(80) >= 60
    model = run.model()
    predicted = model.predict({"x": data["x"][held_out & ~gaps]}, verbose=0)["y"].ravel()
    error = predicted - data["y"][held_out & ~gaps]
    found = run.metrics["final"]
    np.testing.assert_allclose(found["val_y_mean_absolute_error"], np.abs(error).mean(), rtol=1e-5)
    others = {name: values[~gaps] for name, values in data.items()}
    measured = run.evaluate(others)
    np.testing.assert_allclose(
        run.evaluate(data)["y_mean_absolute_error"], measured["y_mean_absolute_error"], rtol=1e-5
    )


@pytest.mark.slow
def test_weights_of_classes_count_in_training_alone(tmp_path):
    """With one step an epoch, the loss that is reported is that of the initial weights."""
    data = numbers(64)
    losses = {}
    for weights in ("labels: integer", "class_weight: {'0': 0, '1': 3, '2': 0.5}"):
        graph = graph_with(tmp_path, weights, "validation: {fraction: 0.5, shuffle: false}")
        run = lg.train(graph, data, out=tmp_path / "run", force=True, epochs=1)
        losses[weights] = run.history.final
    plain, weighted = losses.values()
    keras.utils.set_random_seed(3)
    assert plain["c_loss"] != weighted["c_loss"]

    graph = graph_with(tmp_path, "class_weight: balanced", "validation: 0.5")
    run = lg.train(graph, data, out=tmp_path / "run", force=True, epochs=1)
    assert run.history.final["c_loss"] != plain["c_loss"]


def test_the_weight_of_each_class():
    from sklearn.utils.class_weight import compute_class_weight

    from layergraph.training.class_weights import weights_by_class
    from layergraph.training.fields import Target

    labels = np.array([0, 0, 0, 1, 2, 2, -1])

    def weights(given, classes=None):
        target = Target("c", ("c",), (), "int32", None, "integer", classes, 3, class_weight=given)
        return weights_by_class(target, labels).tolist()

    expected = compute_class_weight("balanced", classes=np.arange(3), y=labels[labels >= 0])
    np.testing.assert_allclose(weights("balanced"), expected)
    assert weights({"0": 2.0, "2": 0.5}) == [2, 1, 0.5]
    assert weights({"b": 4.0}, ("a", "b", "c")) == [1, 4, 1]


@pytest.mark.slow
def test_the_weight_of_a_class_is_that_of_its_samples(tmp_path):
    """Class 1 alone counts: the loss of training is that of its samples."""
    graph = graph_of(
        tmp_path,
        """
inputs: {x: {shape: [4]}}
outputs: {c: {from: x, task: multiclass, classes: 3, class_weight: {"0": 0, "1": 2, "2": 0}}}
training: {epochs: 1, batch_size: 64, seed: 3}
""",
    )
    data = numbers(64)
    run = lg.train(graph, data, out=tmp_path / "run")
    keras.utils.set_random_seed(3)
    before = lg.compile(graph, seed=3).predict({"x": data["x"]}, verbose=0)["c"]
    each = -np.log(before[np.arange(64), data["c"]])
    expected = (2 * each * (data["c"] == 1)).mean()
    np.testing.assert_allclose(run.history.final["loss"], [expected], rtol=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("metrics", ["", ", metrics: [mean_absolute_error]"])
def test_an_output_without_a_loss_is_given_and_not_trained(metrics, tmp_path):
    graph = graph_of(
        tmp_path,
        f"""
inputs: {{x: {{shape: [4]}}}}
layers: {{hidden: {{type: Dense, from: x, units: 3}}}}
outputs:
  y: {{from: hidden, task: regression}}
  seen: {{from: hidden, type: Dense, units: 1{metrics}}}
training: {{seed: 3, validation: 0.25}}
""",
    )
    data = numbers(40)
    if metrics:
        data["seen"] = data["y"]
    run = lg.train(graph, data, out=tmp_path / "run")
    assert ("seen_mean_absolute_error" in run.history.final) == bool(metrics)
    assert set(run.evaluate(data)) >= {"loss", "y_mean_absolute_error"}
    assert set(run.predict({"x": data["x"]})) == {"y", "seen"}


@pytest.mark.slow
def test_mixed_precision_trains_so_and_serves_in_full(tmp_path):
    graph = graph_with(tmp_path, more="precision: mixed_float16, validation: 0.25")
    data = numbers(80)
    run = lg.train(graph, data, out=tmp_path / "run")
    plain = lg.train(graph_with(tmp_path), data, out=tmp_path / "plain")
    model = run.model()
    assert {layer.compute_dtype for layer in model.layers} == {"float32"}
    assert keras.config.dtype_policy().name == "float32"
    assert run.history != plain.history
    losses = (run.metrics["final"]["val_loss"], plain.metrics["final"]["val_loss"])
    np.testing.assert_allclose(*losses, rtol=0.05)


def batched(data, size=16):
    return tf.data.Dataset.from_tensor_slices(
        ({"x": data["x"]}, {"y": data["y"][:, None], "c": data["c"]})
    ).batch(size)


class Batches(keras.utils.PyDataset):
    def __init__(self, data):
        super().__init__()
        self._data = data

    def __len__(self):
        return 4

    def __getitem__(self, number):
        part = slice(number * 16, number * 16 + 16)
        return {"x": self._data["x"][part]}, {
            "y": self._data["y"][part],
            "c": self._data["c"][part],
        }


@pytest.mark.slow
@pytest.mark.parametrize("kind", [batched, Batches])
def test_datasets_give_their_batches_by_themselves(kind, tmp_path):
    text = GRAPH.replace("CLASS", "labels: integer").replace(", MORE", "")
    text = text.replace(
        "hidden: {type: Dense, from: x",
        "scaled: {type: Normalization, from: x}\n  hidden: {type: Dense, from: scaled",
    )
    graph, data = graph_of(tmp_path, text), numbers(64)
    run = lg.train(
        graph, kind(data), validation_data=kind(numbers(64, seed=1)), out=tmp_path / "run"
    )
    assert set(run.history.final) >= {"val_loss", "c_accuracy"}
    mean = run.model().get_layer("scaled").mean.numpy().ravel()
    np.testing.assert_allclose(mean, data["x"].mean(axis=0), rtol=1e-4, atol=1e-6)
    assert set(run.evaluate(kind(data))) >= {"loss"}
    assert len(run.predict(kind(data))["y"]) == 64
    assert run.state.data.rows is None


class Notes(Silent):
    def __init__(self):
        self.notes = []

    def note(self, text):
        self.notes.append(text)


@pytest.mark.slow
def test_a_loss_that_is_no_number_is_said(tmp_path):
    """The runs are whole all the same, and their files are sound."""
    text = GRAPH.replace("CLASS", "labels: integer").replace("MORE", "validation: 0.25")
    text = text.replace("epochs: 2", "epochs: 3, optimizer: {type: SGD, learning_rate: 1e30}")
    notes = Notes()
    run = lg.train(graph_of(tmp_path, text), numbers(80), out=tmp_path / "run", reporter=notes)
    assert run.metrics["final"]["loss"] is None
    (said,) = notes.notes
    assert said.startswith("warning: the loss of final is ")
    assert "lower the learning rate" in said


def test_a_dataset_cannot_be_split(tmp_path):
    with pytest.raises(GraphError, match="LG610 a dataset cannot be split into training and"):
        lg.train(graph_with(tmp_path), batched(numbers(32)), out=tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_folds_and_data_to_validate_on_are_two_ways(tmp_path):
    graph, data = graph_with(tmp_path, more="validation: {folds: 2}"), numbers(32)
    with pytest.raises(GraphError, match="LG610 there are 2 folds to validate on, and"):
        lg.train(graph, data, validation_data=data, out=tmp_path / "run")


def test_a_graph_without_a_loss_is_not_trained(tmp_path):
    graph = graph_of(
        tmp_path, "\ninputs: {x: {shape: [4]}}\noutputs: {y: {from: x, type: Dense, units: 1}}\n"
    )
    with pytest.raises(GraphError, match="LG613 no output of `graph` has a loss"):
        lg.train(graph, numbers(8), out=tmp_path / "run")
