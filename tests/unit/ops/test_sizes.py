"""Names of sizes through functions, and what is said where sizes do not fit."""

import pytest

from layergraph.tensors import Size, TensorSpec
from tests.unit.ops.calls import described, infer, refusal, spec

T = Size("time")
ALIGNED = (
    "shapes are aligned at their last axes, where each two sizes must be equal or one of them 1"
)
LEFT = (
    "the product of `newshape` has to be the input's, batch and all; -1 stands for the size "
    "that is left, which is mostly the batch"
)


@pytest.mark.parametrize(
    ("name", "arguments", "tensor", "shape"),
    [
        ("concatenate", {"axis": 1}, [spec(T), spec(T), spec(3)], "(batch, 2*time+3)"),
        ("reshape", {"newshape": [-1, 2, 3]}, spec(6), "(batch, 2, 3)"),
        ("reshape", {"newshape": [-1, 3]}, spec(6), "(2*batch, 3)"),
        ("reshape", {"newshape": [-1, 4]}, spec(6), "((6*batch)//4, 4)"),
        ("repeat", {"repeats": 2, "axis": 1}, spec(T), "(batch, 2*time)"),
        ("tile", {"repeats": [1, 3]}, spec(T), "(batch, 3*time)"),
        ("pad", {"pad_width": [[0, 0], [1, 2]]}, spec(T), "(batch, time+3)"),
        ("get_item", {"key": "[:, 1:]"}, spec(T), "(batch, time-1)"),
        ("get_item", {"key": "[:, :-2]"}, spec(T), "(batch, time-2)"),
        ("get_item", {"key": "[:, ::-1]"}, spec(T), "(batch, time)"),
        ("get_item", {"key": "[:, :5]"}, spec(T), "(batch, None)"),
        ("slice", {"start_indices": [0, 2], "shape": [-1, -1]}, spec(T), "(batch, time-2)"),
        ("split", {"indices_or_sections": 2, "axis": 1}, spec(Size("n", 2)), "(batch, n)"),
        ("hsplit", {"indices_or_sections": 2}, spec(Size("n", 2)), "(batch, n)"),
        ("dstack", {}, [spec(T), spec(T, 2)], "(batch, time, 3)"),
        ("diagflat", {"k": -2}, TensorSpec((T,)), "(time+2, time+2)"),
        ("vander", {}, spec(), "(batch, batch)"),
        ("trace", {}, spec(T, 3), "(3,)"),
        ("rot90", {"axes": [1, 2]}, spec(T, 3), "(batch, 3, time)"),
        ("quantile", {"q": [0.1, 0.9], "axis": 1}, spec(T, 3), "(2, batch, 3)"),
        ("moments", {"axes": [0, 2], "keepdims": True}, spec(T, 3), "(1, time, 1)"),
        ("average", {"axis": 1, "weights": [1, 2]}, spec(T, 3), "(batch, 3)"),
        ("trapezoid", {"axis": 1}, spec(T, 3), "(batch, 3)"),
        ("view", {"dtype": "uint8"}, spec(T, 3), "(batch, time, 12)"),
        ("ravel", {}, spec(3), "(3*batch,)"),
        ("mean", {"axis": 1}, spec(T, 3), "(batch, 3)"),
        ("mean", {}, spec(T, 3), "()"),
        ("mean", {"axis": 0}, spec(T, 3), "(time, 3)"),
        ("transpose", {}, spec(T, 3), "(3, time, batch)"),
        ("glu", {}, spec(Size("n", 2, 4)), "(batch, n+2)"),
    ],
)
def test_kept(name, arguments, tensor, shape):
    output = infer(name, tensor, **arguments)
    assert str(output[0] if isinstance(output, tuple) else output) == shape


def test_broadcasting():
    assert infer("add", spec(T, 3), spec(1, 3)) == spec(T, 3)
    assert infer("add", spec(T, 3), TensorSpec((3,))) == spec(T, 3)
    assert str(infer("add", spec(None), spec(3))) == "(batch, 3)"
    assert str(infer("add", spec(None), spec(T))) == "(batch, None)"
    assert refusal("add", spec(4), spec(3)) == (
        "shape-mismatch",
        "{node} computes element by element, and its shapes do not fit",
        "{1} is (batch, 3) and {0} is (batch, 4): 4 and 3 must be equal",
        (0, 1),
        None,
        ALIGNED,
    )
    assert refusal("add", spec(T), spec(Size("time", 1, 1)))[0] == "size-conflict"
    constant = refusal("multiply", spec(4), x2=[1, 2, 3])
    assert constant[2:4] == ("{0} is (batch, 4) and `x2` is (3,): 4 and 3 must be equal", (0,))


def test_a_bias_that_keras_adds_elsewhere():
    """It goes along the last axis of its size, or along axis 1, wherever it stands."""
    for left, right in [
        (spec(3, 3), TensorSpec((3, 1))),
        (spec(4, 1), TensorSpec((4,))),
        (spec(3), TensorSpec((1, 1, 3))),
    ]:
        assert refusal("add", left, right)[1].startswith("Keras would add `x2` of {node} along")
        assert infer("add", right, left)
        assert infer("subtract", left, right)
    assert infer("add", spec(4, 3), TensorSpec((4, 1))) == spec(4, 3)


def test_reshaping_that_cannot_be():
    assert refusal("reshape", spec(6), newshape=[5, 5]) == (
        "argument-misfit",
        "{node} cannot reshape (batch, 6) to [5, 5]",
        "{0} has 6*batch numbers in all, not 25",
        (0,),
        "newshape",
        LEFT,
    )


def test_einsum():
    product = described("einsum", subscripts="bij,bjk->bik")
    first, second = spec(4, 5), spec(5, 6)
    assert product.infer([first, second]) == spec(4, 6)
    assert product.multiply_adds([first, second]) == 4 * 5 * 6
    assert refusal("einsum", [first, first], subscripts="bij,bjk->bik")[:3] == (
        "shape-mismatch",
        "tensors of {node} differ along `j`",
        "{1} is (batch, 4, 5): 5 and 4 must be equal",
    )


def test_multiply_adds():
    assert described("matmul").multiply_adds(spec(4, 5), spec(5, 6)) == 4 * 5 * 6
    assert described("dot", x2=[[1.0, 2.0]] * 3).multiply_adds(spec(4, 3)) == 4 * 3 * 2
    assert described("matmul").multiply_adds(spec(None, 5), spec(5, 6)) is None
    assert described("vdot").multiply_adds(spec(4, 5), spec(4, 5)) == 4 * 5
    assert described("add").multiply_adds(spec(4), spec(4)) == 0
