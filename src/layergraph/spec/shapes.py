"""Shapes as a file gives them: sizes without the batch, some of them unknown."""

from typing import Any

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import complaint
from layergraph.objects.values import LARGEST_SIZE
from layergraph.tensors import BATCH, Dim, Size


def checked_shape(value: Any) -> tuple[Dim, ...]:
    """The sizes of a list: numbers, null, and words that name a size.

    Raises:
        PydanticCustomError: at the first that is none.
    """
    if not isinstance(value, list | tuple):
        raise complaint(
            codes.WRONG_TYPE,
            f"must be a list of sizes, not {shown(value)}",
            help="leave the batch out: `shape: [28, 28, 1]`, and `[]` for one value a sample",
        )
    return tuple(_size(item, position) for position, item in enumerate(value))


def _size(item: Any, position: int) -> Dim:
    if item is None:
        return None
    if isinstance(item, str):
        if not item.isidentifier():
            raise complaint(
                codes.INVALID_NAME,
                f"is `{item[:64]}`, which cannot name a size",
                at=(position,),
                help="write a number, null, or a word such as `time`",
            )
        if item == BATCH.name:
            raise complaint(
                codes.INVALID_NAME,
                "is `batch`, the name of the first axis, which `shape` leaves out",
                at=(position,),
                help="drop it: `batch_size` fixes the batch, where that is meant",
            )
        return Size(item)
    if type(item) is not int:
        predicate = f"must be a whole number, null or a name, not {shown(item)}"
        raise complaint(codes.WRONG_TYPE, predicate, at=(position,))
    if not 1 <= item <= LARGEST_SIZE:
        predicate = f"must be from 1 to {LARGEST_SIZE}, not {item}"
        raise complaint(codes.OUT_OF_RANGE, predicate, at=(position,))
    return item
