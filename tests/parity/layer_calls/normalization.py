"""Calls of layers that normalize."""

from hypothesis import strategies as st

from tests.parity.against_keras import spec
from tests.parity.layer_calls import LayerCall

SHAPES = st.lists(st.sampled_from([1, 2, 3, 4, 6, None]), max_size=3)
AXIS = st.sampled_from([-1, -1, -1, 1, 1, 2, -2, 0, 3, -3, 4, -4])
AXES = AXIS | AXIS | st.lists(AXIS, min_size=1, max_size=3)
DTYPES = st.sampled_from(["float32", "float16", "int32"])
DTYPE = {"dtype": st.sampled_from(["float16", "mixed_bfloat16", "float64"])}
EPSILON = {"epsilon": st.sampled_from([0, 1e-3, 0.5])}
AFFINE = DTYPE | EPSILON | {"center": st.booleans(), "scale": st.booleans()}
STATISTICS = st.none() | st.just(2) | st.lists(st.integers(1, 3), min_size=1, max_size=3)


def names_axes_once(call):
    """Keras takes an axis twice, and fails when it runs."""
    axes = call.arguments.get("axis", -1)
    rank = call.tensors[0].rank
    listed = [] if axes is None else [axes] if isinstance(axes, int) else axes
    return len({axis % rank for axis in listed}) == len(listed)


@st.composite
def normalized(draw, optional, required=None, shapes=SHAPES, dtypes=DTYPES):
    arguments = draw(st.fixed_dictionaries(required or {}, optional=optional))
    inputs = spec(*draw(shapes), dtype=draw(dtypes))
    return LayerCall(arguments, (inputs,), masked=draw(st.booleans()))


@st.composite
def in_batches(draw):
    clipping = st.dictionaries(st.sampled_from(["rmin", "rmax", "dmax"]), st.integers(0, 2))
    optional = AFFINE | {
        "axis": AXIS,
        "momentum": st.sampled_from([0, 0.5, 1]),
        "renorm": st.booleans(),
        "renorm_clipping": clipping,
        "renorm_momentum": st.sampled_from([0, 0.5, 1]),
        "synchronized": st.just(False),
    }
    call = draw(normalized(optional))
    (inputs,) = call.tensors
    if inputs.rank > 1 and draw(st.booleans()):
        mask = spec(*inputs.shape[1:-1], dtype="bool")
        return call._replace(named={"mask": mask}, masked=False)
    return call


def has_limits_in_order(call):
    """Keras looks at the limits with `renorm` alone."""
    limits = call.arguments.get("renorm_clipping", {})
    return call.arguments.get("renorm") or limits.get("rmax", 9) >= limits.get("rmin", 0)


@st.composite
def standardized(draw):
    call = draw(
        normalized(
            {"invert": st.booleans(), "dtype": st.sampled_from(["float16", "int32"])},
            required={"axis": AXES | st.none()},
            dtypes=st.sampled_from(["float32", "int32", "int64"]),
        )
    )
    statistics = draw(STATISTICS)
    given = {} if statistics is None else {"mean": statistics, "variance": statistics}
    given.pop(draw(st.sampled_from([None] * 4 + ["mean", "variance"])), None)
    return call._replace(arguments=call.arguments | given)


GROUPS = {"groups": st.sampled_from([1, 1, 2, 2, 3, -1, 0, -2])}
CALLS = {
    "BatchNormalization": in_batches().filter(has_limits_in_order),
    "LayerNormalization": normalized(AFFINE | {"axis": AXES}).filter(names_axes_once),
    "GroupNormalization": normalized(
        AFFINE | {"axis": AXIS}, GROUPS, SHAPES | SHAPES.map(lambda shape: [*shape[:2], 6])
    ),
    "UnitNormalization": normalized(DTYPE | {"axis": AXES}).filter(names_axes_once),
    "RMSNormalization": normalized(DTYPE | EPSILON | {"axis": AXES}).filter(names_axes_once),
    # An axis named twice makes Keras fail, unless one number stands for all.
    "Normalization": standardized().filter(names_axes_once),
}
