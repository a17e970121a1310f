"""Calls of every function, drawn: arguments, and tensors by argument."""

from hypothesis import strategies as st

from layergraph.ops.catalog import OPS
from tests.parity.draws import mostly
from tests.parity.op_draws import (
    ALL_DTYPES,
    AXES,
    AXES_OR_NONE,
    AXIS,
    AXIS_LISTS,
    AXIS_OR_NONE,
    FEW,
    FORMAT,
    INDICES,
    NONE,
    NUMBER_DTYPES,
    PAIRS,
    REDUCTION,
    contracted,
    einsums,
    of_one,
    of_places,
    of_two,
    of_two_tensors,
    of_vectors,
    optional,
    required,
    several,
    weighted,
    where,
)
from tests.parity.op_matrix_calls import MATRIX_CALLS
from tests.parity.op_network_calls import NETWORK_CALLS

NUMBER = st.sampled_from([0.0, 0.5, 1, 2, 1.5])
TOLERANCES = st.sampled_from([0.0, 0.1, 1e-3])
SECTIONS = FEW | st.lists(st.integers(0, 4), min_size=1, max_size=2)
WHOLE = mostly(st.sampled_from(["int32", "int32", "int8", "uint8", "int64", "uint64"]), ALL_DTYPES)
SPECIAL = {
    "isclose": of_two(
        arguments=optional(rtol=TOLERANCES, atol=TOLERANCES, equal_nan=st.booleans())
    ),
    "allclose": of_two(arguments=optional(rtol=TOLERANCES, equal_nan=st.booleans())),
    "ldexp": of_two(dtypes=WHOLE | st.just("float16")),
    "bitwise_and": of_two(("x", "y"), dtypes=WHOLE),
    "bitwise_or": of_two(("x", "y"), dtypes=WHOLE),
    "bitwise_xor": of_two(("x", "y"), dtypes=WHOLE),
    "bitwise_invert": of_one(dtypes=WHOLE),
    "bitwise_left_shift": of_two(("x", "y"), dtypes=WHOLE),
    "bitwise_right_shift": of_two(("x", "y"), dtypes=WHOLE),
    "view": of_one(arguments=optional(dtype=NUMBER_DTYPES | NONE)),
    "round": of_one(arguments=optional(decimals=st.integers(-1, 2))),
    "prod": of_one(arguments=optional(axis=AXES | NONE, dtype=NUMBER_DTYPES | NONE)),
    "max": of_one(arguments=optional(axis=AXES | NONE, initial=NUMBER | NONE)),
    "min": of_one(arguments=optional(axis=AXIS_LISTS | NONE, initial=NUMBER | NONE)),
    "argmax": of_one(arguments=optional(axis=AXES | NONE, keepdims=st.booleans())),
    "argmin": of_one(arguments=optional(axis=AXES | NONE, keepdims=st.booleans())),
    "count_nonzero": of_one(arguments=AXES_OR_NONE),
    "nanargmax": of_one(arguments=optional(axis=AXES | NONE, keepdims=st.booleans())),
    "nanargmin": of_one(arguments=optional(axis=AXES | NONE, keepdims=st.booleans())),
    "nancumsum": of_one(arguments=optional(axis=AXES | NONE, dtype=NUMBER_DTYPES | NONE)),
    "nancumprod": of_one(arguments=optional(axis=AXES | NONE, dtype=NUMBER_DTYPES | NONE)),
    "average": weighted(),
    "moments": of_one(
        arguments=required(
            {"axes": AXES | AXIS_LISTS | NONE}, keepdims=st.booleans(), synchronized=st.booleans()
        )
    ),
    "quantile": of_one(
        arguments=required(
            {"q": st.sampled_from([0, 0.5, 1, 2, [0.5], [0, 0.1, 1], [[0.5]]])},
            axis=AXES | AXIS_LISTS | NONE,
            keepdims=st.booleans(),
        )
    ),
    "percentile": of_one(
        arguments=required(
            {"q": st.sampled_from([0, 50, 99.5, 101, [50], [0, 10, 100]])},
            axis=AXES | AXIS_LISTS | NONE,
            method=st.sampled_from(["linear", "lower", "higher", "midpoint", "nearest"]),
            keepdims=st.booleans(),
        )
    ),
    "digitize": of_one(
        arguments=required({"bins": st.sampled_from([[0.5, 1.5], [1, 1, 2], [2, 1], [[1]], []])})
    ),
    "trapezoid": of_one(
        "y", optional(x=st.sampled_from([[0, 1], [0, 1, 2.5]]), dx=NUMBER.map(float), axis=AXES)
    ),
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
    "rot90": of_one(
        "array", optional(k=st.integers(-2, 4), axes=st.lists(AXES, min_size=2, max_size=2))
    ),
    "diag": of_one(arguments=optional(k=st.integers(-3, 3)), ranks=(0, 3)),
    "diagflat": of_one(arguments=optional(k=st.integers(-3, 3)), ranks=(0, 3)),
    "vander": of_one(
        arguments=optional(N=st.integers(0, 3) | NONE, increasing=st.booleans()), ranks=(1, 2)
    ),
    "tril": of_one(arguments=optional(k=st.integers(-2, 2))),
    "triu": of_one(arguments=optional(k=st.integers(-2, 2))),
    "concatenate": several("xs", AXIS),
    "hstack": several("xs"),
    "vstack": several("xs"),
    "dstack": several("xs"),
    "stack": several("x", AXIS),
    "append": of_two_tensors(optional(axis=AXES | NONE)),
    "hsplit": of_one(arguments=required({"indices_or_sections": SECTIONS})),
    "vsplit": of_one(arguments=required({"indices_or_sections": SECTIONS})),
    "dsplit": of_one(arguments=required({"indices_or_sections": SECTIONS})),
    "array_split": of_one(arguments=required({"indices_or_sections": FEW}, axis=AXES)),
    "split": of_one(
        arguments=required(
            {"indices_or_sections": SECTIONS},
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
    "unravel_index": of_one(
        "indices",
        required({"shape": st.sampled_from([[2, 3], [4], [2, 1, 300]])}),
        ranks=(1, 1),
        dtypes=WHOLE,
    ),
    "top_k": of_one(arguments=required({"k": FEW}, sorted=st.booleans())),
    "one_hot": of_one(
        arguments=required({"num_classes": FEW}, axis=AXES, dtype=NUMBER_DTYPES | NONE)
    ),
    "diagonal": of_one(
        arguments=optional(offset=st.integers(-2, 2), axis1=AXES, axis2=AXES), ranks=(2, 4)
    ),
    "trace": of_one(
        arguments=optional(offset=st.integers(-2, 2), axis1=AXES, axis2=AXES), ranks=(2, 4)
    ),
    "where": where(),
    "clip": of_one(arguments=required({"x_min": st.sampled_from([-1, 0, 0.5]), "x_max": NUMBER})),
    "nan_to_num": of_one(arguments=optional(nan=NUMBER, posinf=NUMBER, neginf=NUMBER)),
    "cast": of_one(arguments=required({"dtype": NUMBER_DTYPES})),
    "saturate_cast": of_one(arguments=required({"dtype": NUMBER_DTYPES})),
    "array": of_one(arguments=optional(dtype=NUMBER_DTYPES | NONE)),
    "convert_to_tensor": of_one(
        arguments=optional(
            dtype=NUMBER_DTYPES | NONE, sparse=st.just(False) | NONE, ragged=st.just(False) | NONE
        )
    ),
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
    "cross": of_vectors(
        st.sampled_from([2, 2, 3, 3, 3, 4, None]),
        optional(axisa=AXES, axisb=AXES, axisc=AXES) | AXIS_OR_NONE | AXIS_OR_NONE,
    ),
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
    **NETWORK_CALLS,
    **MATRIX_CALLS,
}


def usual_calls(name):
    """Calls of a function that is told by its arguments: of one tensor, of two, a reduction."""
    described = OPS.find(name)
    tensor_arguments = [argument.name for argument in described.declared_tensor_arguments()]
    if tensor_arguments == ["x1", "x2"]:
        return of_two()
    assert tensor_arguments == ["x"]
    if set(described.model_fields) == {"axis", "keepdims"}:
        return of_one(arguments=REDUCTION)
    assert not described.model_fields, f"draw arguments for {name}"
    return of_one()
