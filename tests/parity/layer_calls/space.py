"""Calls of layers along axes in space or time: pooling, padding, cropping, upsampling."""

from hypothesis import strategies as st

from tests.parity.against_keras import spec
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
from tests.parity.layer_calls import LayerCall

AXES = (1, 2, 3)


def sides(axes):
    """What is added or taken at both sides of every axis, of each, or at each side."""
    size = mostly(st.integers(0, 3), st.just(-1))
    pair = st.lists(size, min_size=2, max_size=2)
    if axes == 1:
        return mostly(size | pair, st.lists(size, max_size=3))
    each = mostly(size | pair, st.lists(size, max_size=3))
    # Keras looks for negative padding in lists alone, and takes `padding: -1`, which then fails.
    alike = st.integers(0, 3)
    return mostly(alike | st.lists(each, min_size=axes, max_size=axes), st.lists(each, max_size=4))


@st.composite
def in_space(draw, axes, required, optional, dtypes=DTYPES, formats=True):
    own = {"dtype": POLICIES} | ({"data_format": FORMATS} if formats else {})
    arguments = draw(st.fixed_dictionaries(required, optional=own | optional))
    inputs = spec(*laid_out(draw(shapes(axes)), arguments), dtype=draw(dtypes))
    return LayerCall(arguments, (inputs,), masked=draw(st.booleans()))


def sliding(axes, kind):
    """Averages are not drawn over integers: `test_integer_inputs.py` is about them."""
    pool_size = {"pool_size": windows(axes)}
    optional = {
        "strides": mostly(windows(axes), st.none() | windows(axes, most=0, least=0)),
        "padding": PADDINGS,
    }
    if kind == "Max":
        return in_space(axes, {}, optional | pool_size)
    return in_space(axes, pool_size, optional, dtypes=st.sampled_from(["float32", "float16"]))


def upsampling(axes):
    own = {"size": st.integers(0, 4) if axes == 1 else windows(axes)}
    if axes == 2:
        own["interpolation"] = st.sampled_from(["nearest", "bilinear", "lanczos5"])
    return in_space(axes, {}, own, formats=axes > 1)


@st.composite
def averaged_over_time(draw):
    """Keras looks at no mask before data comes; one that cannot fit is in the errors' tests."""
    call = draw(in_space(1, {}, {"keepdims": st.booleans()}))
    (inputs,) = call.tensors
    if inputs.rank != 3 or not draw(st.booleans()):
        return call
    steps = inputs.shape[2 if call.arguments.get("data_format") == "channels_first" else 1]
    mask = spec(draw(st.sampled_from([steps, None])), dtype="bool")
    return call._replace(named={"mask": mask}, masked=False)


KEEPDIMS = {"keepdims": st.booleans()}
CALLS = {
    **{
        f"{kind}Pooling{axes}D": sliding(axes, kind) for kind in ("Max", "Average") for axes in AXES
    },
    **{f"GlobalMaxPooling{axes}D": in_space(axes, {}, KEEPDIMS) for axes in AXES},
    "GlobalAveragePooling1D": averaged_over_time(),
    **{f"GlobalAveragePooling{axes}D": in_space(axes, {}, KEEPDIMS) for axes in (2, 3)},
    **{f"ZeroPadding{axes}D": in_space(axes, {}, {"padding": sides(axes)}) for axes in AXES},
    **{
        f"Cropping{axes}D": in_space(axes, {}, {"cropping": sides(axes)}, formats=axes > 1)
        for axes in AXES
    },
    **{f"UpSampling{axes}D": upsampling(axes) for axes in AXES},
}
