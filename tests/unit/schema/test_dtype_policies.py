"""A layer's `dtype` in the schema: a name, or the object that has the name."""

import pytest

from tests.unit.schema.reading import passes, value_of

GRAPH = """
layergraph: 1
inputs: {{x: {{shape: [4]}}}}
layers:
  y: {{type: Dense, from: x, units: 2, dtype: {dtype}}}
  z: {{type: Flatten, from: y, dtype: {dtype}}}
outputs: {{z: {{from: z}}}}
"""


@pytest.mark.parametrize(
    "dtype",
    [
        "mixed_float16",
        "null",
        '"${2}"',
        "{type: DTypePolicy, name: float64}",
        "{type: DTypePolicy}",
    ],
)
def test_what_a_dtype_may_be(dtype):
    assert passes(value_of(GRAPH.format(dtype=dtype)))


@pytest.mark.parametrize(
    "dtype",
    [
        *("float31", "int8_from_float32", "{name: float64}", "{type: DTypePolicy, name: float31}"),
        *("{type: QuantizedDTypePolicy, mode: int8}", "{type: DTypePolicy, mode: int8}"),
    ],
)
def test_what_it_may_not_be(dtype):
    assert not passes(value_of(GRAPH.format(dtype=dtype)))
