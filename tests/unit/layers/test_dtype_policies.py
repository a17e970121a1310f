"""A layer's `dtype` as an object, and the policies of quantized layers."""

import pytest

from layergraph.layers.catalog import LAYERS
from tests.unit.layers.mistakes import complaint

REASON = "a graph file describes a model before it is quantized, by Keras' own `model.quantize`"


@pytest.mark.parametrize("name", ["Dense", "Flatten"])
@pytest.mark.parametrize("policy", ["DTypePolicy", "FloatDTypePolicy"])
def test_an_object_is_its_name(name, policy):
    units = {"units": 2} if name == "Dense" else {}
    dtype = {"type": policy, "name": "mixed_float16"}
    layer = LAYERS.find(name).checked(units | {"dtype": dtype})
    assert layer == LAYERS.find(name).checked(units | {"dtype": "mixed_float16"})
    assert (layer.compute_dtype, layer.variable_dtype) == ("float16", "float32")
    assert LAYERS.find(name).checked(units | {"dtype": {"type": policy}}).dtype is None


@pytest.mark.parametrize("policy", ["int8_from_float32", "int4/128_from_float32", "gptq/4/128"])
def test_names_of_quantized_policies(policy):
    assert complaint("Dense", {"units": 2, "dtype": policy}) == (
        ("dtype",),
        "refused-type",
        f"is `{policy}`: {REASON}",
        None,
    )


def test_quantized_policies():
    for policy in ("QuantizedDTypePolicy", "GPTQDTypePolicy"):
        dtype = {"type": policy, "mode": "int8"}
        assert complaint("Dense", {"units": 2, "dtype": dtype})[:3] == (
            ("dtype", "type"),
            "refused-type",
            f"is `{policy}`: {REASON}",
        )


def test_other_mistakes():
    wrong = {"type": "DTypePolicy", "name": "float31"}
    assert complaint("Dense", {"units": 2, "dtype": wrong})[0] == ("dtype", "name")
    # To Keras the string is the beginning of a quantized policy's name.
    assert complaint("Flatten", {"dtype": "int8"})[0] == ("dtype",)
