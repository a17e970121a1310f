"""What functions of several tensors ask of them, each of which may be a constant."""

from __future__ import annotations

from collections.abc import Sequence

from layergraph.diagnostics import codes
from layergraph.layers.rules import mismatch_code
from layergraph.ops.base import Operand
from layergraph.tensors import Dim, ShapeError, SizesDiffer, require_equal


def require_one_dtype(operands: Sequence[Operand]) -> None:
    """Refuse operands of several dtypes where Keras casts none of them.

    Raises:
        ShapeError: wrong-dtype.
    """
    first = operands[0]
    for other in operands[1:]:
        if other.dtype != first.dtype:
            constant = f"give the constant that dtype: `{{array: […], dtype: {first.dtype}}}`"
            raise ShapeError(
                codes.WRONG_DTYPE,
                "{node} computes in one dtype, and is given two",
                label=f"{first.called} is {first.dtype} and {other.called} is {other.dtype}",
                inputs=(*first.inputs, *other.inputs),
                argument=None if other.inputs else other.name,
                help=f"put `ops.cast` with `dtype: {first.dtype}` before {other.called}"
                if other.inputs
                else constant,
            )


def require_operand_dtype(operand: Operand, accepted: Sequence[str]) -> None:
    """Refuse an operand of a dtype that the function does not take for it.

    Raises:
        ShapeError: wrong-dtype.
    """
    if operand.dtype in accepted:
        return
    wanted = next((dtype for dtype in ("float32", "int32", "bool") if dtype in accepted), "")
    raise ShapeError(
        codes.WRONG_DTYPE,
        f"{{node}} cannot take {operand.dtype} for its `{operand.name}`",
        label=f"{operand.called} is {operand.dtype}, not one of {', '.join(accepted)}",
        inputs=operand.inputs,
        argument=None if operand.inputs else operand.name,
        help=f"put `ops.cast` with `dtype: {wanted}` before {operand.called}"
        if operand.inputs
        else None,
    )


def require_operand_rank(operand: Operand, ranks: Sequence[int], layout: str) -> None:
    """Refuse an operand of another number of axes than one of `ranks`, which are `layout`.

    Raises:
        ShapeError: wrong-rank.
    """
    if len(operand.dims) in ranks:
        return
    axes = " or ".join(map(str, ranks))
    raise ShapeError(
        codes.WRONG_RANK,
        f"`{operand.name}` of {{node}} needs {axes} axes, {layout}",
        label=f"{operand.called} is {operand.shape}, which has {len(operand.dims)}",
        inputs=operand.inputs,
        argument=None if operand.inputs else operand.name,
    )


def require_operand_sizes(
    first: tuple[Operand, int],
    second: tuple[Operand, int],
    message: str,
    *,
    known_alike: bool = False,
    help: str | None = None,
) -> None:
    """Refuse two operands that differ along an axis of each.

    Args:
        first: the operand that sets the expectation, and its axis.
        second: the one that has to meet it, and its axis.
        message: what is wrong, as a sentence that stands alone.
        known_alike: whether Keras takes a known size and an unknown one for two that differ.
        help: what to do.

    Raises:
        ShapeError: shape-mismatch, or size-conflict where one of the sizes has a name.
    """
    (operand, axis), (other, other_axis) = first, second
    size, other_size = operand.dims[axis], other.dims[other_axis]
    try:
        require_equal(size, other_size)
    except SizesDiffer:
        code = mismatch_code(size, other_size)
    else:
        if not known_alike or isinstance(size, int) == isinstance(other_size, int):
            return
        code = codes.SHAPE_MISMATCH
        help = "Keras wants both sizes known, or neither"
    raise ShapeError(
        code,
        message,
        label=f"{operand.called} is {operand.shape} and {other.called} is {other.shape}: "
        f"{size} and {other_size} must be equal",
        inputs=(*operand.inputs, *other.inputs),
        argument=None if other.inputs else other.name,
        help=help,
    )


def require_same_shape(operands: Sequence[Operand], *, known_alike: bool = False) -> None:
    """Refuse operands of several shapes.

    Raises:
        ShapeError: wrong-rank, shape-mismatch, or size-conflict.
    """
    first = operands[0]
    for other in operands[1:]:
        require_operand_rank(other, (len(first.dims),), f"as many as {first.called}")
        for axis in range(len(first.dims)):
            message = f"{{node}} needs two of one shape, and they differ on axis {axis}"
            require_operand_sizes((first, axis), (other, axis), message, known_alike=known_alike)


def require_broadcasts_to(dims: tuple[Dim, ...], whole: Operand, other: Operand) -> None:
    """Refuse what broadcasts to another shape than `dims`, which `whole` leads to.

    Raises:
        ShapeError: shape-mismatch.
    """
    pairs = zip(reversed(dims), reversed(other.dims), strict=False)
    if len(other.dims) <= len(dims) and all(
        size == 1 or (wanted != 1 and may_be_equal(wanted, size)) for wanted, size in pairs
    ):
        return
    raise ShapeError(
        codes.SHAPE_MISMATCH,
        f"`{other.name}` of {{node}} does not broadcast to ({', '.join(map(str, dims))})",
        label=f"{whole.called} is {whole.shape} and {other.called} is {other.shape}",
        inputs=(*whole.inputs, *other.inputs),
        argument=None if other.inputs else other.name,
        help="shapes are aligned at their last axes, where each two sizes must be equal or the "
        f"one of `{other.name}` 1",
    )


def may_be_equal(size: Dim, other: Dim) -> bool:
    """Whether two sizes can be equal, which holds from then on where one of them has a name."""
    try:
        require_equal(size, other)
    except SizesDiffer:
        return False
    return True
