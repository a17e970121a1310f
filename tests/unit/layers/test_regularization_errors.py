"""What the layers that regularize say of mistakes."""

from tests.unit.layers.mistakes import complaint, refusal, spec


def test_noise_that_does_not_fit():
    """Keras looks only in training."""
    for noise, shown in [([None, 1], "[null, 1]"), ([None, 2, 3], "[null, 2, 3]")]:
        for name in ("Dropout", "AlphaDropout"):
            assert refusal(name, {"rate": 0.5, "noise_shape": noise}, spec(4, 3)) == (
                "argument-misfit",
                "`noise_shape` of {node} does not fit its input",
                f"{{0}} is (batch, 4, 3), the noise {shown}",
                "noise_shape",
                "give 3 sizes, the batch first: null for the input's own, 1 to share",
            )


def test_rates():
    """A rate of 1 divides by zero in training, in the layers that keep the variance."""
    assert complaint("Dropout", {"rate": 1.5})[0] == ("rate",)
    assert complaint("AlphaDropout", {"rate": 1})[1] == "less_than"
    assert complaint("GaussianDropout", {"rate": 1.0})[1] == "less_than"
    assert complaint("Dropout", {"rate": True})[1] == "float_type"


def test_arguments_that_keras_does_not_take_here():
    assert complaint("SpatialDropout1D", {"rate": 0.5, "trainable": True}) == (
        ("trainable",),
        "unknown-argument",
        "is no argument of `SpatialDropout1D`",
        "it may have `dtype`, `rate`, `seed`",
    )
    assert complaint("ActivityRegularization", {"activity_regularizer": "l2"})[1] == (
        "unknown-argument"
    )


def test_wrong_rank_and_strings():
    assert refusal("SpatialDropout2D", {"rate": 0.5}, spec(4, 3))[4] == (
        "add a channel axis: Reshape to [4, 3, 1]"
    )
    assert refusal("GaussianNoise", {"stddev": 0.5}, spec(3, dtype="string"))[0] == "wrong-dtype"
