"""What padding, cropping and upsampling say of mistakes."""

import pytest

from tests.unit.layers.mistakes import complaint, refusal, spec


def test_cropping_everything():
    assert refusal("Cropping2D", {"cropping": [[0, 0], [3, 5]]}, spec(4, 8, 3)) == (
        "impossible-size",
        "{node} leaves nothing of axis 2",
        "{0} is (batch, 4, 8, 3): 3 + 5 are cut from 8",
        "cropping",
        "cut less than 8 from axis 2",
    )


@pytest.mark.parametrize("name", ["ZeroPadding1D", "Cropping1D", "UpSampling1D"])
def test_wrong_rank_and_strings(name):
    assert refusal(name, {}, spec(8))[4] == "add a channel axis: Reshape to [8, 1]"
    assert refusal(name, {}, spec(8, 3, dtype="string"))[0] == "wrong-dtype"


@pytest.mark.parametrize(
    ("padding", "where", "code", "predicate"),
    [
        ("x", (), "wrong-type", 'must be a whole number or a list of 2, not the string "x"'),
        (-1, (), "out-of-range", "must be at least 0, not -1"),
        ([1, 2, 3], (), "out-of-range", "must be one whole number or a list of 2, not of 3"),
        ([1, [1, -2]], (1, 1), "out-of-range", "must be at least 0, not -2"),
        ([True, 1], (0,), "wrong-type", "must be a whole number or a list of 2, not true"),
    ],
)
def test_no_padding(padding, where, code, predicate):
    assert complaint("ZeroPadding2D", {"padding": padding})[:3] == (
        ("padding", *where),
        code,
        predicate,
    )


def test_an_interpolation_that_keras_takes_until_it_runs():
    assert complaint("UpSampling2D", {"interpolation": "linear"})[0] == ("interpolation",)
