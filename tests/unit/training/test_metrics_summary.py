"""What a run came to: metrics.json and the table."""

from math import nan
from statistics import fmean, stdev

import pytest

from layergraph.training.metrics_summary import metrics_content, metrics_table

FOLDS = [
    {"loss": 0.5, "val_loss": 0.7},
    {"loss": 0.4, "val_loss": 0.9},
    {"loss": 0.6, "val_loss": 0.65},
]


def test_folds_are_summed_up_by_mean_and_deviation_of_a_sample():
    content = metrics_content({"loss": 0.25}, FOLDS, {"sex": 11})
    folds = content["folds"]
    assert folds["count"] == 3
    assert folds["each"] == FOLDS
    for name in ("loss", "val_loss"):
        series = [fold[name] for fold in FOLDS]
        assert folds["mean"][name] == pytest.approx(fmean(series))
        assert folds["std"][name] == pytest.approx(stdev(series))
    assert content["final"] == {"loss": 0.25}
    assert content["missing"] == {"sex": 11}


def test_without_folds_and_with_what_json_cannot_hold():
    content = metrics_content({"loss": nan, "val_loss": 1.0})
    assert content == {"final": {"loss": None, "val_loss": 1.0}, "folds": None, "missing": {}}
    folded = metrics_content({}, [{"loss": nan}, {"loss": 1.0}])["folds"]
    assert folded["mean"] == folded["std"] == {"loss": None}
    assert metrics_content({}, [{"loss": 1.0}])["folds"]["std"] == {"loss": None}


def test_table_of_training_and_validation():
    final = {"a_loss": 0.5, "loss": 0.25, "val_loss": 1234.5, "val_a_loss": 0.125, "a_mae": 2}
    assert metrics_table(final) == (
        "        training  validation\n"
        "------  --------  ----------\n"
        "loss      0.2500       1,234\n"
        "a_loss    0.5000      0.1250\n"
        "a_mae      2.000\n"
    )


def test_table_without_validation_has_no_column_for_it():
    assert metrics_table({"loss": 0.25}) == "      training\n----  --------\nloss    0.2500\n"


def test_table_of_folds():
    assert metrics_table({"loss": 0.25}, FOLDS) == (
        "         training   validation  final model\n"
        "----  -----------  -----------  -----------\n"
        "loss  0.50 ± 0.10  0.75 ± 0.13       0.2500\n"
        "\n"
        "training and validation: mean ± standard deviation of 3 folds\n"
    )
