"""What several shape rules ask of a tensor, with the error where it is not so."""

from __future__ import annotations

from layergraph.diagnostics import codes
from layergraph.tensors import Dim, ShapeError, TensorSpec, product


def require_rank(
    tensor: TensorSpec,
    exactly: int | None = None,
    *,
    at_least: int = 0,
    layout: str = "",
    input: int = 0,
) -> None:
    """Refuse a tensor that has not as many axes (the batch among them) as the layer needs.

    Args:
        tensor: the tensor to look at.
        exactly: the only rank that will do.
        at_least: the least rank that will do.
        layout: the axes that the layer wants, "(batch, height, width, channels)".
        input: the tensor's number in the call.

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
        f"{{node}} needs to know the size of axis {axis} to make its weights",
        label=f"{{{input}}} is {tensor}",
        inputs=(input,),
        help="give the size in the input's `shape`",
    )


def elements(dims: tuple[Dim, ...], times: int = 1) -> int | None:
    """The number of elements along `dims`, times a factor; None where a size is not known."""
    count = product(dims)
    return count * times if isinstance(count, int) else None
