"""Calls of adaptive pooling.

Keras looks at the rank and for unknown sizes only when it computes, so that all are right here; and
at sizes of 0 never. With an axis of size 1 the largest of it ends the process, when it computes.
"""

from hypothesis import strategies as st

from tests.parity.against_keras import spec
from tests.parity.draws import FORMATS, POLICIES, laid_out, windows
from tests.parity.layer_calls import LayerCall

FLOATS = st.sampled_from(["float32", "float16", "float64"])
NUMBERS = st.sampled_from(["float32", "float16", "int32", "uint8"])


@st.composite
def adaptive(draw, axes, dtypes, least=1):
    arguments = draw(
        st.fixed_dictionaries(
            {"output_size": windows(axes, most=9, least=least)},
            optional={"data_format": FORMATS, "trainable": st.booleans(), "dtype": POLICIES},
        )
    )
    shape = [*draw(st.lists(st.integers(least, 8), min_size=axes, max_size=axes))]
    shape.append(draw(st.none() | st.integers(1, 8)))
    tensor = spec(*laid_out(shape, arguments), dtype=draw(dtypes))
    return LayerCall(arguments, (tensor,), masked=draw(st.booleans()))


CALLS = {
    **{f"AdaptiveAveragePooling{axes}D": adaptive(axes, FLOATS) for axes in (1, 2, 3)},
    # TensorFlow has no whole numbers in three axes.
    **{f"AdaptiveMaxPooling{axes}D": adaptive(axes, NUMBERS, least=2) for axes in (1, 2)},
    "AdaptiveMaxPooling3D": adaptive(3, FLOATS, least=2),
}
