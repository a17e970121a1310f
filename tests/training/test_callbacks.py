"""The callbacks of a file: in the run's folder, with the names that the file gives."""

from __future__ import annotations

import pytest

import layergraph as lg
from layergraph.diagnostics import GraphError
from layergraph.graph.metric_names import metric_names
from layergraph.objects.callbacks.writing import RUN_FILES
from layergraph.training.callbacks import _direction, check_modes
from layergraph.training.run_files import RunFolder
from tests.training.runs import graph_of, numbers

GRAPH = """
inputs: {x: {shape: [4]}}
outputs: {y: {from: x, task: regression, metrics: [RootMeanSquaredError]}}
training:
  epochs: 3
  seed: 1
  validation: VALIDATION
  callbacks:
    - type: ModelCheckpoint
      filepath: "best/{epoch:02d}-{val_y_RootMeanSquaredError:.0f}.keras"
      monitor: val_y_RootMeanSquaredError
    - {type: CSVLogger, filename: log.csv}
    - {type: TensorBoard, log_dir: board}
    - TerminateOnNaN
"""


def names_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.slow
def test_their_files_are_in_the_run_and_have_our_names(tmp_path):
    graph = graph_of(tmp_path, GRAPH.replace("VALIDATION", "0.25"))
    run = lg.train(graph, numbers(60), out=tmp_path / "run")
    header, *lines = (run.path / "log.csv").read_text().splitlines()
    assert header == "epoch,loss,val_loss,val_y_RootMeanSquaredError,y_RootMeanSquaredError"
    assert len(lines) == 3
    kept = sorted(path.name for path in (run.path / "best").iterdir())
    assert [name[:3] for name in kept] == ["01-", "02-", "03-"]
    assert (run.path / "board" / "validation").is_dir()
    assert {path.name for path in tmp_path.iterdir()} == {"graph.yaml", "run"}


@pytest.mark.slow
def test_those_of_folds_have_folders_of_their_own(tmp_path):
    """The final fit is validated on nothing, so that what monitors validation is left out of it."""
    graph = graph_of(tmp_path, GRAPH.replace("VALIDATION", "{folds: 2}"))
    run = lg.train(graph, numbers(60), out=tmp_path / "run", epochs=1)
    for fold in ("fold1", "fold2"):
        assert len(list((run.path / fold / "best").iterdir())) == 1
        assert len((run.path / fold / "log.csv").read_text().splitlines()) == 2
    assert not (run.path / "best").exists()
    assert len((run.path / "log.csv").read_text().splitlines()) == 2


OWN = """
custom: {own: {import: "own:Own", kind: metric}}
inputs: {x: {shape: [4]}}
outputs: {y: {from: x, task: binary, metrics: [accuracy, AUC, FalseNegatives, METRIC]}}
training: {validation: 0.2, callbacks: [{type: EarlyStopping, monitor: val_y_own}]}
"""


@pytest.mark.parametrize("metric", ["{type: own}", "{type: own, name: own}"])
def test_which_way_a_metric_of_ones_own_is_better_has_to_be_said(metric, tmp_path):
    graph = graph_of(tmp_path, OWN.replace("METRIC", metric))
    with pytest.raises(GraphError, match="LG114 whether less or more of `val_y_own` is better"):
        lg.train(graph, numbers(8), out=tmp_path / "run", allow=("own",))
    said = graph_of(
        tmp_path, OWN.replace("METRIC", metric).replace("val_y_own", "val_y_own, mode: max")
    )
    check_modes(said)


def test_which_way_keras_own_are_better_is_known(tmp_path):
    graph = graph_of(tmp_path, OWN.replace(", METRIC", "").replace("val_y_own", "val_loss"))
    found = {name: _direction(f"val_{name}", graph) for name in metric_names(graph.heads.values())}
    assert found == {
        "loss": "min",
        "y_accuracy": "max",
        "y_AUC": "max",
        "y_FalseNegatives": "min",
    }


def test_every_name_that_a_run_has_is_kept_for_it():
    run = RunFolder("run")
    own = (run.state_file, run.graph, run.model, run.saved_model, run.history_json)
    more = (run.history_csv, run.metrics, run.curves, run.tensorboard, run.checkpoints)
    assert {path.name for path in (*own, *more)} == RUN_FILES
