"""What activations say of mistakes."""

from tests.unit.layers.mistakes import complaint, infer, refusal, spec


def test_slopes_along_an_unknown_axis():
    assert refusal("PReLU", {}, spec(None, 3)) == (
        "unknown-size",
        "{node} needs to know the size of axis 1 to make its weights",
        "{0} is (batch, None, 3)",
        None,
        "share the slope along that axis: `shared_axes: [1]`",
    )


def test_slopes_shared_along_no_axis():
    """Keras shares along the last axis for 0, and along the one before it for -1."""
    for axis in (0, -1, 3):
        assert refusal("PReLU", {"shared_axes": [axis]}, spec(4, 3)) == (
            "argument-misfit",
            f"{{node}} cannot share its slope along axis {axis}",
            "{0} is (batch, 4, 3)",
            "shared_axes",
            "name axes from 1, the first after the batch, to 2",
        )


def test_softmax_along_no_axis():
    """Keras looks only when data comes."""
    assert refusal("Softmax", {"axis": 3}, spec(4, 3))[:2] == (
        "argument-misfit",
        "`axis` of {node} is 3, and its input has no such axis",
    )


def test_a_mask_that_does_not_fit():
    """Keras looks only when data comes."""
    for mask in (spec(5, 3), spec(4, 3, 1)):
        assert refusal("Softmax", {}, spec(4, 3), mask=mask) == (
            "shape-mismatch",
            "the mask of {node} does not fit its input",
            f"{{1}} is {mask}, and {{0}} is (batch, 4, 3)",
            None,
            "each size of the mask has to be 1 or the input's own",
        )
    assert infer("Softmax", {}, spec(4, 3), mask=spec(1, 3)) == spec(4, 3)


def test_integers_and_strings():
    assert refusal("Softmax", {}, spec(4, dtype="int32"))[0] == "wrong-dtype"
    assert refusal("ReLU", {}, spec(4, dtype="string"))[0] == "wrong-dtype"


def test_negative_slopes():
    assert complaint("LeakyReLU", {"negative_slope": -1})[0] == ("negative_slope",)
