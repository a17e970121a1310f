"""Padding, cropping and upsampling against Keras, over drawn arguments and shapes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.parity.against_keras import compare, spec
from tests.parity.draws import DTYPES, FORMATS, POLICIES, laid_out, mostly, shapes, windows

AXES = pytest.mark.parametrize("axes", [1, 2, 3])
MANY = settings(max_examples=100)


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


def optional(axes, *formatless):
    """The arguments that all of them have; some have no `data_format` along one axis."""
    return {"dtype": POLICIES} | ({} if axes in formatless else {"data_format": FORMATS})


@AXES
@MANY
@given(data=st.data())
def test_zero_padding(axes, data):
    arguments = data.draw(
        st.fixed_dictionaries({}, optional=optional(axes) | {"padding": sides(axes)})
    )
    shape = laid_out(data.draw(shapes(axes)), arguments)
    compare(f"ZeroPadding{axes}D", arguments, spec(*shape, dtype=data.draw(DTYPES)))


@AXES
@MANY
@given(data=st.data())
def test_cropping(axes, data):
    arguments = data.draw(
        st.fixed_dictionaries({}, optional=optional(axes, 1) | {"cropping": sides(axes)})
    )
    shape = laid_out(data.draw(shapes(axes)), arguments)
    compare(f"Cropping{axes}D", arguments, spec(*shape, dtype=data.draw(DTYPES)))


@AXES
@MANY
@given(data=st.data())
def test_upsampling(axes, data):
    own = {"size": st.integers(0, 4) if axes == 1 else windows(axes)}
    if axes == 2:
        own["interpolation"] = st.sampled_from(["nearest", "bilinear", "lanczos5"])
    arguments = data.draw(st.fixed_dictionaries({}, optional=optional(axes, 1) | own))
    shape = laid_out(data.draw(shapes(axes)), arguments)
    compare(f"UpSampling{axes}D", arguments, spec(*shape, dtype=data.draw(DTYPES)))
