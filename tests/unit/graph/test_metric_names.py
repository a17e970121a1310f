"""The names of what training measures. A test in `tests/parity` holds them against Keras."""

import pytest

from layergraph.graph.metric_names import has_own_names, metric_names, names_of
from tests.unit.graph.files import loaded

GRAPH = """\
layergraph: 1
custom: {{own: {{import: "a:own", kind: metric}}}}
inputs: {{x: {{shape: [16]}}}}
outputs:
  a: {{from: x, task: binary, metrics: [{metrics}]}}
  b: {{from: x, {keys}}}
"""


@pytest.mark.parametrize(
    ("keys", "names"),
    [
        ("task: regression", ("loss", "a_loss", "b_loss", "a_mse", "b_mean_absolute_error")),
        ("type: Dense, units: 1, metrics: [MSE]", ("loss", "a_mse", "b_MSE")),
        ("type: Dense, units: 1", ("loss", "a_mse")),
        (
            "task: regression, name: price.m2, metrics: []",
            ("loss", "a_loss", "price.m2_loss", "a_mse"),
        ),
    ],
)
def test_losses_of_several_outputs_have_names(tmp_path, keys, names):
    graph = loaded(tmp_path, GRAPH.format(metrics="mse", keys=keys))
    assert metric_names(graph.heads.values()) == names


def test_nothing_is_measured_without_a_loss(tmp_path):
    text = "layergraph: 1\ninputs: {x: {shape: [4]}}\noutputs: {y: {from: x, metrics: [mse]}}\n"
    assert metric_names(loaded(tmp_path, text).heads.values()) == ()


@pytest.mark.parametrize(
    ("metrics", "names"),
    [
        ("auc, AUC, acc", ("auc", "AUC", "acc")),
        ("{type: AUC}, {type: AUC, curve: PR}, {type: Recall}", ("auc", "auc_1", "recall")),
        ("{type: AUC, name: area}, {type: AUC}", ("area", "auc")),
        ("{type: AUC, name: null}", (None,)),
        ("own, {type: own, name: mine}", (None, "mine")),
    ],
)
def test_names_of_metrics(tmp_path, metrics, names):
    graph = loaded(tmp_path, GRAPH.format(metrics=metrics, keys="task: regression"))
    output = graph.heads["a"]
    assert names_of(output) == names
    assert has_own_names(output) == (None in names)
    measured = metric_names(graph.heads.values())
    assert [f"a_{name}" in measured for name in names if name] == [True] * len(
        [name for name in names if name]
    )


def test_a_metric_that_names_itself_may_be_watched(tmp_path):
    text = GRAPH.format(metrics="own", keys="task: regression")
    text += "training: {callbacks: [{type: EarlyStopping, monitor: val_a_whatever}]}\n"
    (callback,) = loaded(tmp_path, text).training.callbacks
    assert callback.monitor == "val_a_whatever"
