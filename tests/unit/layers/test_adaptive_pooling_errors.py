"""What adaptive pooling says of tensors and sizes that do not fit."""

from tests.unit.layers.mistakes import complaint, infer, refusal, spec


def test_ranks():
    assert refusal("AdaptiveMaxPooling2D", {"output_size": 3}, spec(8, 8)) == (
        "wrong-rank",
        "{node} needs a tensor of 4 axes (batch, height, width, channels)",
        "{0} is (batch, 8, 8), which has 3",
        None,
        "add a channel axis: Reshape to [8, 8, 1]",
    )


def test_dtypes():
    for name in ("AdaptiveAveragePooling1D", "AdaptiveMaxPooling3D"):
        axes = int(name[-2])
        tensor = spec(*[8] * axes, 2, dtype="int32")
        assert refusal(name, {"output_size": 3}, tensor)[0] == "wrong-dtype"
    assert refusal("AdaptiveMaxPooling1D", {"output_size": 3}, spec(8, 2, dtype="bool")) == (
        "wrong-dtype",
        "{node} compares numbers, and is called on truth values",
        "{0} is bool",
        None,
        "make numbers of them first, with `ops.cast`",
    )


def test_sizes():
    assert complaint("AdaptiveMaxPooling2D", {"output_size": 0})[:3] == (
        ("output_size",),
        "out-of-range",
        "must be at least 1, not 0",
    )
    assert complaint("AdaptiveMaxPooling2D", {"output_size": [1, 2, 3]})[2] == (
        "must be one whole number or a list of 2, not of 3"
    )
    assert infer("AdaptiveMaxPooling1D", {"output_size": 9}, spec(8, 2)) == spec(9, 2)


def test_unknown_sizes():
    assert refusal("AdaptiveAveragePooling2D", {"output_size": 3}, spec(8, None, 2)) == (
        "unknown-size",
        "{node} needs to know the sizes in space to make its windows",
        "{0} is (batch, 8, None, 2)",
        None,
        "give the sizes in the input's `shape`, or put `Resizing` before {node}",
    )
    assert refusal("AdaptiveMaxPooling1D", {"output_size": 3}, spec(None, 2))[0] == "unknown-size"


def test_the_largest_of_a_whole_axis():
    """With it Keras ends the process, by a floating-point exception."""
    assert refusal("AdaptiveMaxPooling2D", {"output_size": 1}, spec(8, 8, 2)) == (
        "argument-misfit",
        "{node} cannot take the largest of a whole axis, nor of an axis of size 1",
        "{0} is (batch, 8, 8, 2): TensorFlow would divide by zero, and end",
        "output_size",
        "`GlobalMaxPooling2D`, with `keepdims: true`",
    )
    assert refusal("AdaptiveMaxPooling1D", {"output_size": 3}, spec(1, 2))[4] == (
        "`MaxPooling` takes windows of any size"
    )
