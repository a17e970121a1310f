"""What convolutions say of mistakes."""

import pytest

from layergraph.tensors import Size, TensorSpec
from tests.unit.layers.mistakes import complaint, infer, refusal, spec

THREE = {"filters": 4, "kernel_size": 3}
FIRST = {"data_format": "channels_first"}


@pytest.mark.parametrize(
    ("name", "arguments", "shape", "layout", "help"),
    [
        (
            "Conv2D",
            {},
            (28, 28),
            "4 axes (batch, height, width, channels)",
            "add a channel axis: Reshape to [28, 28, 1]",
        ),
        (
            "Conv2D",
            FIRST,
            (28, 28),
            "4 axes (batch, channels, height, width)",
            "add a channel axis: Reshape to [1, 28, 28]",
        ),
        (
            "Conv1D",
            {},
            (None,),
            "3 axes (batch, steps, channels)",
            "add a channel axis: Reshape to [-1, 1]",
        ),
        (
            "SeparableConv2D",
            {},
            (None, None),
            "4 axes (batch, height, width, channels)",
            "add a channel axis, of size 1",
        ),
        (
            "Conv2DTranspose",
            {},
            (784,),
            "4 axes (batch, height, width, channels)",
            "give it these axes first: Reshape to [height, width, channels]",
        ),
        (
            "Conv2D",
            {},
            (5, 8, 8, 3),
            "4 axes (batch, height, width, channels)",
            "apply it at every step with `TimeDistributed`, or take the layer for one axis more",
        ),
    ],
)
def test_wrong_rank(name, arguments, shape, layout, help):
    tensor = spec(*shape)
    assert refusal(name, THREE | arguments, tensor) == (
        "wrong-rank",
        f"{{node}} needs a tensor of {layout}",
        f"{{0}} is {tensor}, which has {tensor.rank}",
        None,
        help,
    )


def test_a_kernel_larger_than_its_axis():
    assert refusal("Conv2D", THREE, spec(8, 2, 3)) == (
        "impossible-size",
        "the window of {node} is larger than its input on axis 2",
        "{0} is (batch, 8, 2, 3): 2 is less than the window's 3",
        "kernel_size",
        "`padding: same`, or a smaller `kernel_size`",
    )


def test_a_dilated_kernel_larger_than_its_axis():
    _, _, label, *_ = refusal("DepthwiseConv1D", {"kernel_size": 3, "dilation_rate": 4}, spec(8, 3))
    assert label == "{0} is (batch, 8, 3): 8 is less than the window's 9 (3 at a dilation of 4)"


def test_groups_that_do_not_divide_the_channels():
    assert refusal("Conv2D", THREE | {"groups": 2}, spec(8, 8, 3)) == (
        "argument-misfit",
        "{node} cannot split 3 channels into 2 groups",
        "{0} is (batch, 8, 8, 3): 2 does not divide 3",
        "groups",
        "take a number of groups that divides both the channels and `filters`",
    )


def test_unknown_channels():
    assert refusal("Conv2DTranspose", THREE, spec(8, 8, None)) == (
        "unknown-size",
        "{node} needs to know the size of axis 3 to make its weights",
        "{0} is (batch, 8, 8, None)",
        None,
        (
            "give the size in the input's `shape`; "
            "a lookup's comes from its `vocabulary` or its `max_tokens`"
        ),
    )


def test_strings_and_integers():
    assert refusal("Conv2D", THREE, spec(8, 8, 3, dtype="string"))[:2] == (
        "wrong-dtype",
        "{node} computes with numbers, and is called on strings",
    )
    assert refusal("Conv2D", THREE, spec(8, 8, 3, dtype="uint8")) == (
        "wrong-dtype",
        "{node} computes in floating point, and its input does not",
        "{0} is uint8",
        None,
        "give the input `dtype: float32`, or put `Rescaling` before {node}",
    )


def test_an_output_padding_that_leaves_nothing():
    """Keras gives a size of 0."""
    arguments = THREE | {"kernel_size": 2, "padding": "same", "output_padding": 0}
    assert refusal("Conv1DTranspose", arguments, spec(1, 3)) == (
        "impossible-size",
        "nothing is left of axis 1 in {node}",
        "{0} is (batch, 1, 3): with this `output_padding`, 1 becomes 0",
        "output_padding",
        "leave `output_padding` out, or take a kernel of odd size",
    )


@pytest.mark.parametrize("name", ["Conv2D", "Conv2DTranspose"])
def test_strides_beside_dilation(name):
    assert complaint(name, THREE | {"strides": [1, 2], "dilation_rate": 3}) == (
        ("dilation_rate",),
        "conflicting-arguments",
        "is 3 beside `strides` of 2: only one of them may exceed 1",
        "set `strides: 1`, or `dilation_rate: 1`",
    )


def test_groups_that_do_not_divide_the_filters():
    assert complaint("Conv1D", THREE | {"groups": 3}) == (
        ("groups",),
        "conflicting-arguments",
        "must divide `filters` evenly, and 3 does not divide 4",
        "every group makes the same number of filters",
    )


def test_an_output_padding_not_less_than_the_strides():
    assert complaint("Conv2DTranspose", THREE | {"strides": [2, 1], "output_padding": 1}) == (
        ("output_padding",),
        "conflicting-arguments",
        "must be less than `strides` along every axis, and 1 is not less than 1",
        "leave it out, or take larger `strides`",
    )


def test_a_window_of_another_number_of_axes():
    assert complaint("Conv2D", {"filters": 4, "kernel_size": [3]})[:3] == (
        ("kernel_size",),
        "out-of-range",
        "must be one whole number or a list of 2, not of 1",
    )
    assert complaint("Conv2D", {"filters": 4, "kernel_size": [3, 0]})[0] == ("kernel_size", 1)


def test_causal_padding_is_for_one_axis():
    assert infer("Conv1D", THREE | {"padding": "causal"}, spec(2, 3)).shape == (None, 2, 4)
    assert complaint("Conv2D", THREE | {"padding": "causal"})[1] == "literal_error"


def test_names_of_sizes_survive():
    images = TensorSpec((Size("batch"), Size("h"), 9, 3))
    assert str(infer("Conv2D", THREE, images)) == "(batch, h-2, 7, 4)"
    doubled = THREE | {"strides": 2, "padding": "same"}
    assert str(infer("Conv2DTranspose", doubled, images)) == "(batch, 2*h, 18, 4)"
