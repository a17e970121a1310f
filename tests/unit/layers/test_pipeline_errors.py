"""What a pipeline says of layers that do not follow one another."""

import pytest

from layergraph.diagnostics import codes
from tests.unit.layers.mistakes import complaint, refusal, spec
from tests.unit.layers.refusals import complaint as complaint_about


def test_no_layers():
    assert complaint("Pipeline", {"layers": []})[:3] == (
        ("layers",),
        "out-of-range",
        "must name at least one layer",
    )


def test_layers_of_several_tensors():
    assert complaint_about("Pipeline", layers=["Identity", "Add"])[:3] == (
        codes.NOT_A_CHOICE,
        ("layers", 1),
        "must be a layer of one tensor, not `Add`",
    )


def test_arguments_of_the_layers_are_checked():
    found = complaint("Pipeline", {"layers": [{"type": "Dense", "units": 0}]})
    assert found[0] == ("layers", 0, "units")


@pytest.mark.parametrize("argument", ["trainable", "dtype"])
def test_arguments_that_keras_does_not_take(argument):
    found = complaint("Pipeline", {"layers": ["Identity"], argument: None})
    assert found[:2] == ((argument,), "unknown-argument")


def test_shapes():
    layers = ["Flatten", {"type": "LSTM", "units": 2}]
    assert refusal("Pipeline", {"layers": layers}, spec(4, 3))[0] == "wrong-rank"
    states = {"type": "LSTM", "units": 2, "return_state": True}
    assert refusal("Pipeline", {"layers": [states, "Flatten"]}, spec(4, 3)) == (
        "argument-misfit",
        "{node} cannot go on after a layer that gives several tensors",
        "`LSTM` gives 3",
        "layers",
        None,
    )
    window = {"type": "MaxPooling1D", "pool_size": 9}
    assert refusal("Pipeline", {"layers": [window]}, spec(4, 3))[3] == "layers"


def test_a_mask_goes_to_the_first_layer():
    arguments = {"layers": [{"type": "LSTM", "units": 2}]}
    mask = spec(5, dtype="bool")
    assert refusal("Pipeline", arguments, spec(4, 3), mask=mask)[0] == "shape-mismatch"
