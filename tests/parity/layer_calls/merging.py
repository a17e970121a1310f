"""Calls of layers that join tensors, on shapes that fit and shapes that do not."""

from itertools import zip_longest

from hypothesis import strategies as st

from tests.parity.against_keras import spec
from tests.parity.draws import mostly
from tests.parity.layer_calls import LayerCall

SIZES = st.sampled_from([1, 2, 2, 3, 3, None])
SHAPES = st.lists(SIZES, max_size=3)
DTYPES = st.sampled_from(["float32", "float16", "int32", "bool"])
UP_TO_TWO = st.integers(0, 2)
OPTIONAL = {"dtype": st.sampled_from(["float16", "mixed_bfloat16", "float64", "int32"])}


@st.composite
def similar_shapes(draw, more):
    """Shapes that mostly differ from the first in a size or two, and sometimes altogether."""
    first = draw(st.lists(SIZES, min_size=1, max_size=3))
    found = [first]
    for _ in range(draw(more)):
        shape = list(first)
        if draw(st.booleans()):
            shape[draw(st.integers(0, len(shape) - 1))] = draw(SIZES)
        found.append(draw(mostly(st.just(shape), SHAPES)))
    return found


def may_have_data(shapes):
    """Of 2, unknown and 3 along one axis Keras declares a shape, and fails on any data."""
    axes = zip_longest(*(reversed(shape) for shape in shapes), fillvalue=1)
    return all(None not in sizes or len({*sizes} - {None, 1}) < 2 for sizes in axes)


@st.composite
def joined(draw, optional, more=UP_TO_TWO):
    arguments = draw(st.fixed_dictionaries({}, optional=OPTIONAL | optional))
    dtype = draw(DTYPES)
    shapes = draw(similar_shapes(more).filter(may_have_data))
    tensors = tuple(spec(*shape, dtype=dtype) for shape in shapes)
    return LayerCall(arguments, (tensors,), masked=draw(st.booleans()))


def has_its_axis(call):
    """Of one tensor Keras does not look at the axis until it runs, and then fails."""
    (tensors,) = call.tensors
    rank = tensors[0].rank
    return len(tensors) > 1 or -rank <= call.arguments.get("axis", -1) < rank


def has_alike_ranks(call):
    """A tensor that lacks the axis is let pass where the first one's size is unknown there.

    Keras declares (batch, n) and (batch,) along axis 1, and fails on any data.
    """
    (tensors,) = call.tensors
    axis = call.arguments.get("axis", -1)
    is_there = -tensors[0].rank <= axis < tensors[0].rank
    is_open = is_there and tensors[0].dims[axis] is None
    return not is_open or len({tensor.rank for tensor in tensors}) == 1


DOT_AXES = st.sampled_from([1, 2, 3, -1, -2, 4, -4])
DOT_SHAPES = st.lists(st.sampled_from([2, 2, 2, 3, None]), min_size=1, max_size=3)
FITTING = st.sampled_from(
    [(1, (3,), (3,)), (2, (4, 5), (6, 5)), ([1, 2], (None, 4), (3, None)), (-1, (2, 5), (5,))]
)


@st.composite
def dot(draw):
    if draw(st.booleans()):
        axes, *pair = draw(FITTING)
    else:
        axes = draw(
            st.sampled_from([1, 2, -1, -2, 4, -4])
            | st.tuples(DOT_AXES, DOT_AXES).map(list)
            | st.lists(DOT_AXES, max_size=3)
        )
        pairs = st.tuples(DOT_SHAPES, DOT_SHAPES)
        pair = draw(mostly(pairs, st.lists(DOT_SHAPES, min_size=1, max_size=3)))
    arguments = draw(
        st.fixed_dictionaries(
            {"axes": st.just(axes)}, optional=OPTIONAL | {"normalize": st.booleans()}
        )
    )
    return LayerCall(
        arguments, (tuple(spec(*shape) for shape in pair),), masked=draw(st.booleans())
    )


def leaves_the_batch(call):
    """Along the batch Keras declares a shape, and fails when it runs."""
    axes = call.arguments["axes"]
    listed = [axes, axes] if isinstance(axes, int) else axes
    return all(
        axis % tensor.rank if isinstance(axes, int) and axis < 0 else axis not in (0, -tensor.rank)
        for axis, tensor in zip(listed, call.tensors[0], strict=False)
    )


ELEMENTWISE = ("Add", "Multiply", "Average", "Maximum", "Minimum")
CALLS = {
    **dict.fromkeys(ELEMENTWISE, joined({})),
    "Subtract": joined({}, more=mostly(st.just(1), st.integers(0, 2))),
    "Concatenate": joined({"axis": mostly(st.integers(-3, 3), st.integers(-5, 5))})
    .filter(has_its_axis)
    .filter(has_alike_ranks),
    "Dot": dot().filter(leaves_the_batch),
}
