"""Pooling against Keras, over drawn arguments and shapes.

Averages are not drawn over integers: `test_integer_inputs.py` is about them.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.parity.against_keras import compare, spec
from tests.parity.draws import (
    DTYPES,
    FORMATS,
    PADDINGS,
    POLICIES,
    laid_out,
    mostly,
    shapes,
    windows,
)

AXES = pytest.mark.parametrize("axes", [1, 2, 3])


@AXES
@settings(max_examples=120)
@given(data=st.data())
def test_sliding(axes, data):
    kind = data.draw(st.sampled_from(["Max", "Average"]))
    optional = {
        "strides": mostly(windows(axes), st.none() | windows(axes, most=0, least=0)),
        "padding": PADDINGS,
        "data_format": FORMATS,
        "dtype": POLICIES,
    }
    pool_size = {"pool_size": windows(axes)}
    if kind == "Average":
        drawn = st.fixed_dictionaries(pool_size, optional=optional)
    else:
        drawn = st.fixed_dictionaries({}, optional=optional | pool_size)
    arguments = data.draw(drawn)
    shape = laid_out(data.draw(shapes(axes)), arguments)
    dtype = data.draw(DTYPES) if kind == "Max" else "float16"
    compare(f"{kind}Pooling{axes}D", arguments, spec(*shape, dtype=dtype))


@AXES
@given(data=st.data())
def test_global(axes, data):
    name = f"Global{data.draw(st.sampled_from(['Max', 'Average']))}Pooling{axes}D"
    optional = {"keepdims": st.booleans(), "data_format": FORMATS, "dtype": POLICIES}
    arguments = data.draw(st.fixed_dictionaries({}, optional=optional))
    shape = laid_out(data.draw(shapes(axes)), arguments)
    compare(name, arguments, spec(*shape, dtype=data.draw(DTYPES)))


@given(data=st.data())
def test_global_average_with_a_mask(data):
    """Keras looks at no mask before data comes; one that cannot fit is in the errors' tests."""
    optional = {"keepdims": st.booleans(), "data_format": FORMATS}
    arguments = data.draw(st.fixed_dictionaries({}, optional=optional))
    steps = data.draw(st.none() | st.integers(1, 5))
    inputs = spec(*laid_out((steps, 3), arguments))
    mask = spec(data.draw(st.sampled_from([steps, None])), dtype="bool")
    compare("GlobalAveragePooling1D", arguments, inputs, mask=mask)
