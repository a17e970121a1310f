"""Draws of tensors and arguments that calls of several functions share."""

import numpy as np
from hypothesis import strategies as st

from layergraph.tensors import BATCH, DTYPES, TensorSpec
from tests.parity.draws import mostly

SIZES = st.sampled_from([1, 2, 2, 3, 4, None])
NUMBERS = [dtype for dtype in DTYPES if dtype != "string"]
USUAL_DTYPES = st.sampled_from(["float32", "float32", "float16", "int32", "uint8", "bool"])
ALL_DTYPES = mostly(USUAL_DTYPES, st.sampled_from(DTYPES))
NUMBER_DTYPES = st.sampled_from(NUMBERS)
AXES = st.sampled_from([0, 0, 1, 1, 1, -1, -1, -1, -2, 2, 3, -4])
AXIS_LISTS = st.lists(AXES, min_size=1, max_size=2)
NONE = st.none()
NO_ARGUMENTS = st.just({})


@st.composite
def tensors(draw, ranks=(0, 4), sizes=SIZES, dtypes=ALL_DTYPES):
    """A tensor whose first axis mostly is the batch, or altogether of known sizes."""
    dims = draw(st.lists(sizes, min_size=ranks[0], max_size=ranks[1]))
    if draw(st.booleans()):
        dims = [2 if size is None else size for size in dims]
    elif dims and draw(st.booleans()):
        dims[0] = BATCH
    return TensorSpec(tuple(dims), draw(dtypes))


@st.composite
def altered(draw, tensor):
    """A tensor much like another one."""
    dims = list(tensor.dims)
    if dims and draw(st.integers(0, 2)) == 0:
        dims[draw(st.integers(0, len(dims) - 1))] = draw(SIZES)
    if draw(st.integers(0, 4)) == 0:
        dims = dims[1:]
    return TensorSpec(tuple(dims), draw(mostly(st.just(tensor.dtype), USUAL_DTYPES)))


def arrays(depth=2):
    """Lists of numbers, one in the other."""
    number = st.integers(-2, 3) | st.sampled_from([0.5, 1.5])
    row = st.lists(number, min_size=1, max_size=3)
    nested = st.tuples(st.integers(1, 2), row).map(lambda drawn: [drawn[1]] * drawn[0])
    return row | nested if depth > 1 else row


SCALARS = st.sampled_from([0, 1, 2, 300, 0.5, True, float("inf")])
DECLARED = st.builds(
    lambda values, dtype: {"array": values, "dtype": dtype},
    st.lists(st.integers(0, 3), min_size=1, max_size=3),
    st.sampled_from(["float16", "bfloat16", "int8", "uint8", "float64"]),
)
CONSTANTS = SCALARS | arrays() | DECLARED


@st.composite
def of_one(draw, name="x", arguments=NO_ARGUMENTS, ranks=(0, 4), dtypes=ALL_DTYPES, sizes=SIZES):
    return draw(arguments), {name: draw(tensors(ranks, sizes, dtypes))}


@st.composite
def of_two(draw, names=("x1", "x2"), arguments=NO_ARGUMENTS, dtypes=USUAL_DTYPES):
    """Two tensors that mostly fit, or one and a constant."""
    first = draw(tensors(dtypes=dtypes))
    given_arguments = dict(draw(arguments))
    kind = draw(st.integers(0, 4))
    if kind > 2:
        at = kind - 3
        given_arguments[names[at]] = draw(CONSTANTS)
        return given_arguments, {names[1 - at]: first}
    second = draw(altered(first) | altered(first) | tensors(dtypes=dtypes))
    return given_arguments, {names[0]: first, names[1]: second}


@st.composite
def of_two_tensors(draw, arguments=NO_ARGUMENTS):
    first = draw(tensors(ranks=(0, 3)))
    return draw(arguments), {"x1": first, "x2": draw(altered(first))}


@st.composite
def of_vectors(draw, sizes, arguments):
    """Two tensors that have vectors along their last axes, or one of them a list of numbers."""
    first = [*draw(st.lists(SIZES, max_size=2)), draw(sizes)]
    second = [*draw(st.sampled_from([first[:-1], first[:-1], [1], []])), draw(sizes)]
    specs = [TensorSpec(tuple(dims), draw(USUAL_DTYPES)) for dims in (first, second)]
    if draw(st.integers(0, 4)) == 0:
        return draw(arguments) | {"x2": draw(arrays() | st.just(2.0))}, {"x1": specs[0]}
    return draw(arguments), {"x1": specs[0], "x2": specs[1]}


@st.composite
def weighted(draw):
    """A tensor, and weights of its shape or of an axis, or of neither."""
    x = draw(tensors(ranks=(1, 3)))
    arguments = draw(optional(axis=AXES | NONE))
    axis = arguments.get("axis")
    sizes = [2 if size is None else size for size in x.shape]
    shapes = [(), (2,), tuple(sizes)]
    if axis is not None and -x.rank <= axis < x.rank:
        shapes += [(sizes[axis],)] * 3
    shape = draw(st.sampled_from(shapes))
    if shape:
        arguments["weights"] = np.ones(shape, draw(st.sampled_from(["int32", "float32"]))).tolist()
    return arguments, {"x": x}


@st.composite
def several(draw, name, arguments=NO_ARGUMENTS, ranks=(0, 3)):
    first = draw(tensors(ranks))
    more = draw(st.lists(altered(first), max_size=2))
    return draw(arguments), {name: [first, *more]}


def optional(**arguments):
    return st.fixed_dictionaries({}, optional=arguments)


def required(required, **arguments):
    return st.fixed_dictionaries(required, optional=arguments)


@st.composite
def contracted(draw, arguments=NO_ARGUMENTS):
    """Two tensors with a size in common, of which one may be a constant."""
    common = draw(st.sampled_from([1, 2, 3, None]))
    left = [*draw(st.lists(SIZES, max_size=2)), common]
    right = [common, *draw(st.lists(SIZES, max_size=1))]
    leading = draw(st.sampled_from([[], [], [2], [BATCH]]))
    other = draw(st.sampled_from([leading, []]))
    if draw(st.booleans()):
        left = [2 if size is None else size for size in left]
        right = [2 if size is None else size for size in right]
        leading = other = draw(st.sampled_from([[], [2]]))
    if draw(st.integers(0, 5)) == 0:
        right[0] = draw(SIZES)
    dtypes = draw(st.tuples(USUAL_DTYPES, USUAL_DTYPES) | st.just(("int8", "int8")))
    first = TensorSpec((*leading, *left), dtypes[0])
    second = TensorSpec((*other, *right), dtypes[1])
    given_arguments = dict(draw(arguments))
    if draw(st.integers(0, 4)) == 0:
        given_arguments["x2"] = draw(arrays() | st.just(2.0))
        return given_arguments, {"x1": first}
    return given_arguments, {"x1": first, "x2": second}


@st.composite
def einsums(draw):
    letters = {
        letter: draw(st.sampled_from([1, 2, 2, 3, None])) if draw(st.booleans()) else 2
        for letter in "abc"
    }
    count = draw(st.integers(1, 3))
    dots = draw(st.sampled_from(["", "", "..."]))
    terms = [
        "".join(draw(st.lists(st.sampled_from("abc"), max_size=3, unique=True)))
        for _ in range(count)
    ]
    output = "".join(draw(st.lists(st.sampled_from("abcd"), max_size=3, unique=True)))
    subscripts = ",".join(dots + term for term in terms)
    if draw(st.integers(0, 9)):
        subscripts += "->" + dots + output
    dtype = draw(st.sampled_from(["float32", "int32", "int8", "float16"]))
    rest = draw(st.sampled_from([(), (2,), (BATCH,), (2, 3)])) if dots else ()
    operands = []
    for term in terms:
        dims = [*rest, *(letters[letter] for letter in term)]
        if dims and draw(st.integers(0, 6)) == 0:
            dims[-1] = draw(SIZES)
        operands.append(TensorSpec(tuple(dims), dtype))
    return {"subscripts": subscripts}, {"operands": operands}


AXIS = optional(axis=AXES)
AXIS_OR_NONE = optional(axis=AXES | NONE)
AXES_OR_NONE = optional(axis=AXES | AXIS_LISTS | NONE)
REDUCTION = optional(axis=AXES | AXIS_LISTS | NONE, keepdims=st.booleans())
FORMAT = st.sampled_from(["channels_last", "channels_first", None])
INDEX_ITEMS = st.sampled_from(
    [":", ":", "0", "-1", "2", "...", "None", "1:", ":-1", ":2", "::2", "::-1", "-2:", "1:3", "3:1"]
)
INDICES = st.lists(INDEX_ITEMS, min_size=1, max_size=4).map(lambda items: f"[{', '.join(items)}]")
PLACES = st.sampled_from([0, 1, -1, 2, [0, 1], [[0, 1], [1, 1]], [5], [0.5], True])
PAIRS = st.lists(st.integers(0, 2), min_size=2, max_size=2)
FEW = st.integers(1, 3)


@st.composite
def of_places(draw, along):
    """What is taken, and where, either of which may be a constant."""
    source = draw(tensors(ranks=(2, 3), dtypes=mostly(USUAL_DTYPES, st.just("string"))))
    if along:
        places = draw(altered(source)).with_dtype(draw(mostly(st.just("int32"), USUAL_DTYPES)))
    else:
        dtypes = mostly(st.sampled_from(["int32", "int64", "int16"]), USUAL_DTYPES)
        places = draw(tensors(ranks=(0, 2), dtypes=dtypes))
    arguments = draw(AXIS_OR_NONE)
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return arguments | {"indices": draw(PLACES)}, {"x": source}
    if kind == 1:
        return arguments | {"x": draw(arrays())}, {"indices": places}
    return arguments, {"x": source, "indices": places}


@st.composite
def where(draw):
    arguments, chosen = draw(of_two())
    like = next(iter(chosen.values()))
    condition = draw(altered(like) | tensors(ranks=(0, 2)))
    condition = condition.with_dtype(draw(st.sampled_from(["bool", "bool", "int32", "float32"])))
    return arguments, {"condition": condition, **chosen}
