"""A run that was stopped and continued is the run that was never stopped."""

from __future__ import annotations

import numpy as np
import pytest

import layergraph as lg
from layergraph.diagnostics import GraphError
from layergraph.training.fitting import _Recorder
from tests.training.runs import graph_of, numbers, same_weights

GRAPH = """
inputs: {x: {shape: [4]}}
layers:
  scaled: {type: Normalization, from: x}
  hidden: {type: Dense, from: scaled, units: 8, activation: relu}
  dropped: {type: Dropout, from: hidden, rate: 0.3}
  noisy: {type: GaussianNoise, from: dropped, stddev: 0.1}
  even: {type: BatchNormalization, from: noisy, momentum: 0.9}
outputs:
  y: {from: even, task: regression}
  c: {from: even, task: multiclass, classes: 3}
training:
  optimizer: {type: Adam, learning_rate: 0.01}
  epochs: 5
  batch_size: 16
  seed: 3
  validation: 0.25
  callbacks:
    - {type: EarlyStopping, monitor: val_c_accuracy, patience: 4, restore_best_weights: true}
    - {type: ReduceLROnPlateau, monitor: val_y_loss, patience: 1, factor: 0.5}
"""
FOLDED = GRAPH.replace("validation: 0.25", "validation: {folds: 3}").replace(
    "epochs: 5", "epochs: 2"
)


@pytest.fixture
def stop_at(monkeypatch):
    """Ask to stop when so many steps have begun, as Ctrl-C does."""

    def stop(count):
        begun = _Recorder.on_train_batch_begin
        steps = iter(range(10_000))

        def counted(self, batch, logs=None):
            if next(steps) == count:
                self._interruption.is_requested = True
            begun(self, batch, logs)

        monkeypatch.setattr(_Recorder, "on_train_batch_begin", counted)

    return stop


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory):
    """A run of `GRAPH` on a hundred rows."""
    folder = tmp_path_factory.mktemp("unbroken")
    return lg.train(graph_of(folder, GRAPH), numbers(100), out=folder / "run")


@pytest.mark.slow
def test_a_run_of_folds_that_is_stopped_ends_as_if_it_never_was(tmp_path, stop_at):
    graph, data = graph_of(tmp_path, FOLDED), numbers(100)
    whole = lg.train(graph, data, out=tmp_path / "whole")
    stop_at(12)
    out = tmp_path / "stopped"
    with pytest.raises(lg.Interrupted):
        lg.train(graph, data, out=out)
    assert lg.Run(out).state.status == "interrupted"
    run = lg.train(graph, data, out=out, resume=True)
    assert_ended_as(run, whole)


def assert_ended_as(run, whole):
    assert run.state.status == "finished"
    assert run.history == whole.history
    assert run.metrics == whole.metrics
    assert same_weights(run, whole)
    assert not run.folder.checkpoints.exists()


@pytest.mark.slow
def test_a_run_stopped_again_and_again_ends_the_same(tmp_path, unbroken, monkeypatch):
    """Before its first step, and then after every few."""
    graph, data = graph_of(tmp_path, GRAPH), numbers(100)
    begun = _Recorder.on_train_batch_begin
    out = tmp_path / "often"
    stops = 0
    while True:
        steps = iter(range(10_000))
        last = 7 if stops else 0

        def counted(self, batch, logs=None, steps=steps, last=last):
            if next(steps) == last:
                self._interruption.is_requested = True
            begun(self, batch, logs)

        monkeypatch.setattr(_Recorder, "on_train_batch_begin", counted)
        try:
            run = lg.train(graph, data, out=out, resume=True)
        except lg.Interrupted:
            stops += 1
        else:
            break
    assert stops >= 2
    assert_ended_as(run, unbroken)


def test_what_was_best_is_a_model_once_an_epoch_is_done(tmp_path, stop_at):
    """After the first epoch, of five steps, the learning rate is so high that all is worse."""
    schedule = "{type: PiecewiseConstantDecay, boundaries: [5], values: [0.01, 100.0]}"
    text = GRAPH.split("  callbacks", maxsplit=1)[0]
    text = text.replace("learning_rate: 0.01", f"learning_rate: {schedule}")
    graph, data = graph_of(tmp_path, text), numbers(100)
    first = lg.train(graph, data, out=tmp_path / "first", epochs=1)
    stop_at(12)
    with pytest.raises(lg.Interrupted):
        lg.train(graph, data, out=tmp_path / "run")
    run = lg.Run(tmp_path / "run")
    losses = run.history.final["val_loss"]
    assert len(losses) == 2
    assert losses[0] < losses[1]
    assert same_weights(run, first)


def test_a_run_that_stopped_before_its_first_epoch_has_no_model_yet(tmp_path, stop_at):
    graph, data = graph_of(tmp_path, GRAPH), numbers(100)
    stop_at(2)
    with pytest.raises(lg.Interrupted):
        lg.train(graph, data, out=tmp_path / "run")
    with pytest.raises(GraphError, match=r"LG612 .* has no model yet: it is interrupted"):
        lg.Run(tmp_path / "run").predict(data)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"seed": 4}, "its seed is 3, not 4"),
        ({"data": numbers(99)}, "its data were others"),
        ({"graph": GRAPH.replace("units: 8", "units: 9")}, "its graph differs"),
    ],
    ids=["seed", "data", "graph"],
)
def test_a_run_goes_on_with_what_it_began_with_alone(changed, said, tmp_path, stop_at):
    data = numbers(100)
    stop_at(2)
    with pytest.raises(lg.Interrupted):
        lg.train(graph_of(tmp_path, GRAPH), data, out=tmp_path / "run")
    graph = graph_of(tmp_path, changed.pop("graph", GRAPH))
    with pytest.raises(GraphError, match=f"LG611 .*{said}"):
        lg.train(graph, **{"data": data, **changed}, out=tmp_path / "run", resume=True)


def test_more_epochs_are_a_longer_run(tmp_path, stop_at):
    text = GRAPH.split("  callbacks", maxsplit=1)[0]
    graph, data = graph_of(tmp_path, text), numbers(100)
    whole = lg.train(graph, data, out=tmp_path / "unbroken", epochs=7)
    stop_at(12)
    with pytest.raises(lg.Interrupted):
        lg.train(graph, data, out=tmp_path / "run")
    run = lg.train(graph, data, out=tmp_path / "run", resume=True, epochs=7)
    assert run.history == whole.history
    assert same_weights(run, whole)


def test_a_finished_run_is_left_as_it_is(tmp_path, unbroken):
    run = unbroken
    graph, data = graph_of(tmp_path, GRAPH), numbers(100)
    before = run.folder.model.stat()
    again = lg.train(graph, data, out=run.path, resume=True)
    assert again.folder.model.stat() == before
    assert np.isfinite(again.metrics["final"]["val_loss"])
