"""Merging layers against Keras, over drawn shapes that fit and shapes that do not."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from layergraph.layers.merging import Concatenate
from tests.parity.against_keras import compare, spec

SIZES = st.sampled_from([1, 2, 2, 3, 3, None])
SHAPES = st.lists(SIZES, max_size=3)
DTYPES = st.sampled_from(["float32", "float16", "int32", "bool"])
COMMON = {
    "trainable": st.booleans(),
    "dtype": st.sampled_from(["float16", "mixed_bfloat16", "float64", "int32"]),
}
ELEMENTWISE = ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"]


@st.composite
def similar_shapes(draw, min_size=1):
    """Shapes that mostly differ from the first in a size or two, and sometimes altogether."""
    first = draw(st.lists(SIZES, min_size=min_size, max_size=3))
    shapes = [first]
    for _ in range(draw(st.integers(0, 2))):
        shape = list(first)
        for _ in range(draw(st.integers(0, 1))):
            shape[draw(st.integers(0, len(shape) - 1))] = draw(SIZES)
        shapes.append(draw(st.just(shape) | st.just(shape) | SHAPES))
    return shapes


@pytest.mark.parametrize("name", ELEMENTWISE)
@given(
    arguments=st.fixed_dictionaries({}, optional=COMMON),
    shapes=similar_shapes(),
    dtype=DTYPES,
)
def test_elementwise(name, arguments, shapes, dtype):
    compare(name, arguments, tuple(spec(*shape, dtype=dtype) for shape in shapes))


@given(
    arguments=st.fixed_dictionaries({}, optional={"axis": st.integers(-5, 5), **COMMON}),
    shapes=similar_shapes(),
    dtype=DTYPES,
)
def test_concatenate(arguments, shapes, dtype):
    # Of one tensor Keras does not look at the axis until it runs, and then fails.
    axis = arguments.get("axis", -1)
    rank = len(shapes[0]) + 1
    assume(len(shapes) > 1 or -rank <= axis < rank)
    compare("Concatenate", arguments, tuple(spec(*shape, dtype=dtype) for shape in shapes))


def test_strings_are_joined_into_strings():
    """Keras declares float32, and gives strings."""
    layer = Concatenate.model_validate({})
    assert layer.infer([spec(2, dtype="string"), spec(3, dtype="string")]) == spec(
        5, dtype="string"
    )


DOT_AXES = st.sampled_from([1, 2, 3, -1, -2, 4, -4])
DOT_SHAPES = st.lists(st.sampled_from([2, 2, 2, 3, None]), min_size=1, max_size=3)


@given(
    axes=st.sampled_from([1, 2, -1, -2, 4, -4])
    | st.tuples(DOT_AXES, DOT_AXES).map(list)
    | st.lists(DOT_AXES, max_size=3),
    shapes=st.tuples(DOT_SHAPES, DOT_SHAPES) | st.lists(DOT_SHAPES, min_size=1, max_size=3),
    normalize=st.booleans(),
)
@settings(max_examples=150)
def test_dot(axes, shapes, normalize):
    # Along the batch Keras declares a shape, and fails when it runs.
    listed = [axes, axes] if isinstance(axes, int) else axes
    for axis, shape in zip(listed, shapes, strict=False):
        rank = len(shape) + 1
        assume(axis % rank if isinstance(axes, int) and axis < 0 else axis not in (0, -rank))
    arguments = {"axes": axes, "normalize": normalize}
    compare("Dot", arguments, tuple(spec(*shape) for shape in shapes))


@pytest.mark.parametrize(
    ("axes", "left", "right"),
    [(1, (3,), (3,)), (2, (4, 5), (6, 5)), ([1, 2], (None, 4), (3, None)), (-1, (2, 5), (5,))],
)
def test_dot_of_what_fits(axes, left, right):
    assert compare("Dot", {"axes": axes}, (spec(*left), spec(*right))) == "same"
