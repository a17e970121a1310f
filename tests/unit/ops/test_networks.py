"""Functions of networks, matrices, signals and images: names of sizes, and what is said."""

import pytest

from layergraph.tensors import Size, TensorSpec
from tests.unit.ops.calls import complaint, described, infer, refusal, spec

T = Size("time")
KERNEL = {"array": [[[[1.0] * 4] * 3] * 2] * 2, "dtype": "float32"}


def given(name, *tensors, **arguments):
    """The shapes that come out, as messages show them."""
    outputs = infer(name, *tensors, **arguments)
    return [str(output) for output in (outputs if isinstance(outputs, tuple) else (outputs,))]


@pytest.mark.parametrize(
    ("name", "arguments", "tensor", "shapes"),
    [
        ("max_pool", {"pool_size": 2}, spec(Size("n", 2), 3), ["(batch, n, 3)"]),
        ("average_pool", {"pool_size": 3, "strides": 1}, spec(T, 3), ["(batch, time-2, 3)"]),
        (
            "conv",
            {"kernel": KERNEL, "padding": "same"},
            spec(T, T, 3),
            ["(batch, time, time, 4)"],
        ),
        ("depthwise_conv", {"kernel": KERNEL}, spec(T, 5, 3), ["(batch, time-1, 4, 12)"]),
        ("depth_to_space", {"block_size": 2}, spec(T, 2, 8), ["(batch, 2*time, 4, 2)"]),
        ("space_to_depth", {"block_size": 2}, spec(Size("n", 2), 2, 3), ["(batch, n, 1, 12)"]),
        (
            "extract_sequences",
            {"sequence_length": 3, "sequence_stride": 1},
            spec(T),
            ["(batch, time-2, 3)"],
        ),
        ("rfft", {}, spec(Size("n", 2)), ["(batch, n+1)"] * 2),
        ("irfft", {}, [spec(T)] * 2, ["(batch, 2*time-2)"]),
        (
            "stft",
            {"sequence_length": 4, "sequence_stride": 2, "fft_length": 4},
            spec(Size("n", 2)),
            ["(batch, n+1, 3)"] * 2,
        ),
        (
            "istft",
            {"sequence_length": 4, "sequence_stride": 2, "fft_length": 4},
            [spec(T, 3)] * 2,
            ["(batch, 2*time-2)"],
        ),
        ("pinv", {}, spec(T, 3), ["(batch, 3, time)"]),
        (
            "svd",
            {"full_matrices": False},
            spec(5, 3),
            ["(batch, 5, 3)", "(batch, 3)", "(batch, 3, 3)"],
        ),
        ("inv", {}, spec(T, T), ["(batch, time, time)"]),
        (
            "image.pad_images",
            {"top_padding": 1, "bottom_padding": 2, "left_padding": 0, "target_width": 9},
            spec(T, 7, 3),
            ["(batch, time+3, 9, 3)"],
        ),
        ("image.extract_patches", {"size": 2}, spec(Size("n", 2), 6, 3), ["(batch, n, 3, 12)"]),
        ("image.sobel_edges", {}, spec(T, 7, 3), ["(batch, time, 7, 3, 2)"]),
    ],
)
def test_names_are_kept(name, arguments, tensor, shapes):
    assert given(name, tensor, **arguments) == shapes


def test_several_tensors():
    query, key, value = spec(T, 4, 8), spec(Size("s"), 2, 8), spec(Size("s"), 2, 8)
    assert given("dot_product_attention", query, key, value) == ["(batch, time, 4, 8)"]
    ids = TensorSpec((T,), "int32")
    data = TensorSpec((T, 4))
    assert given("segment_sum", data, ids, num_segments=5) == ["(5, 4)"]
    assert given("segment_sum", data, ids, sorted=True) == ["(None, 4)"]
    assert given("cdist", spec(T, 3), y=[[1.0, 2.0, 3.0]] * 4) == ["(batch, time, 4)"]


def test_multiply_adds():
    assert described("conv", kernel=KERNEL).multiply_adds(spec(5, 5, 3)) == 16 * 4 * 3 * 4
    assert described("conv", kernel=KERNEL).multiply_adds(spec(T, 5, 3)) is None
    assert described("depthwise_conv", kernel=KERNEL).multiply_adds(spec(5, 5, 3)) == 16 * 4 * 12
    pointwise = {"array": [[[[1.0] * 5] * 12]], "dtype": "float32"}
    separable = described("separable_conv", depthwise_kernel=KERNEL, pointwise_kernel=pointwise)
    assert separable.multiply_adds(spec(5, 5, 3)) == 16 * 12 * (4 + 5)
    attention = described("dot_product_attention")
    assert attention.multiply_adds(spec(7, 2, 4), spec(5, 2, 4), spec(5, 2, 4)) == 2 * 7 * 5 * 8


def said(*arguments, **named):
    """The code, the label, the argument and the help of a refusal."""
    code, _, label, _, argument, help = refusal(*arguments, **named)
    return code, label, argument, help


def test_windows():
    assert said("max_pool", spec(3, 8, 3), pool_size=4) == (
        "impossible-size",
        "{0} is (batch, 3, 8, 3): 3 is less than the window's 4",
        "pool_size",
        "`padding: same`, or a smaller `pool_size`",
    )
    assert said("max_pool", spec(3), pool_size=2)[0] == "wrong-rank"
    assert said("average_pool", spec(8, 8, 3), pool_size=[2, 2, 2])[1:] == (
        "{0} is (batch, 8, 8, 3)",
        "pool_size",
        "give a number for each axis, or one for all of them",
    )
    assert said("conv", spec(8, 8, 4), kernel=KERNEL) == (
        "shape-mismatch",
        "{0} is (batch, 8, 8, 4) and `kernel` is (2, 2, 3, 4): 4 and 3 must be equal",
        "kernel",
        "its last axis but one is that of the channels",
    )
    assert said("conv", spec(1, 8, 3), kernel=KERNEL)[0] == "impossible-size"
    assert said("conv", spec(8, 3), kernel=KERNEL)[0] == "wrong-rank"
    assert said("conv", spec(8, 8, 3), spec(2, 3, 4))[0] == "unknown-size"
    assert said("conv", spec(8, 8, 3), kernel=KERNEL, strides=2, dilation_rate=2)[2:] == (
        "dilation_rate",
        "set `strides: 1`, or `dilation_rate: 1`",
    )
    half = spec(8, 8, 3, dtype="float16")
    assert said("conv", half, kernel=KERNEL) == (
        "wrong-dtype",
        "{0} is float16 and `kernel` is float32",
        "kernel",
        "give the constant that dtype: `{array: […], dtype: float16}`",
    )
    assert said("conv", spec(8, 8, 3))[3] == (
        "name a tensor `kernel` in `from`, or give a constant: `kernel: …`"
    )


def test_divisions():
    assert said("depth_to_space", spec(4, 4, 6), block_size=2)[1:] == (
        "{0} is (batch, 4, 4, 6): 4 does not divide 6",
        "block_size",
        "give it a multiple of 4 channels",
    )
    assert said("space_to_depth", spec(5, 4, 3), block_size=2)[1] == (
        "{0} is (batch, 5, 4, 3): 2 does not divide 5"
    )
    assert said("dot_product_attention", spec(4, 6, 8), spec(4, 4, 8), spec(4, 4, 8)) == (
        "shape-mismatch",
        (
            "{0} is (batch, 4, 6, 8) and {1} is (batch, 4, 4, 8), which are "
            "(batch, steps, heads, features)"
        ),
        None,
        "give keys and values as many heads as the query: `ops.repeat` with `axis: 2`",
    )


def test_matrices():
    assert said("inv", spec(3, 4))[:2] == (
        "shape-mismatch",
        "{0} is (batch, 3, 4): 3 and 4 must be equal",
    )
    assert said("det", spec())[0] == "wrong-rank"
    assert said("qr", spec(None, 3))[0] == "unknown-size"
    half = spec(3, 3, dtype="float16")
    assert said("eigh", half)[3] == ("put a node of `ops.cast` with `dtype: float32` before {node}")
    assert said("solve", spec(3, 3), spec(4, 2))[1] == (
        "{0} is (batch, 3, 3) and {1} is (batch, 4, 2): 3 and 4 must be equal"
    )


def test_places():
    ids = TensorSpec((T,), "int32")
    assert said("segment_sum", spec(3), ids.with_dtype("float32"), num_segments=2)[1:] == (
        "{1} is float32, not one of int16, int32, int64",
        None,
        "put `ops.cast` with `dtype: int32` before {1}",
    )
    updates, places = spec(3), TensorSpec((Size("batch"), 1), "int32")
    assert infer("scatter_update", spec(3), places, updates) == spec(3)
    assert said("scatter_update", spec(4), places, updates)[1] == (
        "{1} is (batch, 4) and {2} is (batch, 3): 4 and 3 must be equal"
    )
    assert said("scatter", places.with_dims((Size("batch"), 3)), updates, shape=[5, 3])[1] == (
        "{0} is (batch, 3) and `shape` is (5, 3)"
    )
    assert said("slice_update", spec(4), spec(3), start_indices=[0, 2])[1:3] == (
        "{0} is (batch, 4): from 2 on, 2 are left for 3",
        "start_indices",
    )


def test_signals():
    arguments = {"sequence_length": 4, "sequence_stride": 2, "fft_length": 8}
    assert said("stft", spec(4), **arguments)[2:] == (
        "fft_length",
        "`center: false`, or a smaller `fft_length`",
    )
    assert said("istft", [spec(5, 4)] * 2, **arguments)[1:3] == (
        "{0} is (batch, 5, 4), which has 4",
        "fft_length",
    )
    assert said("fft", [spec(4)])[3] == "`ops.zeros_like` gives imaginary parts of 0"
    assert said("irfft", [spec(1)] * 2)[0] == "impossible-size"
    assert said("extract_sequences", spec(3), sequence_length=4, sequence_stride=1)[1] == (
        "{0} is (batch, 3): 3 is less than 4"
    )


def test_normalizations():
    x = spec(4, 3)
    vector = [1.0] * 3
    assert said("batch_normalization", x, axis=-1, mean=vector, variance=vector, offset=vector) == (
        "missing-call-argument",
        "",
        None,
        "give `scale` too: ones change nothing",
    )
    assert said("batch_normalization", x, axis=1, mean=vector, variance=vector)[1:3] == (
        "{0} is (batch, 4, 3) and `mean` is (3,): 4 and 3 must be equal",
        "mean",
    )
    assert said("layer_normalization", x, gamma=[1.0, 2.0])[0] == "shape-mismatch"
    assert said("layer_normalization", spec(4, T), gamma=vector)[0] == "unknown-size"
    assert said("layer_normalization", x, axis=[1, 2], gamma=vector)[0] == "wrong-rank"
    assert said("rms_normalization", x, scale=[1.0, 2.0])[2] == "scale"


def test_images():
    assert said("image.rgb_to_hsv", spec(4, 4, 1))[1] == "{0} is (batch, 4, 4, 1)"
    ten = {"left_padding": 0, "right_padding": 0}
    assert said("image.pad_images", spec(T, 4, 3), top_padding=1, target_height=9, **ten)[3] == (
        "give `bottom_padding` in the place of another one, or the size in the input's `shape`"
    )
    assert said("image.pad_images", spec(9, 4, 3), top_padding=1, target_height=9, **ten)[1:3] == (
        "{0} is (batch, 9, 4, 3): 9 and 1 are more than 9",
        "target_height",
    )
    assert said("image.ssim", spec(8, 8, 3), spec(8, 8, 3))[3] == "give a smaller `filter_size`"
    assert said("image.extract_patches", spec(8, 8, None), size=2)[0] == "unknown-size"


@pytest.mark.parametrize(
    ("name", "arguments", "found"),
    [
        (
            "segment_max",
            {},
            (
                ("num_segments",),
                "missing-argument",
                "is missing, which `ops.segment_max` needs unless the segments are sorted",
            ),
        ),
        (
            "segment_max",
            {"num_segments": 3, "sorted": True},
            (
                ("num_segments",),
                "conflicting-arguments",
                "cannot be combined with `sorted: true`",
            ),
        ),
        (
            "image.crop_images",
            {"top_cropping": 1, "left_cropping": 1, "right_cropping": 1},
            (
                ("bottom_cropping",),
                "missing-argument",
                (
                    "is missing, or another of `top_cropping`, `bottom_cropping`, `target_height`: "
                    "two are needed"
                ),
            ),
        ),
        (
            "image.crop_images",
            {"top_cropping": 1, "bottom_cropping": 1, "target_height": 3},
            (
                ("target_height",),
                "conflicting-arguments",
                "follows from `top_cropping` and `bottom_cropping`",
            ),
        ),
        (
            "stft",
            {"sequence_length": 9, "sequence_stride": 1, "fft_length": 8},
            (
                ("fft_length",),
                "conflicting-arguments",
                "must be at least `sequence_length`, 9, not 8",
            ),
        ),
        (
            "stft",
            {"sequence_length": 3, "sequence_stride": 1, "fft_length": 8, "window": [1, 2]},
            (
                ("window",),
                "conflicting-arguments",
                "must have `sequence_length` numbers, 3, not 2",
            ),
        ),
        (
            "image.gaussian_blur",
            {"sigma": 1.0},
            (("sigma",), "wrong-type", "must be a list of two numbers, not 1.0"),
        ),
        (
            "image.extract_patches_3d",
            {"size": [2, 2]},
            (
                ("size",),
                "out-of-range",
                "must be one whole number or a list of 3, not of 2",
            ),
        ),
    ],
)
def test_arguments(name, arguments, found):
    assert complaint(name, **arguments) == found
