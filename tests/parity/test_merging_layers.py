"""Merging layers where Keras declares something else than it computes."""

from layergraph.layers.concatenate import Concatenate
from tests.parity.against_keras import spec


def test_strings_are_joined_into_strings():
    """Keras declares float32, and gives strings."""
    layer = Concatenate.model_validate({})
    assert layer.infer([spec(2, dtype="string"), spec(3, dtype="string")]) == spec(
        5, dtype="string"
    )
