"""Calls of convolutions.

Integers are not drawn as inputs: `test_integer_inputs.py` is about them.
"""

from hypothesis import strategies as st

from tests.parity.against_keras import spec
from tests.parity.draws import FORMATS, PADDINGS, POLICIES, laid_out, mostly, shapes, windows
from tests.parity.layer_calls import LayerCall

FLOATS = st.sampled_from(["float32", "float16"])
LARGEST = st.sampled_from([1, 2, 3, 4, 6])
MULTIPLIER = mostly(st.integers(1, 3), st.just(0))


@st.composite
def convolution(draw, axes, required, optional, least=1):
    common = {
        "strides": windows(axes, most=3),
        "dilation_rate": mostly(st.just(1), windows(axes, most=3)),
        "padding": PADDINGS,
        "data_format": FORMATS,
        "use_bias": st.booleans(),
        "activation": st.sampled_from(["relu", "softmax"]),
        "trainable": st.booleans(),
        "dtype": POLICIES,
    }
    required = {"kernel_size": windows(axes), **required}
    arguments = draw(st.fixed_dictionaries(required, optional=common | optional))
    shape = laid_out(draw(shapes(axes, least=least)), arguments)
    return LayerCall(arguments, (spec(*shape, dtype=draw(FLOATS)),), masked=draw(st.booleans()))


def full(axes):
    optional = {"groups": st.sampled_from([1, 1, 2, 3]), "lora_rank": LARGEST}
    if axes == 1:
        optional["padding"] = st.sampled_from(["valid", "same", "causal"])
    return convolution(axes, {"filters": mostly(LARGEST, st.integers(-1, 8))}, optional)


def depthwise(axes):
    return convolution(axes, {}, {"depth_multiplier": MULTIPLIER})


def separable(axes):
    return convolution(axes, {"filters": LARGEST}, {"depth_multiplier": MULTIPLIER})


def transposed(axes):
    # Of an axis of size 1, `same` with an even kernel and no output padding leaves nothing, which
    # Keras calls a size of 0 and we refuse; the errors' tests have it.
    optional = {"output_padding": windows(axes, most=1, least=0)}
    return convolution(axes, {"filters": LARGEST}, optional, least=2)


CALLS = {
    **{f"Conv{axes}D": full(axes) for axes in (1, 2, 3)},
    **{f"DepthwiseConv{axes}D": depthwise(axes) for axes in (1, 2)},
    **{f"SeparableConv{axes}D": separable(axes) for axes in (1, 2)},
    **{f"Conv{axes}DTranspose": transposed(axes) for axes in (1, 2, 3)},
}
