"""Preprocessing layers against Keras, on what is drawn too rarely."""

import pytest

from layergraph.layers.string_lookup import StringLookup
from tests.parity.against_keras import compare, spec


def test_string_lookup_takes_no_autocast():
    assert compare("StringLookup", {"autocast": True}, spec(2, dtype="string")) == "refused"


@pytest.mark.parametrize("argument", ["trainable", "autocast"])
def test_discretization_takes_no_other_arguments(argument):
    arguments = {"num_bins": 3, argument: True}
    assert compare("Discretization", arguments, spec(2)) == "refused"


def test_an_inverted_lookup_gives_strings():
    """Keras declares int64, and gives strings."""
    layer = StringLookup.model_validate({"vocabulary": ["a"], "invert": True})
    assert layer.infer(spec(3, dtype="int64")) == spec(3, dtype="string")


@pytest.mark.parametrize("mode", ["int", "multi_hot"])
@pytest.mark.parametrize("special", [[], ["[UNK]"], ["", "[UNK]"], ["[UNK]", "[UNK]"]])
@pytest.mark.parametrize("mask_token", [None, ""])
@pytest.mark.parametrize("num_oov_indices", [0, 1, 2])
def test_vocabularies_with_their_special_tokens(mode, special, mask_token, num_oov_indices):
    arguments = {
        "vocabulary": [*special, "a", "b"],
        "mask_token": mask_token,
        "num_oov_indices": num_oov_indices,
        "output_mode": mode,
    }
    compare("StringLookup", arguments, spec(3, dtype="string"))
    compare("StringLookup", {**arguments, "max_tokens": 4}, spec(3, dtype="string"))


@pytest.mark.parametrize("mode", ["int", "multi_hot", "one_hot"])
@pytest.mark.parametrize("special", [[], ["[UNK]"], ["", "[UNK]"]])
def test_vocabularies_of_texts(mode, special):
    arguments = {"vocabulary": [*special, "a", "b"], "output_mode": mode}
    compare("TextVectorization", arguments, spec(1, dtype="string"))
