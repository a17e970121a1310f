"""Histories: the two files, and which names belong together."""

import json
from math import inf, isnan, nan

import pytest

from layergraph.training.history import History, quantities

FOLDED = History(
    {"loss": [0.5, 0.25]},
    (
        {"loss": [0.75, 0.5, 0.125], "val_loss": [0.875, 0.1 + 0.2, 0.25]},
        {"loss": [1.0], "val_loss": [2.0]},
    ),
)


def test_json_comes_back():
    assert History.from_json(FOLDED.to_json()) == FOLDED
    assert json.loads(FOLDED.to_json()).keys() == {"final", "folds"}


def test_json_has_null_for_what_is_not_finite():
    text = History({"loss": [nan, inf, -inf, 1.0]}).to_json()
    assert json.loads(text)["final"] == {"loss": [None, None, None, 1.0]}
    back = History.from_json(text).final["loss"]
    assert [isnan(value) for value in back] == [True, True, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "{}", '{"final": {}}', '{"final": [], "folds": []}',
        '{"final": {"loss": 1}, "folds": []}', '{"final": {"loss": ["a"]}, "folds": []}',
    ],
)  # fmt: skip
def test_what_is_no_history_is_a_value_error(text):
    with pytest.raises(ValueError):
        History.from_json(text)


def test_csv_has_a_row_for_each_epoch_of_each_fit():
    assert FOLDED.to_csv() == (
        "fit,epoch,loss,val_loss\n"
        "final,1,0.5,\n"
        "final,2,0.25,\n"
        "fold1,1,0.75,0.875\n"
        "fold1,2,0.5,0.30000000000000004\n"
        "fold1,3,0.125,0.25\n"
        "fold2,1,1.0,2.0\n"
    )


def test_csv_of_what_is_not_finite_and_of_nothing():
    assert History({"loss": [nan, inf]}).to_csv() == "fit,epoch,loss\nfinal,1,nan\nfinal,2,inf\n"
    assert History({}).to_csv() == "fit,epoch\n"


def test_quantities_are_the_names_without_those_of_validation():
    names = ["a_loss", "a_accuracy", "loss", "val_a_loss", "val_a_accuracy", "val_loss"]
    assert quantities(names) == ("loss", "a_loss", "a_accuracy")


def test_an_output_may_be_called_like_validation():
    assert quantities(["loss", "val_x_loss", "val_val_x_loss"]) == ("loss", "val_x_loss")
