"""What several functions ask of their tensors, and the sizes that follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from layergraph.diagnostics import codes
from layergraph.layers.rules import mismatch_code, require_axes
from layergraph.ops.base import Operand
from layergraph.tensors import (
    BATCH,
    FLOAT_DTYPES,
    INTEGER_DTYPES,
    Dim,
    NotBroadcastable,
    ShapeError,
    TensorSpec,
    broadcast_dims,
    product,
)

FLOATS = FLOAT_DTYPES
INTEGERS = INTEGER_DTYPES
NUMBERS = (*FLOATS, *INTEGERS)
NUMBERS_AND_TRUTH = (*NUMBERS, "bool")
ANYTHING = (*NUMBERS_AND_TRUTH, "string")


def require_dtype(tensor: TensorSpec, accepted: Sequence[str], input: int = 0) -> None:
    """Refuse a tensor of a dtype that the function does not compute with.

    Keras declares an output for most dtypes, and fails on the first batch where TensorFlow has no
    kernel for one.

    Raises:
        ShapeError: wrong-dtype.
    """
    if tensor.dtype in accepted:
        return
    if tensor.dtype == "string":
        help = "make numbers of the strings first, with `StringLookup` or `TextVectorization`"
    else:
        wanted = "float32" if "float32" in accepted else "int32"
        help = f"put a node of `ops.cast` with `dtype: {wanted}` before {{node}}"
    raise ShapeError(
        codes.WRONG_DTYPE,
        f"{{node}} cannot compute with tensors of {tensor.dtype}",
        label=f"{{{input}}} is {tensor.dtype}",
        inputs=(input,),
        help=help,
    )


def reduced(
    x: TensorSpec, axis: int | tuple[int, ...] | None, *, keepdims: bool = False
) -> tuple[Dim, ...]:
    """The sizes that are left where `axis`, or every axis, is summed up or the like.

    Raises:
        ShapeError: argument-misfit.
    """
    gone = range(x.rank) if axis is None else require_axes(x, axis)
    if keepdims:
        return tuple(1 if number in gone else size for number, size in enumerate(x.dims))
    return tuple(size for number, size in enumerate(x.dims) if number not in gone)


def flat_size(dims: tuple[Dim, ...]) -> Dim:
    """The number of elements in all, with a name where it can keep one."""
    if 0 in dims:
        return 0 if all(isinstance(size, int) for size in dims) else None
    return product(dims)


def broadcast(operands: Sequence[Operand]) -> tuple[Dim, ...]:
    """The shape of what is computed element by element, as `keras.ops` broadcasts.

    Unlike Keras' merge layers, it takes a known size beside an unknown one for both.

    Raises:
        ShapeError: shape-mismatch, or size-conflict where one of the sizes has a name.
    """
    dims = operands[0].dims
    for number, operand in enumerate(operands[1:], start=1):
        try:
            dims = broadcast_dims(dims, operand.dims)
        except NotBroadcastable as error:
            raise _mismatch(operands, number, error) from None
    return dims


def _mismatch(operands: Sequence[Operand], number: int, error: NotBroadcastable) -> ShapeError:
    operand = operands[number]
    setter = next(
        earlier
        for earlier in operands[:number]
        if len(earlier.dims) >= -error.axis and earlier.dims[error.axis] != 1
    )
    blamed, other = (operand, setter) if operand.inputs else (setter, operand)
    return ShapeError(
        mismatch_code(error.left, error.right),
        "{node} computes element by element, and its shapes do not fit",
        label=f"{blamed.called} is {blamed.shape} and {other.called} is {other.shape}: "
        f"{error.left} and {error.right} must be equal",
        inputs=(*setter.inputs, *operand.inputs),
        help="shapes are aligned at their last axes, where each two sizes must be equal or one "
        "of them 1",
    )


def samples_left_out(dims: Iterable[Dim]) -> tuple[Dim, ...]:
    """The sizes but that of the batch, for what is counted for one sample."""
    return tuple(size for size in dims if size != BATCH)
