"""Layers that normalize against Keras, over drawn arguments and shapes."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.parity.against_keras import compare, spec

SHAPES = st.lists(st.sampled_from([1, 2, 3, 4, 6, None]), max_size=3)
AXIS = st.sampled_from([-1, -1, 1, 1, 2, -2, 0, 3, -3, 4, -4])
AXES = AXIS | st.lists(AXIS, min_size=1, max_size=3)
# Twice as many examples: about half of what is drawn fits.
MANY = settings(max_examples=2 * settings.default.max_examples)
DTYPES = st.sampled_from(["float32", "float16", "int32"])
COMMON = {
    "trainable": st.just(True),
    "dtype": st.sampled_from(["float16", "mixed_bfloat16", "float64"]),
    "epsilon": st.sampled_from([0, 1e-3, 0.5]),
}
AFFINE = {**COMMON, "center": st.booleans(), "scale": st.booleans()}


def without_repeats(axes, rank):
    """Keras takes an axis twice, and fails when it runs."""
    found = [axis % rank for axis in ([axes] if isinstance(axes, int) else axes)]
    return len(set(found)) == len(found)


@MANY
@given(
    arguments=st.fixed_dictionaries(
        {},
        optional={
            "axis": AXIS,
            "momentum": st.sampled_from([0, 0.5, 1]),
            "renorm": st.booleans(),
            "renorm_clipping": st.dictionaries(
                st.sampled_from(["rmin", "rmax", "dmax"]), st.integers(0, 2)
            ),
            **AFFINE,
        },
    ),
    shape=SHAPES,
    dtype=DTYPES,
    masked=st.booleans(),
)
def test_batch_normalization(arguments, shape, dtype, masked):
    clipping = arguments.get("renorm_clipping", {})
    # Keras looks at the limits with `renorm` alone.
    assume(arguments.get("renorm") or clipping.get("rmax", 9) >= clipping.get("rmin", 0))
    named = {"mask": spec(*shape[:-1], dtype="bool")} if masked and shape else {}
    compare("BatchNormalization", arguments, spec(*shape, dtype=dtype), **named)


@MANY
@given(
    arguments=st.fixed_dictionaries({}, optional={"axis": AXES, **AFFINE}),
    shape=SHAPES,
    dtype=DTYPES,
)
def test_layer_normalization(arguments, shape, dtype):
    assume(without_repeats(arguments.get("axis", -1), len(shape) + 1))
    compare("LayerNormalization", arguments, spec(*shape, dtype=dtype))


@MANY
@given(
    arguments=st.fixed_dictionaries(
        {"groups": st.sampled_from([1, 2, 3, -1, 0, -2])}, optional={"axis": AXIS, **AFFINE}
    ),
    shape=SHAPES | SHAPES.map(lambda shape: [*shape[:2], 6]),
    dtype=DTYPES,
)
def test_group_normalization(arguments, shape, dtype):
    compare("GroupNormalization", arguments, spec(*shape, dtype=dtype))


@MANY
@given(
    arguments=st.fixed_dictionaries({}, optional={"axis": AXES, "dtype": COMMON["dtype"]}),
    shape=SHAPES,
)
@pytest.mark.parametrize("name", ["UnitNormalization", "RMSNormalization"])
def test_norms(name, arguments, shape):
    assume(without_repeats(arguments.get("axis", -1), len(shape) + 1))
    compare(name, arguments, spec(*shape))


@pytest.mark.parametrize("name", ["LayerNormalization", "RMSNormalization"])
@pytest.mark.parametrize("axis", [[1, 2], [2, 1], [1, -1], [-1, 1], [3, -2]])
def test_the_order_of_axes(name, axis):
    """Keras sorts them as they were given, so that -1 comes before 1."""
    assert compare(name, {"axis": axis}, spec(2, 3, 4)) == "same"
