"""What is said of tensors and arguments that do not fit."""

import pytest

from layergraph.tensors import TensorSpec
from tests.unit.ops.calls import complaint, infer, refusal, spec

WHOLE = spec(4, dtype="int32")


@pytest.mark.parametrize(
    ("name", "tensors", "arguments", "code", "message", "argument"),
    [
        (
            "bitwise_and",
            [TensorSpec((4,), "int32"), WHOLE],
            {},
            "shape-mismatch",
            "{node} gives the shape of `x`, which `y` does not broadcast to",
            None,
        ),
        (
            "bitwise_or",
            [WHOLE, spec(4)],
            {},
            "wrong-dtype",
            "{node} computes with the bits of whole numbers",
            None,
        ),
        (
            "left_shift",
            [WHOLE],
            {"y": 32},
            "argument-misfit",
            "`y` of {node} is 32, which is no number of places in int32",
            "y",
        ),
        (
            "view",
            [spec(3)],
            {"dtype": "float64"},
            "argument-misfit",
            "{node} cannot read its input as float64: 96 bits are no multiple of 64",
            "dtype",
        ),
        (
            "view",
            [spec(None)],
            {"dtype": "int8"},
            "unknown-size",
            "{node} needs to know the size of the last axis",
            None,
        ),
        (
            "ldexp",
            [spec(4), spec(4)],
            {},
            "wrong-dtype",
            "{node} raises 2 to whole numbers alone",
            None,
        ),
        (
            "fmod",
            [WHOLE],
            {"x2": 0},
            "argument-misfit",
            "{node} divides whole numbers by 0",
            "x2",
        ),
        (
            "rot90",
            [spec(3, 4)],
            {"k": 2, "axes": [1, 2]},
            "argument-misfit",
            "{node} can turn by 2 quarters only what is as long along both axes",
            "k",
        ),
        (
            "trace",
            [TensorSpec((2, 5))],
            {"offset": 1},
            "argument-misfit",
            "{node} can sum a diagonal only that begins or ends in a corner of the matrix",
            "offset",
        ),
        (
            "diag",
            [TensorSpec((2, 5))],
            {"k": -2},
            "argument-misfit",
            "`k` of {node} is -2, beyond the matrix",
            "k",
        ),
        (
            "array_split",
            [spec(4)],
            {"indices_or_sections": 2},
            "unknown-size",
            "{node} needs to know the size of axis 0 to tell which parts are larger",
            None,
        ),
        (
            "array_split",
            [spec(4)],
            {"indices_or_sections": 5, "axis": 1},
            "argument-misfit",
            "{node} cannot make 5 parts of 4",
            "indices_or_sections",
        ),
        (
            "vsplit",
            [spec(4)],
            {"indices_or_sections": [1]},
            "unknown-size",
            "{node} needs to know the size of axis 0 to split it at places",
            None,
        ),
        (
            "append",
            [spec(4), spec(4)],
            {"axis": 0},
            "unknown-size",
            "{node} needs to know the sizes of axis 0",
            None,
        ),
        (
            "average",
            [spec(4, 3)],
            {"axis": 1, "weights": [1, 2, 3]},
            "argument-misfit",
            (
                "`weights` of {node} are of the shape (3,), which is neither that of its input "
                "nor that of one axis"
            ),
            "weights",
        ),
        (
            "trapezoid",
            [spec(4)],
            {"x": [0, 1, 2]},
            "argument-misfit",
            "`x` of {node} has 3 places for 4 numbers",
            "x",
        ),
        (
            "trapezoid",
            [spec(4, 3)],
            {"axis": -2},
            "argument-misfit",
            "{node} cannot count axis -2 from the end",
            "axis",
        ),
        (
            "saturate_cast",
            [WHOLE],
            {"dtype": "float32"},
            "argument-misfit",
            "{node} cannot bound int32 by the numbers of float32",
            "dtype",
        ),
        (
            "unravel_index",
            [TensorSpec((4,), "int8")],
            {"shape": [2, 300]},
            "argument-misfit",
            "`shape` of {node} has 300, which is no int8",
            "shape",
        ),
        (
            "cross",
            [spec(3), spec(4)],
            {},
            "argument-misfit",
            "{node} takes vectors of 2 or 3 numbers, and axis 1 has 4",
            None,
        ),
        (
            "cross",
            [spec(3), spec(None)],
            {},
            "unknown-size",
            "{node} needs to know the size of axis 1, which must be 2 or 3",
            None,
        ),
        (
            "vdot",
            [TensorSpec((4,)), TensorSpec((5,))],
            {},
            "shape-mismatch",
            "{node} takes two tensors of as many numbers",
            None,
        ),
    ],
)
def test_said(name, tensors, arguments, code, message, argument):
    found = refusal(name, *tensors, **arguments)
    assert (found[0], found[1], found[4]) == (code, message, argument)


@pytest.mark.parametrize(
    ("name", "arguments", "complained"),
    [
        ("quantile", {"q": 50}, (("q",), "out-of-range", "must be from 0 to 1, not 50")),
        (
            "percentile",
            {"q": [[50]]},
            (("q",), "wrong-type", "must be a number, or one list of numbers"),
        ),
        (
            "quantile",
            {"q": True},
            (("q",), "wrong-type", "must be a number, not a truth value"),
        ),
        ("digitize", {"bins": [2, 1]}, (("bins",), "out-of-range", "must rise")),
        ("digitize", {"bins": 1}, (("bins",), "wrong-type", "must be one list of numbers")),
        (
            "trapezoid",
            {"x": [0, "a"]},
            (("x", 1), "wrong-type", 'must be a number, not the string "a"'),
        ),
        ("rot90", {"axes": [0]}, (("axes",), "out-of-range", "must be two axes, not 1")),
    ],
)
def test_arguments(name, arguments, complained):
    assert complaint(name, **arguments) == complained


def test_a_number_shifts_every_number():
    assert infer("right_shift", spec(4, dtype="uint64"), y=3) == spec(4, dtype="uint64")
    assert infer("right_shift", WHOLE, TensorSpec((1,), "int64")) == spec(4, dtype="int64")
