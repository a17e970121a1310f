"""Tasks: the head, the loss and the metrics that one word stands for."""

import pytest

from layergraph.diagnostics import codes
from tests.unit.graph.files import loaded, only_diagnostic

GRAPH = """\
layergraph: 1
inputs:
  x: {{shape: [16]}}
outputs:
  y: {{from: x, {keys}}}
"""


@pytest.mark.parametrize(
    ("keys", "units", "activation", "loss", "metrics"),
    [
        ("task: regression", 1, None, "mean_squared_error", ("mean_absolute_error",)),
        ("task: regression, units: 3", 3, None, "mean_squared_error", ("mean_absolute_error",)),
        ("task: binary", 1, "sigmoid", "binary_crossentropy", ("accuracy",)),
        (
            "task: multilabel, classes: 5",
            5,
            "sigmoid",
            "binary_crossentropy",
            ("binary_accuracy",),
        ),
        (
            "task: multiclass, classes: 5",
            5,
            "softmax",
            "sparse_categorical_crossentropy",
            ("accuracy",),
        ),
        (
            "task: multiclass, classes: 5, labels: integer",
            5,
            "softmax",
            "sparse_categorical_crossentropy",
            ("accuracy",),
        ),
        (
            "task: multiclass, classes: 5, labels: one_hot",
            5,
            "softmax",
            "categorical_crossentropy",
            ("accuracy",),
        ),
    ],
)
def test_task_stands_for_a_head_a_loss_and_metrics(
    tmp_path, keys, units, activation, loss, metrics
):
    graph = loaded(tmp_path, GRAPH.format(keys=keys))
    head, output = graph.nodes["y"], graph.heads["y"]
    assert (head.type, head.args["units"], head.args["activation"]) == ("Dense", units, activation)
    assert (output.loss, output.metrics) == (loss, metrics)


@pytest.mark.parametrize(
    ("keys", "loss", "metrics"),
    [
        ("task: binary, loss: mse", "mse", ("accuracy",)),
        ("task: binary, metrics: [auc]", "binary_crossentropy", ("auc",)),
        ("task: binary, metrics: []", "binary_crossentropy", ()),
        ("task: binary, loss: null", None, ("accuracy",)),
    ],
)
def test_what_a_task_stands_for_can_be_set_beside_it(tmp_path, keys, loss, metrics):
    output = loaded(tmp_path, GRAPH.format(keys=keys)).heads["y"]
    assert (output.loss, output.metrics) == (loss, metrics)


def test_arguments_of_the_head_can_be_set_beside_the_task(tmp_path):
    keys = "task: binary, use_bias: false, activation: hard_sigmoid"
    head = loaded(tmp_path, GRAPH.format(keys=keys)).nodes["y"]
    assert (head.args["use_bias"], head.args["activation"]) == (False, "hard_sigmoid")


def test_output_without_a_task_is_not_trained(tmp_path):
    output = loaded(tmp_path, GRAPH.format(keys="type: Dense, units: 2")).heads["y"]
    assert (output.loss, output.metrics) == (None, ())


@pytest.mark.parametrize(
    ("keys", "code", "column", "message"),
    [
        (
            "task: binary, classes: 2",
            codes.UNKNOWN_KEY,
            30,
            "`classes` means nothing to output `y`, whose task is binary",
        ),
        (
            "task: multilabel, classes: 2, labels: one_hot",
            codes.UNKNOWN_KEY,
            46,
            "`labels` means nothing to output `y`, whose task is multilabel",
        ),
        (
            "units: 2",
            codes.UNKNOWN_KEY,
            16,
            "`units` means nothing to output `y`, which has no task",
        ),
        (
            "task: multiclass",
            codes.MISSING_KEY,
            22,
            "output `y` does not say how many classes there are",
        ),
        (
            "task: clustering",
            codes.NOT_A_CHOICE,
            22,
            (
                "`task` of output `y` must be one of `regression`, `binary`, `multilabel`, "
                '`multiclass`, not the string "clustering"'
            ),
        ),
    ],
)
def test_key_that_a_task_does_not_know_is_an_error(tmp_path, keys, code, column, message):
    diagnostic = only_diagnostic(tmp_path, GRAPH.format(keys=keys))
    assert (diagnostic.code, diagnostic.message) == (code, message)
    assert (diagnostic.span.line, diagnostic.span.column) == (5, column)
