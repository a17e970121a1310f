"""What pooling says of mistakes."""

from tests.unit.layers.mistakes import complaint, refusal, spec


def test_wrong_rank():
    assert refusal("MaxPooling2D", {}, spec(8, 3))[0] == "wrong-rank"
    assert refusal("GlobalAveragePooling1D", {}, spec(8)) == (
        "wrong-rank",
        "{node} needs a tensor of 3 axes (batch, steps, channels)",
        "{0} is (batch, 8), which has 2",
        None,
        "add a channel axis: Reshape to [8, 1]",
    )


def test_a_window_larger_than_its_axis():
    assert refusal("MaxPooling2D", {"data_format": "channels_first"}, spec(3, 8, 1)) == (
        "impossible-size",
        "the window of {node} is larger than its input on axis 3",
        "{0} is (batch, 3, 8, 1): 1 is less than the window's 2",
        "pool_size",
        "`padding: same`, or a smaller `pool_size`",
    )


def test_integers_have_no_mean_in_a_window():
    assert refusal("AveragePooling1D", {"pool_size": 2}, spec(8, 2, dtype="int32"))[0] == (
        "wrong-dtype"
    )


def test_strings():
    assert refusal("GlobalMaxPooling1D", {}, spec(8, 2, dtype="string"))[0] == "wrong-dtype"


def test_a_mask_of_other_steps():
    """Keras looks only when data comes."""
    mask = spec(9, dtype="bool")
    assert refusal("GlobalAveragePooling1D", {}, spec(8, 3), mask=mask)[:3] == (
        "shape-mismatch",
        "the mask of {node} has not as many steps as its input",
        "{1} is (batch, 9): 8 and 9 must be equal",
    )


def test_no_strides_of_nothing():
    assert complaint("MaxPooling1D", {"strides": 0})[:3] == (
        ("strides",),
        "out-of-range",
        "must be at least 1, not 0",
    )
