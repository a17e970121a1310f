"""How numbers become places of a last axis, and the arguments that such layers share."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import Checked, complaint
from layergraph.tensors import Dim

Encoding = Literal["one_hot", "multi_hot"]


def encoded(dims: tuple[Dim, ...], mode: Encoding, depth: int | None) -> tuple[Dim, ...]:
    """The shape with a last axis of `depth` places.

    With "one_hot" every element gets one, and a last axis of size 1 makes room for it; with
    "multi_hot" every sample, which is what stands along the last axis.
    """
    if mode == "one_hot" and (len(dims) == 1 or dims[-1] != 1):
        return (*dims, depth)
    return (*dims[:-1], depth)


def _salt(value: Any) -> int | tuple[int, int]:
    """The key of a hash: one number, or two."""
    if type(value) is int:
        return value
    if isinstance(value, (list, tuple)) and [type(item) for item in value] == [int, int]:
        return value[0], value[1]
    raise complaint(
        codes.WRONG_TYPE,
        f"must be a whole number or a list of two whole numbers, not {shown(value)}",
    )


Salt = Annotated[int | tuple[int, int], Checked(_salt)]


def refuse_sparse_numbers(sparse: bool, output_mode: str) -> None:
    """Refuse a sparse output where the output is numbers, and not places.

    Raises:
        PydanticCustomError: conflicting-arguments.
    """
    if sparse and output_mode == "int":
        raise complaint(
            codes.CONFLICTING_ARGUMENTS,
            "cannot be combined with `output_mode: int`",
            at=("sparse",),
            help="drop `sparse`, or choose another `output_mode`",
        )
