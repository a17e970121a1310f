"""What the layers that move numbers about say of mistakes."""

import pytest

from layergraph.tensors import BATCH, Size, TensorSpec
from tests.unit.layers.mistakes import complaint, infer, refusal, spec

PRODUCT = "the product of `target_shape` has to be the input's; -1 stands for the size that is left"


@pytest.mark.parametrize(
    ("target", "label"),
    [
        ([7, 7], "{0} has 50 numbers in each sample, not 49"),
        ([7, -1], "{0} has 50 numbers in each sample, no multiple of 7"),
    ],
)
def test_another_product(target, label):
    assert refusal("Reshape", {"target_shape": target}, spec(5, 10)) == (
        "argument-misfit",
        f"{{node}} cannot reshape (batch, 5, 10) to {target}",
        label,
        "target_shape",
        PRODUCT,
    )


def test_a_named_size_that_cannot_fit():
    """Keras takes every unknown size."""
    steps = TensorSpec((BATCH, Size("t"), 2))
    assert refusal("Reshape", {"target_shape": [3, 3]}, steps)[0] == "argument-misfit"
    assert str(infer("Reshape", {"target_shape": [-1, 1, 2]}, steps)) == "(batch, t, 1, 2)"
    assert infer("Reshape", {"target_shape": [3, 4]}, steps).shape == (None, 3, 4)


@pytest.mark.parametrize(
    ("target", "where", "code", "predicate"),
    [
        (8, (), "wrong-type", "must be a list of sizes, not 8"),
        ([8, None], (1,), "wrong-type", "must be a whole number, not null"),
        ([-2], (0,), "out-of-range", "must be at least 1, or -1 for what is left, not -2"),
        ([2, 0], (1,), "out-of-range", "must be at least 1, or -1 for what is left, not 0"),
        ([-1, -1], (), "out-of-range", "may have one -1, not several"),
    ],
)
def test_no_shape(target, where, code, predicate):
    assert complaint("Reshape", {"target_shape": target})[:3] == (
        ("target_shape", *where),
        code,
        predicate,
    )


def test_no_order_of_axes():
    assert complaint("Permute", {"dims": [0, 1]}) == (
        ("dims",),
        "out-of-range",
        "must have every axis from 1 to 2 once, not [0, 1]",
        "the batch, axis 0, keeps its place and is left out",
    )
    assert refusal("Permute", {"dims": [2, 1]}, spec(3, 4, 5)) == (
        "wrong-rank",
        "{node} needs a tensor of 3 axes",
        "{0} is (batch, 3, 4, 5), which has 4",
        None,
        "put every axis from 1 to 3 into `dims`",
    )


def test_repeating_a_sequence():
    assert refusal("RepeatVector", {"n": 2}, spec(3, 3)) == (
        "wrong-rank",
        "{node} needs a tensor of 2 axes (batch, features)",
        "{0} is (batch, 3, 3), which has 3",
        None,
        "make one vector of it with `Flatten`",
    )


def test_strings_may_be_moved():
    for name, arguments in [("Flatten", {}), ("Reshape", {"target_shape": [4]})]:
        assert infer(name, arguments, spec(2, 2, dtype="string")).dtype == "string"
