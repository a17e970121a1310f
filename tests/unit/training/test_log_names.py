"""Names of losses and metrics: ours begin with the output's, also where there is one output."""

import layergraph as lg
from layergraph.training.log_names import log_names

HEAD = "layergraph: 1\ninputs: {x: {shape: [4]}}\noutputs:\n"


def names(tmp_path, outputs, *logged):
    (tmp_path / "graph.yaml").write_text(HEAD + outputs)
    ours = log_names(lg.load(tmp_path / "graph.yaml"))
    return [ours(name) for name in logged]


def test_one_output_is_named(tmp_path):
    logged = ["loss", "accuracy", "val_loss", "val_accuracy", "learning_rate", "val_val_score"]
    assert names(tmp_path, "  c: {from: x, task: multiclass, classes: 3}\n", *logged) == [
        "loss",
        "c_accuracy",
        "val_loss",
        "val_c_accuracy",
        "learning_rate",
        "val_c_val_score",
    ]


def test_of_several_the_names_are_ours_already(tmp_path):
    outputs = "  c: {from: x, task: binary}\n  y: {from: x, task: regression}\n"
    logged = ["loss", "c_loss", "val_y_mean_absolute_error"]
    assert names(tmp_path, outputs, *logged) == logged


def test_an_output_that_nothing_measures_counts_for_nothing(tmp_path):
    outputs = "  c: {from: x, task: binary}\n  y: {from: x, type: Dense, units: 1}\n"
    assert names(tmp_path, outputs, "accuracy") == ["c_accuracy"]


def test_one_that_is_measured_alone_counts(tmp_path):
    outputs = (
        "  c: {from: x, task: binary}\n  y: {from: x, type: Dense, units: 1, metrics: [mae]}\n"
    )
    assert names(tmp_path, outputs, "c_accuracy") == ["c_accuracy"]
