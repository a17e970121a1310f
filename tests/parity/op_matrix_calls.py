"""Calls of functions of matrices, places and signals, drawn as in `op_calls`."""

from hypothesis import strategies as st

from layergraph.tensors import BATCH, TensorSpec
from tests.parity.draws import mostly
from tests.parity.op_draws import (
    AXES,
    FEW,
    NO_ARGUMENTS,
    NONE,
    NUMBER_DTYPES,
    SIZES,
    USUAL_DTYPES,
    of_one,
    optional,
    required,
)
from tests.parity.op_network_calls import changed, constant

WIDE = mostly(st.just("float32"), st.sampled_from(["float64", "float16", "int32"]))
WHOLE = mostly(st.just("int32"), st.sampled_from(["int64", "int16", "float32"]))


@st.composite
def leading(draw):
    return draw(st.sampled_from([(BATCH,), (2,), (), (BATCH, 2)]))


@st.composite
def squares(draw, arguments=NO_ARGUMENTS):
    size = draw(st.sampled_from([1, 2, 3, None]))
    dims = (*draw(leading()), size, draw(changed(size)))
    return draw(arguments), {"x": TensorSpec(dims, draw(WIDE))}


@st.composite
def solved(draw, arguments=NO_ARGUMENTS):
    size = draw(st.sampled_from([1, 2, 3, None]))
    before = draw(leading())
    sides = (*(draw(changed(axis)) for axis in before), draw(changed(size)))
    if draw(st.booleans()):
        sides = (*sides, draw(SIZES))
    dtype = draw(WIDE)
    return draw(arguments), {
        "a": TensorSpec((*before, size, draw(changed(size))), dtype),
        "b": TensorSpec(sides, draw(mostly(st.just(dtype), WIDE))),
    }


@st.composite
def far(draw):
    size = draw(st.sampled_from([1, 2, 3, None]))
    before = draw(leading())
    dtype = draw(mostly(st.just("float32"), USUAL_DTYPES))
    x = TensorSpec((*before, draw(SIZES), size), dtype)
    if draw(st.booleans()):
        return {"y": constant((draw(FEW), draw(changed(size or 2)) or 2))}, {"x": x}
    other = tuple(draw(changed(axis)) for axis in before[draw(st.integers(0, 1)) :])
    dims = (*other, draw(SIZES), draw(changed(size)))
    return {}, {"x": x, "y": TensorSpec(dims, draw(mostly(st.just(dtype), USUAL_DTYPES)))}


@st.composite
def searched(draw):
    dtype = draw(mostly(st.just("float32"), USUAL_DTYPES))
    values = TensorSpec(draw(st.sampled_from([(BATCH,), (3,), (BATCH, 2)])), dtype)
    arguments = draw(optional(side=st.sampled_from(["left", "right"])))
    if draw(st.booleans()):
        size = draw(FEW)
        other = draw(mostly(st.just(dtype), USUAL_DTYPES))
        return arguments | {"sorted_sequence": constant((size,), other)}, {"values": values}
    sizes = draw(st.sampled_from([(BATCH,), (3,), (2, 3)]))
    return arguments, {"sorted_sequence": TensorSpec(sizes, dtype), "values": values}


@st.composite
def ranked(draw):
    batch = draw(st.sampled_from([BATCH, 2]))
    dtype = draw(mostly(st.just("float32"), USUAL_DTYPES))
    return draw(required({"k": FEW})), {
        "targets": TensorSpec((draw(changed(batch)),), draw(WHOLE)),
        "predictions": TensorSpec((batch, draw(SIZES)), dtype),
    }


@st.composite
def chosen(draw):
    count = draw(st.integers(1, 3))
    dims = tuple(draw(SIZES) for _ in range(draw(st.integers(0, 3))))
    dtype = draw(mostly(st.just("float32"), USUAL_DTYPES))
    conditions = [
        TensorSpec(
            tuple(draw(mostly(st.sampled_from([1, size]), SIZES)) for size in dims),
            draw(mostly(st.just("bool"), USUAL_DTYPES)),
        )
        for _ in range(draw(changed(count)) or 1)
    ]
    choices = [
        TensorSpec(
            tuple(draw(changed(size)) for size in dims), draw(mostly(st.just(dtype), USUAL_DTYPES))
        )
        for _ in range(count)
    ]
    arguments = draw(optional(default=st.sampled_from([0, 1, 0.5, 300])))
    return arguments, {"condlist": conditions, "choicelist": choices}


@st.composite
def segmented(draw):
    dims = [draw(SIZES) for _ in range(draw(mostly(st.integers(1, 3), st.just(0))))]
    if dims and draw(st.booleans()):
        dims[0] = BATCH
    ids = (draw(changed(dims[0] if dims else 2)),)
    if draw(st.integers(0, 5)) == 0:
        ids = (*ids, 1)
    arguments = draw(optional(num_segments=FEW) | optional(sorted=st.booleans(), num_segments=FEW))
    return arguments, {
        "data": TensorSpec(tuple(dims), draw(USUAL_DTYPES)),
        "segment_ids": TensorSpec(ids, draw(WHOLE)),
    }


@st.composite
def scattered(draw, update=False):
    """Indices and updates that mostly fit a tensor."""
    dims = [draw(FEW) for _ in range(draw(st.integers(1, 3)))]
    target = (BATCH, *dims[1:]) if update and draw(st.booleans()) else tuple(dims)
    depth = draw(mostly(st.integers(1, len(dims)), st.integers(0, 4)))
    before = draw(st.sampled_from([(BATCH,), (3,), (), (BATCH, 2)]))
    dtype = draw(USUAL_DTYPES)
    sizes = tuple(draw(changed(size)) for size in (*before, *target[depth:]))
    tensors = {
        "indices": TensorSpec((*before, depth), draw(WHOLE)),
        "values": TensorSpec(sizes, dtype),
    }
    if not update:
        return {"shape": dims}, tensors
    arguments = draw(optional(reduction=st.sampled_from(["add", "max", "min", "mul"]) | NONE))
    tensors["updates"] = tensors.pop("values")
    inputs = TensorSpec(target, draw(mostly(st.just(dtype), USUAL_DTYPES)))
    if before == (3,) and draw(st.booleans()):
        del tensors["indices"]
        arguments = arguments | {"indices": {"array": [[0] * depth] * 3, "dtype": "int32"}}
    return arguments, {"inputs": inputs, **tensors}


@st.composite
def updated(draw):
    dims = tuple(draw(SIZES) for _ in range(draw(st.integers(1, 3))))
    dtype = draw(USUAL_DTYPES)
    starts = [draw(st.integers(0, 1)) for _ in range(draw(changed(len(dims))) or 1)]
    inputs = TensorSpec(dims, dtype)
    if draw(st.booleans()):
        sizes = [1 if size is None else draw(st.integers(1, size)) for size in dims]
        updates = constant(sizes, draw(mostly(st.just(dtype), USUAL_DTYPES)))
        return {"start_indices": starts, "updates": updates}, {"inputs": inputs}
    sizes = tuple(draw(changed(size)) for size in dims)
    updates = TensorSpec(sizes, draw(mostly(st.just(dtype), USUAL_DTYPES)))
    return {"start_indices": starts}, {"inputs": inputs, "updates": updates}


@st.composite
def complex_numbers(draw, arguments=NO_ARGUMENTS, last=(2, 3, 4, None), ranks=(1, 3)):
    """Two tensors that mostly are alike."""
    dims = [draw(SIZES) for _ in range(draw(st.integers(*ranks)) - 1)]
    if dims and draw(st.booleans()):
        dims[0] = BATCH
    dims.append(draw(st.sampled_from(last)))
    dtype = draw(WIDE)
    # One frequency alone would end the process.
    other = [*(draw(changed(size)) for size in dims[:-1]), draw(mostly(st.just(dims[-1]), FEW))]
    other[-1] = dims[-1] if other[-1] == 1 else other[-1]
    parts = [
        TensorSpec(tuple(dims), dtype),
        TensorSpec(tuple(other), draw(mostly(st.just(dtype), WIDE))),
    ]
    return draw(arguments), {"x": parts[: draw(mostly(st.just(2), st.just(1)))]}


def stretches(**more):
    lengths = {
        "sequence_length": st.integers(2, 6),
        "sequence_stride": st.integers(1, 3),
        "fft_length": st.integers(4, 7),
    }
    window = st.sampled_from(["hann", "hamming", None, [0.5, 1.0, 0.5]])
    return required(lengths, window=window, center=st.booleans(), **more)


MATRIX_CALLS = {
    "cholesky": squares(optional(upper=st.booleans())),
    "cholesky_inverse": squares(optional(upper=st.booleans())),
    "inv": squares(),
    "det": squares(),
    "logdet": squares(),
    "eigh": squares(),
    "matrix_rank": of_one(arguments=optional(tol=st.sampled_from([0.1, None])), dtypes=WIDE),
    "pinv": of_one(arguments=optional(rcond=st.sampled_from([0.1, None])), dtypes=WIDE),
    "qr": of_one(arguments=optional(mode=st.sampled_from(["reduced", "complete"])), dtypes=WIDE),
    "svd": of_one(
        arguments=optional(full_matrices=st.booleans(), compute_uv=st.booleans()), dtypes=WIDE
    ),
    "solve": solved(),
    "solve_triangular": solved(optional(lower=st.booleans())),
    "cdist": far(),
    "searchsorted": searched(),
    "in_top_k": ranked(),
    "multi_hot": of_one(
        "inputs", required({"num_classes": FEW}, axis=AXES, dtype=NUMBER_DTYPES | NONE)
    ),
    "select": chosen(),
    "segment_sum": segmented(),
    "segment_prod": segmented(),
    "segment_max": segmented(),
    "segment_min": segmented(),
    "scatter": scattered(),
    "scatter_update": scattered(update=True),
    "slice_update": updated(),
    "extract_sequences": of_one(
        arguments=required({"sequence_length": FEW, "sequence_stride": FEW})
    ),
    "fft": complex_numbers(),
    "fft2": complex_numbers(),
    "ifft2": complex_numbers(),
    "rfft": of_one(arguments=optional(fft_length=st.integers(1, 6) | NONE), dtypes=WIDE),
    "irfft": complex_numbers(optional(fft_length=st.integers(2, 6) | NONE)),
    "stft": of_one(
        arguments=stretches(), dtypes=WIDE, sizes=st.sampled_from([1, 2, 3, 7, 12, None])
    ),
    "istft": complex_numbers(stretches(length=st.integers(1, 8)), (3, 4, 5), (2, 3)),
}
