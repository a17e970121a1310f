"""Layers that normalize against Keras, on what is drawn too rarely."""

import pytest

from tests.parity.against_keras import compare, spec


@pytest.mark.parametrize("name", ["LayerNormalization", "RMSNormalization"])
@pytest.mark.parametrize("axis", [[1, 2], [2, 1], [1, -1], [-1, 1], [3, -2]])
def test_the_order_of_axes(name, axis):
    """Keras sorts them as they were given, so that -1 comes before 1."""
    assert compare(name, {"axis": axis}, spec(2, 3, 4)) == "same"
