"""Draws of calls of every function: arguments, and tensors by argument."""

from hypothesis import strategies as st

from layergraph.ops.catalog import OPS
from layergraph.tensors import BATCH, DTYPES, TensorSpec
from tests.parity.draws import mostly

SIZES = st.sampled_from([1, 2, 2, 3, 4, None])
NUMBERS = [dtype for dtype in DTYPES if dtype != "string"]
USUAL_DTYPES = st.sampled_from(["float32", "float32", "float16", "int32", "uint8", "bool"])
ALL_DTYPES = mostly(USUAL_DTYPES, st.sampled_from(DTYPES))
NUMBER_DTYPES = st.sampled_from(NUMBERS)
AXES = st.sampled_from([0, 1, 1, 2, -1, -1, -2, 3, -4])
AXIS_LISTS = st.lists(AXES, min_size=1, max_size=2)
NONE = st.none()


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
def of_one(draw, name="x", arguments=st.just({}), ranks=(0, 4), dtypes=ALL_DTYPES, sizes=SIZES):
    return draw(arguments), {name: draw(tensors(ranks, sizes, dtypes))}


@st.composite
def of_two(draw, names=("x1", "x2"), arguments=st.just({})):
    """Two tensors that mostly fit, or one and a constant."""
    first = draw(tensors(dtypes=USUAL_DTYPES))
    given_arguments = dict(draw(arguments))
    kind = draw(st.integers(0, 4))
    if kind > 2:
        at = kind - 3
        given_arguments[names[at]] = draw(CONSTANTS)
        return given_arguments, {names[1 - at]: first}
    second = draw(altered(first) | altered(first) | tensors(dtypes=USUAL_DTYPES))
    return given_arguments, {names[0]: first, names[1]: second}


@st.composite
def several(draw, name, arguments=st.just({}), ranks=(0, 3)):
    first = draw(tensors(ranks))
    more = draw(st.lists(altered(first), max_size=2))
    return draw(arguments), {name: [first, *more]}


def optional(**arguments):
    return st.fixed_dictionaries({}, optional=arguments)


def required(required, **arguments):
    return st.fixed_dictionaries(required, optional=arguments)


@st.composite
def contracted(draw, arguments=st.just({})):
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
    source = draw(tensors(ranks=(1, 3), dtypes=mostly(USUAL_DTYPES, st.just("string"))))
    if along:
        places = draw(altered(source)).with_dtype(draw(mostly(st.just("int32"), USUAL_DTYPES)))
    else:
        dtypes = mostly(st.sampled_from(["int32", "int64", "uint8"]), USUAL_DTYPES)
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


def floats(**more):
    return optional(**more)


NUMBER = st.sampled_from([0.0, 0.5, 1, 2, 1.5])
SPECIAL = {
    "round": of_one(arguments=optional(decimals=st.integers(-1, 2))),
    "prod": of_one(arguments=optional(axis=AXES | NONE, dtype=NUMBER_DTYPES | NONE)),
    "max": of_one(arguments=optional(axis=AXES | NONE, initial=NUMBER | NONE)),
    "min": of_one(arguments=optional(axis=AXIS_LISTS | NONE, initial=NUMBER | NONE)),
    "argmax": of_one(arguments=optional(axis=AXES | NONE, keepdims=st.booleans())),
    "argmin": of_one(arguments=optional(axis=AXES | NONE, keepdims=st.booleans())),
    "count_nonzero": of_one(arguments=AXES_OR_NONE),
    "cumsum": of_one(arguments=optional(axis=AXES | NONE, dtype=NUMBER_DTYPES | NONE)),
    "cumprod": of_one(arguments=optional(axis=AXES | NONE, dtype=NUMBER_DTYPES | NONE)),
    "sort": of_one(arguments=AXIS_OR_NONE),
    "argsort": of_one(arguments=AXIS_OR_NONE),
    "diff": of_one("a", optional(n=st.integers(0, 2), axis=AXES)),
    "reshape": of_one(
        arguments=required(
            {"newshape": st.lists(st.sampled_from([-1, 1, 2, 3, 4, 6, 8]), max_size=3) | FEW}
        )
    ),
    "transpose": of_one(
        arguments=optional(axes=st.permutations([0, 1, 2]) | AXIS_LISTS | NONE), ranks=(1, 3)
    ),
    "swapaxes": of_one(arguments=required({"axis1": AXES, "axis2": AXES})),
    "moveaxis": of_one(
        arguments=required({"source": AXES, "destination": AXES})
        | required({"source": AXIS_LISTS, "destination": AXIS_LISTS})
    ),
    "expand_dims": of_one(arguments=required({"axis": AXES | AXIS_LISTS})),
    "squeeze": of_one(arguments=AXES_OR_NONE, sizes=st.sampled_from([1, 1, 2, None])),
    "broadcast_to": of_one(
        arguments=required({"shape": st.lists(FEW, min_size=1, max_size=4)}),
        sizes=st.sampled_from([1, 1, 2, 3, None]),
    ),
    "flip": of_one(arguments=AXES_OR_NONE),
    "roll": of_one(
        arguments=required({"shift": st.integers(-3, 3)}, axis=AXES | NONE)
        | required({"shift": PAIRS}, axis=AXIS_LISTS)
    ),
    "repeat": of_one(
        arguments=required(
            {"repeats": FEW | st.lists(st.integers(0, 2), min_size=1, max_size=3)}, axis=AXES | NONE
        )
    ),
    "tile": of_one(arguments=required({"repeats": FEW | st.lists(FEW, min_size=1, max_size=4)})),
    "pad": of_one(
        arguments=required(
            {"pad_width": FEW | PAIRS | st.lists(PAIRS, min_size=1, max_size=3)},
            mode=st.sampled_from(["constant", "reflect", "symmetric"]),
            constant_values=NUMBER,
        ),
        ranks=(1, 3),
    ),
    "tril": of_one(arguments=optional(k=st.integers(-2, 2))),
    "triu": of_one(arguments=optional(k=st.integers(-2, 2))),
    "concatenate": several("xs", AXIS),
    "hstack": several("xs"),
    "vstack": several("xs"),
    "stack": several("x", AXIS),
    "split": of_one(
        arguments=required(
            {"indices_or_sections": FEW | st.lists(st.integers(0, 4), min_size=1, max_size=2)},
            axis=AXES,
        )
    ),
    "unstack": of_one(arguments=optional(num=st.integers(1, 3), axis=AXES)),
    "get_item": of_one(arguments=required({"key": INDICES})),
    "slice": of_one(
        "inputs",
        required(
            {
                "start_indices": st.lists(st.integers(0, 2), min_size=2, max_size=2),
                "shape": st.lists(st.sampled_from([-1, 1, 2]), min_size=2, max_size=2),
            }
        ),
        ranks=(2, 2),
    ),
    "take": of_places(along=False),
    "take_along_axis": of_places(along=True),
    "top_k": of_one(arguments=required({"k": FEW}, sorted=st.booleans())),
    "one_hot": of_one(
        arguments=required({"num_classes": FEW}, axis=AXES, dtype=NUMBER_DTYPES | NONE)
    ),
    "diagonal": of_one(
        arguments=optional(offset=st.integers(-2, 2), axis1=AXES, axis2=AXES), ranks=(2, 4)
    ),
    "where": where(),
    "clip": of_one(arguments=required({"x_min": st.sampled_from([-1, 0, 0.5]), "x_max": NUMBER})),
    "nan_to_num": of_one(arguments=optional(nan=NUMBER, posinf=NUMBER, neginf=NUMBER)),
    "cast": of_one(arguments=required({"dtype": NUMBER_DTYPES})),
    "zeros_like": of_one(arguments=optional(dtype=NUMBER_DTYPES | NONE)),
    "ones_like": of_one(arguments=optional(dtype=NUMBER_DTYPES | NONE)),
    "full_like": of_one(
        arguments=required(
            {"fill_value": st.sampled_from([0, 1, -1, 0.5, 300])}, dtype=NUMBER_DTYPES | NONE
        )
    ),
    "stop_gradient": of_one("variable"),
    "matmul": contracted(),
    "dot": contracted(),
    "tensordot": contracted(
        optional(
            axes=st.integers(0, 2) | st.sampled_from([[[-1], [0]], [[-1, 0], [0, 1]], [[3], [0]]])
        )
    ),
    "einsum": einsums(),
    "norm": of_one(
        arguments=optional(
            ord=st.sampled_from([1, 2, -1, 0, 3, 0.5, "fro", "nuc", float("inf"), None]),
            axis=AXES | AXIS_LISTS | NONE,
            keepdims=st.booleans(),
        )
    ),
    "leaky_relu": of_one(arguments=optional(negative_slope=NUMBER.map(float))),
    "gelu": of_one(arguments=optional(approximate=st.booleans())),
    "elu": of_one(arguments=optional(alpha=NUMBER.map(float))),
    "celu": of_one(arguments=optional(alpha=st.sampled_from([0.5, 1.0]))),
    "soft_shrink": of_one(arguments=optional(threshold=NUMBER.map(float))),
    "hard_shrink": of_one(arguments=optional(threshold=NUMBER.map(float))),
    "squareplus": of_one(arguments=optional(b=NUMBER)),
    "threshold": of_one(arguments=required({"threshold": NUMBER, "default_value": NUMBER})),
    "softmax": of_one(arguments=AXIS_OR_NONE, ranks=(0, 3)),
    "log_softmax": of_one(arguments=AXIS_OR_NONE),
    "sparsemax": of_one(arguments=AXIS),
    "glu": of_one(arguments=AXIS),
    "normalize": of_one(
        arguments=optional(
            axis=AXES | AXIS_LISTS | NONE,
            order=st.sampled_from([1, 2, 3, 0.5]),
            epsilon=st.sampled_from([1e-3, None]),
        )
    ),
    "image.resize": of_one(
        "images",
        required(
            {"size": st.lists(FEW, min_size=2, max_size=2)},
            interpolation=st.sampled_from(["bilinear", "nearest", "lanczos3", "bicubic", "area"]),
            antialias=st.booleans(),
            crop_to_aspect_ratio=st.booleans(),
            pad_to_aspect_ratio=st.booleans(),
            fill_value=NUMBER,
            data_format=FORMAT,
        ),
        ranks=(2, 4),
    ),
    "image.rgb_to_grayscale": of_one(
        "images",
        optional(data_format=FORMAT),
        ranks=(2, 4),
        sizes=st.sampled_from([1, 3, 3, 2, None]),
    ),
}


def calls(name):
    """Calls of a function, of which most are sound."""
    if name in SPECIAL:
        return SPECIAL[name]
    described = OPS.find(name)
    tensor_arguments = [argument.name for argument in described.declared_tensor_arguments()]
    if tensor_arguments == ["x1", "x2"]:
        return of_two()
    assert tensor_arguments == ["x"]
    if set(described.model_fields) == {"axis", "keepdims"}:
        return of_one(arguments=REDUCTION)
    assert not described.model_fields, f"draw arguments for {name}"
    return of_one()
