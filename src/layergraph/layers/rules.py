"""What several shape rules ask of a tensor, with the error where it is not so."""

from __future__ import annotations

from layergraph.diagnostics import Code, codes
from layergraph.tensors import (
    Dim,
    ShapeError,
    Size,
    SizesDiffer,
    TensorSpec,
    product,
    require_equal,
)


def require_rank(
    tensor: TensorSpec,
    exactly: int | None = None,
    *,
    at_least: int = 0,
    layout: str = "",
    input: int = 0,
    help: str | None = None,
) -> None:
    """Refuse a tensor that has not as many axes (the batch among them) as the layer needs.

    Args:
        tensor: the tensor to look at.
        exactly: the only rank that will do.
        at_least: the least rank that will do.
        layout: the axes that the layer wants, "(batch, height, width, channels)".
        input: the tensor's number in the call.
        help: what to do.

    Raises:
        ShapeError: wrong-rank.
    """
    if tensor.rank == exactly or (exactly is None and tensor.rank >= at_least):
        return
    wanted = f"{exactly}" if exactly is not None else f"at least {at_least}"
    raise ShapeError(
        codes.WRONG_RANK,
        f"{{node}} needs a tensor of {wanted} axes" + (f" {layout}" if layout else ""),
        label=f"{{{input}}} is {tensor}, which has {tensor.rank}",
        inputs=(input,),
        help=help,
    )


def known(tensor: TensorSpec, axis: int, input: int = 0) -> int:
    """The size of an axis that decides the shape of weights, which therefore has to be known.

    Raises:
        ShapeError: unknown-size.
    """
    size = tensor.dims[axis]
    if isinstance(size, int):
        return size
    raise ShapeError(
        codes.UNKNOWN_SIZE,
        f"{{node}} needs to know the size of axis {axis % tensor.rank} to make its weights",
        label=f"{{{input}}} is {tensor}",
        inputs=(input,),
        help="give the size in the input's `shape`; "
        "a lookup's comes from its `vocabulary` or its `max_tokens`",
    )


def require_axis(tensor: TensorSpec, axis: int, argument: str = "axis", input: int = 0) -> int:
    """The axis counted from the front, where it is one of the tensor's.

    Raises:
        ShapeError: argument-misfit.
    """
    if -tensor.rank <= axis < tensor.rank:
        return axis % tensor.rank
    raise ShapeError(
        codes.ARGUMENT_MISFIT,
        f"`{argument}` of {{node}} is {axis}, and its input has no such axis",
        label=f"{{{input}}} is {tensor}",
        inputs=(input,),
        argument=argument,
        help=f"an axis from {-tensor.rank} to {tensor.rank - 1}, where 0 is the batch",
    )


def require_axes(
    tensor: TensorSpec, axes: int | tuple[int, ...], argument: str = "axis", input: int = 0
) -> tuple[int, ...]:
    """The axes counted from the front, in the order given, where each is there and none twice.

    Raises:
        ShapeError: argument-misfit.
    """
    listed = (axes,) if isinstance(axes, int) else axes
    found = tuple(require_axis(tensor, axis, argument, input) for axis in listed)
    if len(set(found)) == len(found):
        return found
    raise ShapeError(
        codes.ARGUMENT_MISFIT,
        f"`{argument}` of {{node}} names an axis twice",
        label=f"{{{input}}} is {tensor}, and {list(listed)} are its axes {list(found)}",
        inputs=(input,),
        argument=argument,
        help="name each axis once; -1 is the last one",
    )


def require_same_size(
    first: tuple[TensorSpec, int, int],
    second: tuple[TensorSpec, int, int],
    message: str,
    help: str | None = None,
) -> None:
    """Refuse two tensors that differ along an axis of each.

    Args:
        first: the tensor that sets the expectation, its axis, and its number in the call.
        second: the tensor that has to meet it, its axis, and its number in the call.
        message: what is wrong, as a sentence that stands alone.
        help: what to do.

    Raises:
        ShapeError: shape-mismatch, or size-conflict where one of the sizes has a name.
    """
    (tensor, axis, number), (other, other_axis, other_number) = first, second
    size, other_size = tensor.dims[axis], other.dims[other_axis]
    try:
        require_equal(size, other_size)
    except SizesDiffer:
        raise ShapeError(
            mismatch_code(size, other_size),
            message,
            label=f"{{{other_number}}} is {other}: {size} and {other_size} must be equal",
            inputs=(number, other_number),
            help=help,
        ) from None


def require_known_alike(
    first: tuple[TensorSpec, int, int], second: tuple[TensorSpec, int, int], message: str
) -> None:
    """Refuse an axis of known size beside one of unknown size, where Keras compares them so.

    The arguments are those of `require_same_size`.

    Raises:
        ShapeError: shape-mismatch.
    """
    (tensor, axis, number), (other, other_axis, other_number) = first, second
    size, other_size = tensor.dims[axis], other.dims[other_axis]
    if isinstance(size, int) == isinstance(other_size, int):
        return
    unknown = other_number if isinstance(size, int) else number
    raise ShapeError(
        codes.SHAPE_MISMATCH,
        message,
        label=f"{{{other_number}}} is {other}: {size} and {other_size} must be equal",
        inputs=(number, other_number),
        help=f"Keras wants both sizes known, or neither: give the size of {{{unknown}}}",
    )


def mismatch_code(left: Dim, right: Dim) -> Code:
    """The code for two sizes that must be equal and are not."""
    named = isinstance(left, Size) or isinstance(right, Size)
    return codes.SIZE_CONFLICT if named else codes.SHAPE_MISMATCH


def require_numbers(tensor: TensorSpec, input: int = 0) -> None:
    """Refuse strings where a layer computes.

    Raises:
        ShapeError: wrong-dtype.
    """
    if tensor.dtype != "string":
        return
    raise ShapeError(
        codes.WRONG_DTYPE,
        "{node} computes with numbers, and is called on strings",
        label=f"{{{input}}} holds strings",
        inputs=(input,),
        help="make numbers of the strings first, with `StringLookup` or `TextVectorization`",
    )


def require_floats(tensor: TensorSpec, input: int = 0) -> None:
    """Refuse what is not floating-point where TensorFlow has no kernel for anything else.

    Keras declares a float output for integers too, and then fails on the first batch, because a
    layer casts its floating-point inputs alone.

    Raises:
        ShapeError: wrong-dtype.
    """
    require_numbers(tensor, input)
    if tensor.is_float:
        return
    raise ShapeError(
        codes.WRONG_DTYPE,
        "{node} computes in floating point, and its input does not",
        label=f"{{{input}}} is {tensor.dtype}",
        inputs=(input,),
        help="give the input `dtype: float32`, or put `Rescaling` before {node}",
    )


def require_mask(mask: TensorSpec, tensor: TensorSpec, axes: int, input: int, of: int = 0) -> None:
    """Refuse a mask that is not one truth value for each place along the first `axes` axes.

    Args:
        mask: the mask.
        tensor: the tensor that it masks.
        axes: how many axes of the tensor the mask has.
        input: the mask's number in the call.
        of: the tensor's number in the call.

    Raises:
        ShapeError: wrong-rank, shape-mismatch, or size-conflict.
    """
    require_rank(mask, axes, input=input)
    for axis in range(axes):
        message = f"the mask of {{node}} does not fit its input on axis {axis}"
        require_same_size((tensor, axis, of), (mask, axis, input), message)


def elements(dims: tuple[Dim, ...], times: int = 1) -> int | None:
    """The number of elements along `dims`, times a factor; None where a size is not known."""
    count = product(dims)
    return count * times if isinstance(count, int) else None
