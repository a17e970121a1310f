"""What convolutional LSTMs say of tensors and arguments that do not fit."""

import pytest

from layergraph.diagnostics import codes
from layergraph.tensors import BATCH, Size, TensorSpec
from tests.unit.layers.refusals import complaint, described, refusal

IMAGES = TensorSpec((BATCH, Size("time"), 8, 9, 3))


def layer(**arguments):
    return described("ConvLSTM2D", filters=4, kernel_size=3, **arguments)


def test_shapes():
    assert str(layer().infer(IMAGES)) == "(batch, 6, 7, 4)"
    assert str(layer(return_sequences=True, strides=2).infer(IMAGES)) == "(batch, time, 3, 4, 4)"
    output, *states = layer(return_state=True, padding="same").infer(IMAGES)
    assert [str(tensor) for tensor in (output, *states)] == ["(batch, 8, 9, 4)"] * 3


def test_multiply_adds():
    """Both convolutions, four times: of 3 channels and of 4, at 6 by 7 places, in 5 steps."""
    known = TensorSpec((BATCH, 5, 8, 9, 3))
    assert layer().multiply_adds(known) == 5 * (6 * 7) * 9 * (3 + 4) * 4 * 4
    assert layer().multiply_adds(IMAGES) is None


@pytest.mark.parametrize(
    ("dims", "layout", "help"),
    [
        ((8, 9, 3), "channels_last", "that is what `ConvLSTM1D` takes"),
        ((5, 3, 8, 9, 7), "channels_first", "that is what `ConvLSTM3D` takes"),
        ((3,), "channels_last", None),
    ],
)
def test_rank(dims, layout, help):
    given = TensorSpec((BATCH, *dims))
    axes = "channels, height, width" if layout == "channels_first" else "height, width, channels"
    assert refusal(layer(data_format=layout), given) == (
        codes.WRONG_RANK,
        f"{{node}} needs a tensor of 5 axes (batch, time, {axes})",
        f"{{0}} is {given}, which has {given.rank}",
        (0,),
        None,
        help,
    )


def test_unknown_sizes():
    images = TensorSpec((BATCH, 5, None, 9, 3))
    assert refusal(layer(), images) == (
        codes.UNKNOWN_SIZE,
        "{node} needs to know the size of its images to make its states",
        "{0} is (batch, 5, None, 9, 3)",
        (0,),
        None,
        (
            "give the sizes in the input's `shape`, or bring all images to one size: "
            "`TimeDistributed` with `{type: Resizing, height: …, width: …}`"
        ),
    )
    assert refusal(layer(), TensorSpec((BATCH, 5, 8, 9, None)))[0] == codes.UNKNOWN_SIZE


def test_a_kernel_larger_than_the_image():
    images = TensorSpec((BATCH, 5, 8, 2, 3))
    assert refusal(layer(), images)[1:] == (
        "the window of {node} is larger than its input on axis 2",
        "{0} is (batch, 8, 2, 3): 2 is less than the window's 3",
        (0,),
        "kernel_size",
        "`padding: same`, or a smaller `kernel_size`",
    )


def test_integers():
    found = refusal(layer(), TensorSpec((BATCH, 5, 8, 9, 3), "uint8"))
    assert found[:2] == (
        codes.WRONG_DTYPE,
        "{node} computes in floating point, and its input does not",
    )


def test_initial_state():
    right, wrong = TensorSpec((BATCH, 6, 7, 4)), TensorSpec((BATCH, 8, 9, 4))
    layer().infer(IMAGES, initial_state=[right, right])
    assert refusal(layer(), IMAGES, initial_state=[right, wrong])[:3] == (
        codes.SHAPE_MISMATCH,
        "a state that {node} is given is not (batch, 6, 7, 4), as its own are",
        "{2} is (batch, 8, 9, 4): 6 and 8 must be equal",
    )


def test_strides_with_dilation():
    assert complaint("ConvLSTM1D", filters=2, kernel_size=2, strides=2, dilation_rate=3) == (
        codes.CONFLICTING_ARGUMENTS,
        ("dilation_rate",),
        "is 3 beside `strides` of 2: only one of them may exceed 1",
        "set `strides: 1`, or `dilation_rate: 1`",
    )


def test_orthogonal_weights_in_bfloat16():
    found = complaint("ConvLSTM1D", filters=2, kernel_size=2, dtype="bfloat16")
    assert found[1:3] == (
        ("dtype",),
        "is bfloat16, in which TensorFlow cannot make the weights of `orthogonal`",
    )
