"""Layers that move numbers about against Keras, over drawn arguments and shapes."""

import math

from hypothesis import given
from hypothesis import strategies as st

from tests.parity.against_keras import compare, spec
from tests.parity.draws import DTYPES, FORMATS, POLICIES, SIZES, mostly

ANY_SHAPE = st.lists(mostly(SIZES, st.none()), max_size=4)
ANY_DTYPE = DTYPES | st.just("string")
CAST = {"dtype": POLICIES | st.just("int32"), "autocast": st.booleans()}


@given(st.fixed_dictionaries({}, optional={"data_format": FORMATS} | CAST), ANY_SHAPE, ANY_DTYPE)
def test_flatten(arguments, shape, dtype):
    compare("Flatten", arguments, spec(*shape, dtype=dtype))


@st.composite
def reshapes(draw):
    """A shape and one to make of it: the same product, often with a -1, at times a misfit."""
    sizes = draw(st.lists(SIZES, max_size=4))
    target = draw(st.permutations(sizes))
    if target and draw(st.booleans()):
        target = [*target[2:], math.prod(target[:2])]
    if target and draw(st.booleans()):
        target[draw(st.integers(0, len(target) - 1))] = -1
    if draw(mostly(st.just(False), st.just(True))):
        target = [*target, draw(st.sampled_from([-2, -1, 2, 3]))]
    hidden = draw(mostly(st.just(()), st.sets(st.integers(0, 3), max_size=2)))
    return [None if axis in hidden else size for axis, size in enumerate(sizes)], target


@given(reshapes(), st.fixed_dictionaries({}, optional=CAST), ANY_DTYPE)
def test_reshape(shape_and_target, arguments, dtype):
    """Keras takes sizes of 0 too, and null for -1; no graph file needs them."""
    shape, target = shape_and_target
    outcome = compare("Reshape", arguments | {"target_shape": target}, spec(*shape, dtype=dtype))
    if None not in shape and target.count(-1) == 0:
        assert outcome == ("same" if math.prod(shape) == math.prod(target) else "refused")


@given(
    st.integers(0, 4).flatmap(lambda n: st.permutations(range(1, n + 1))),
    mostly(st.none(), st.lists(st.integers(-1, 3), max_size=3)),
    ANY_SHAPE,
    st.fixed_dictionaries({}, optional=CAST),
    ANY_DTYPE,
)
def test_permute(order, odd, shape, arguments, dtype):
    dims = order if odd is None else odd
    compare("Permute", arguments | {"dims": dims}, spec(*shape, dtype=dtype))
    fitting = [*shape, *[2] * len(dims)][: len(dims)]
    compare("Permute", arguments | {"dims": dims}, spec(*fitting, dtype=dtype))


@given(
    st.fixed_dictionaries({"n": st.integers(0, 5)}, optional={"dtype": POLICIES}),
    mostly(st.tuples(st.none() | SIZES), ANY_SHAPE),
    DTYPES,
)
def test_repeat_vector(arguments, shape, dtype):
    compare("RepeatVector", arguments, spec(*shape, dtype=dtype))
