"""Layers that regularize against Keras, over drawn arguments and shapes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.parity.against_keras import compare, spec
from tests.parity.draws import DTYPES, FORMATS, POLICIES, SIZES, laid_out, mostly, shapes

ANY_SHAPE = st.lists(mostly(SIZES, st.none()), max_size=4)
# 1 is left out: Keras takes it, and divides by zero in training for two of the layers.
RATE = mostly(st.sampled_from([0, 0.0, 0.3, 0.9]), st.sampled_from([-0.1, 1.5]))
FACTOR = st.sampled_from([0, 0.0, 0.1, 2.0, -0.1])
BASE = {"dtype": POLICIES, "trainable": st.booleans(), "seed": st.integers(0, 2**31)}
TRAINING = st.fixed_dictionaries({}, optional={"training": st.none() | st.booleans()})


@pytest.mark.parametrize("name", ["Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise"])
@given(data=st.data())
def test_noise(name, data):
    rate = "stddev" if name == "GaussianNoise" else "rate"
    arguments = data.draw(st.fixed_dictionaries({rate: RATE}, optional=BASE))
    inputs = spec(*data.draw(ANY_SHAPE), dtype=data.draw(DTYPES))
    compare(name, arguments, inputs, call=data.draw(TRAINING))


@pytest.mark.parametrize("name", ["Dropout", "AlphaDropout"])
@given(data=st.data())
def test_noise_shape(name, data):
    """One that does not fit is in the errors' tests: Keras finds it only in training."""
    shape = data.draw(ANY_SHAPE)
    noise = [None, *[data.draw(st.sampled_from([1, None, size])) for size in shape]]
    compare(name, {"rate": 0.2, "noise_shape": noise}, spec(*shape))


@pytest.mark.parametrize("axes", [1, 2, 3])
@given(data=st.data())
def test_spatial_dropout(axes, data):
    optional = {"dtype": POLICIES, "seed": st.integers(0, 9)}
    if axes > 1:
        optional["data_format"] = FORMATS
    odd = st.sampled_from(["trainable", "autocast"])
    arguments = data.draw(st.fixed_dictionaries({"rate": RATE}, optional=optional))
    arguments |= data.draw(mostly(st.just({}), st.builds(lambda name: {name: True}, odd)))
    shape = laid_out(data.draw(shapes(axes)), arguments)
    inputs = spec(*shape, dtype=data.draw(DTYPES))
    compare(f"SpatialDropout{axes}D", arguments, inputs, call=data.draw(TRAINING))


@given(
    st.fixed_dictionaries({}, optional={"l1": FACTOR, "l2": FACTOR, "dtype": POLICIES}),
    ANY_SHAPE,
    DTYPES,
)
def test_activity_regularization(arguments, shape, dtype):
    compare("ActivityRegularization", arguments, spec(*shape, dtype=dtype))
