"""Convolutions against Keras, over drawn arguments and shapes.

Integers are not drawn as inputs: `test_integer_inputs.py` is about them.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.parity.against_keras import compare, spec
from tests.parity.draws import FORMATS, PADDINGS, POLICIES, laid_out, mostly, shapes, windows

FLOATS = st.sampled_from(["float32", "float16"])
LARGEST = st.sampled_from([1, 2, 3, 4, 6])
MANY = settings(max_examples=80)


def common(axes):
    return {
        "strides": windows(axes, most=3),
        "dilation_rate": mostly(st.just(1), windows(axes, most=3)),
        "padding": PADDINGS,
        "data_format": FORMATS,
        "use_bias": st.booleans(),
        "activation": st.sampled_from(["relu", "softmax"]),
        "trainable": st.booleans(),
        "dtype": POLICIES,
    }


@pytest.mark.parametrize("axes", [1, 2, 3])
@MANY
@given(data=st.data())
def test_full(axes, data):
    optional = common(axes) | {
        "groups": st.sampled_from([1, 1, 2, 3]),
        "lora_rank": LARGEST,
    }
    if axes == 1:
        optional["padding"] = st.sampled_from(["valid", "same", "causal"])
    required = {"filters": LARGEST, "kernel_size": windows(axes)}
    arguments = data.draw(st.fixed_dictionaries(required, optional=optional))
    shape = laid_out(data.draw(shapes(axes)), arguments)
    compare(f"Conv{axes}D", arguments, spec(*shape, dtype=data.draw(FLOATS)))


@given(filters=LARGEST, groups=st.integers(1, 4), channels=LARGEST)
def test_groups(filters, groups, channels):
    arguments = {"filters": filters, "groups": groups, "kernel_size": 2}
    compare("Conv1D", arguments, spec(5, channels))


@pytest.mark.parametrize("axes", [1, 2])
@MANY
@given(data=st.data())
def test_depthwise(axes, data):
    optional = common(axes) | {"depth_multiplier": mostly(st.integers(1, 3), st.just(0))}
    required = {"kernel_size": windows(axes)}
    arguments = data.draw(st.fixed_dictionaries(required, optional=optional))
    shape = laid_out(data.draw(shapes(axes)), arguments)
    compare(f"DepthwiseConv{axes}D", arguments, spec(*shape, dtype=data.draw(FLOATS)))


@pytest.mark.parametrize("axes", [1, 2])
@MANY
@given(data=st.data())
def test_separable(axes, data):
    optional = common(axes) | {"depth_multiplier": mostly(st.integers(1, 3), st.just(0))}
    required = {"filters": LARGEST, "kernel_size": windows(axes)}
    arguments = data.draw(st.fixed_dictionaries(required, optional=optional))
    shape = laid_out(data.draw(shapes(axes)), arguments)
    compare(f"SeparableConv{axes}D", arguments, spec(*shape, dtype=data.draw(FLOATS)))


@pytest.mark.parametrize("axes", [1, 2, 3])
@MANY
@given(data=st.data())
def test_transposed(axes, data):
    optional = common(axes) | {"output_padding": windows(axes, most=1, least=0)}
    required = {"filters": LARGEST, "kernel_size": windows(axes)}
    arguments = data.draw(st.fixed_dictionaries(required, optional=optional))
    # Of an axis of size 1, `same` with an even kernel and no output padding leaves nothing, which
    # Keras calls a size of 0 and we refuse; the errors' tests have it.
    shape = laid_out(data.draw(shapes(axes, least=2)), arguments)
    compare(f"Conv{axes}DTranspose", arguments, spec(*shape, dtype=data.draw(FLOATS)))
