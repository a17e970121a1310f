"""What `EinsumDense` says of equations and sizes that do not fit."""

import pytest

from layergraph.tensors import BATCH, Size, TensorSpec
from tests.unit.layers.mistakes import complaint, infer, refusal, spec

DENSE = {"equation": "abc,cd->abd", "output_shape": [None, 4]}
DOTS = {"equation": "...c,cd->...d", "output_shape": 4}


@pytest.mark.parametrize(
    "equation", ["ab, bc->ac", "ab,bc", "ab,bc->", "ab,bc->ac...", "a...,ab->b...", "ab->a", ""]
)
def test_other_forms(equation):
    assert complaint("EinsumDense", {"equation": equation, "output_shape": 4}) == (
        ("equation",),
        "out-of-range",
        f'must be an equation of input, kernel and output, not the string "{equation}"',
        "letters for the axes and no spaces: `abc,cd->abd`, `...c,cd->...d`, or `ab...,bc->ac...`",
    )


@pytest.mark.parametrize(
    ("equation", "predicate", "help"),
    [
        ("ab,bc->acc", "must not give `c` twice", None),
        ("ab,bc->az", "must not give `z`, which neither input nor kernel has", None),
        (
            "ab,bcz->ac",
            "has `z` in the kernel alone, so that nothing gives its size",
            "name it in the output too",
        ),
        ("ab,bc->ca", "must keep the batch, `a`, first in the output and out of the kernel", None),
        ("ab,ab->a", "must keep the batch, `a`, first in the output and out of the kernel", None),
    ],
)
def test_letters(equation, predicate, help):
    found = complaint("EinsumDense", {"equation": equation, "output_shape": 4})
    assert found == (("equation",), "out-of-range", predicate, help)


def test_sizes():
    for sizes, at, predicate in [
        ("4", (), 'must be a size or a list of sizes, not the string "4"'),
        (0, (), "must be from 1 to 2,147,483,647, not 0"),
        ([None, 2.0], (1,), "must be a size or null, not 2.0"),
        ([None, -1], (1,), "must be from 1 to 2,147,483,647, not -1"),
    ]:
        found = complaint("EinsumDense", DENSE | {"output_shape": sizes})
        assert (found[0], found[2]) == (("output_shape", *at), predicate)


def test_bias_axes():
    for axes, what in [("a", "`a`"), ("dz", "`z`"), ("", "nothing")]:
        assert complaint("EinsumDense", DENSE | {"bias_axes": axes}) == (
            ("bias_axes",),
            "conflicting-arguments",
            f"must name axes of the output besides the batch, not {what}",
            "of `abc,cd->abd` these are `bd`",
        )


def test_rank():
    assert refusal("EinsumDense", DENSE, spec(8)) == (
        "wrong-rank",
        "`equation` of {node} does not fit its input",
        "{0} is (batch, 8), and its letters are `abc`",
        "equation",
        "give every axis a letter, the batch too, or begin both sides with `...`",
    )


def test_output_shape_of_another_length():
    assert refusal("EinsumDense", DENSE | {"output_shape": 4}, spec(5, 8)) == (
        "argument-misfit",
        "`output_shape` of {node} must give 2 sizes, not 1",
        "those of `bd`, on (batch, 5, 8)",
        "output_shape",
        "leave out the batch, and all that `...` stands for",
    )


def test_output_shape_of_another_size():
    assert refusal("EinsumDense", DENSE | {"output_shape": [6, 4]}, spec(5, 8)) == (
        "argument-misfit",
        "`output_shape` of {node} gives another size of `b` than its input",
        "{0} is (batch, 5, 8): 6 and 5 must be equal",
        "output_shape",
        "write null for `b`",
    )
    biased = DENSE | {"output_shape": [6, 4], "bias_axes": "bd"}
    assert (
        refusal("EinsumDense", biased, spec(None, 8))[-1] == "give the size in the input's `shape`"
    )


def test_sizes_of_weights():
    assert refusal("EinsumDense", DENSE | {"bias_axes": "bd"}, spec(5, 8)) == (
        "unknown-size",
        "`output_shape` of {node} must give the size of `b`, which its bias has",
        "it gives null for `b`",
        "output_shape",
        "Keras takes no sizes from the input here; write the size itself",
    )
    assert refusal("EinsumDense", DENSE | {"output_shape": [None, None]}, spec(5, 8))[0] == (
        "unknown-size"
    )
    assert refusal("EinsumDense", DENSE, spec(5, None))[:2] == (
        "unknown-size",
        "{node} needs to know the size of axis 2 to make its weights",
    )


def test_dots_that_keras_declares_backwards():
    assert refusal("EinsumDense", DOTS, spec(5, 6, 8)) == (
        "argument-misfit",
        "`equation` of {node} leaves out axes that Keras declares in the wrong order",
        "{0} is (batch, 5, 6, 8), and `...` stands for (batch, 5, 6)",
        "equation",
        "give each axis a letter: `abcd,de->abce`",
    )
    assert infer("EinsumDense", DOTS, spec(5, 5, 8)) == spec(5, 5, 4)


def test_dots_that_stand_for_nothing():
    assert refusal("EinsumDense", DOTS, spec())[:2] == (
        "argument-misfit",
        "`equation` of {node} does not keep the batch, `c`, of its input",
    )


def test_axes_of_one_letter():
    arguments = {"equation": "abb,bc->ac", "output_shape": 4}
    assert refusal("EinsumDense", arguments, spec(5, 6))[:3] == (
        "shape-mismatch",
        "the axes `b` of {node} differ in its input",
        "{0} is (batch, 5, 6): 5 and 6 must be equal",
    )
    assert infer("EinsumDense", arguments, spec(6, 6)) == spec(4)


def test_names_of_sizes_are_kept():
    time = Size("time")
    assert infer("EinsumDense", DENSE, TensorSpec((BATCH, time, 8))).dims == (BATCH, time, 4)


def test_lora_beside_a_constraint():
    found = complaint("EinsumDense", DENSE | {"lora_rank": 1, "kernel_constraint": "non_neg"})
    assert found[:2] == (("lora_rank",), "conflicting-arguments")
