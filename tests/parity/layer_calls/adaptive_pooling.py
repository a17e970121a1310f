"""Calls of adaptive pooling.

Keras looks at the rank only when it computes, so that all ranks are right here; and at sizes of 0
never.
"""

from hypothesis import strategies as st

from tests.parity.against_keras import spec
from tests.parity.draws import FORMATS, POLICIES, laid_out, windows
from tests.parity.layer_calls import LayerCall

FLOATS = st.sampled_from(["float32", "float16", "float64"])
NUMBERS = st.sampled_from(["float32", "float16", "int32", "uint8"])
SIZE = st.none() | st.integers(1, 8)


@st.composite
def adaptive(draw, axes, dtypes):
    arguments = draw(
        st.fixed_dictionaries(
            {"output_size": windows(axes, most=9)},
            optional={"data_format": FORMATS, "trainable": st.booleans(), "dtype": POLICIES},
        )
    )
    shape = [draw(SIZE) for _ in range(axes + 1)]
    tensor = spec(*laid_out(shape, arguments), dtype=draw(dtypes))
    return LayerCall(arguments, (tensor,), masked=draw(st.booleans()))


CALLS = {
    **{f"AdaptiveAveragePooling{axes}D": adaptive(axes, FLOATS) for axes in (1, 2, 3)},
    # TensorFlow has no whole numbers in three axes.
    **{f"AdaptiveMaxPooling{axes}D": adaptive(axes, NUMBERS) for axes in (1, 2)},
    "AdaptiveMaxPooling3D": adaptive(3, FLOATS),
}
