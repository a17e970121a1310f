"""The types of arguments of functions: shapes, repeats, paddings."""

from __future__ import annotations

from typing import Annotated, Any

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import LARGEST_SIZE


def whole_number(value: Any, least: int, at: tuple[int, ...] = ()) -> int:
    """A whole number from `least`, at `at` in the value being checked.

    Raises:
        PydanticCustomError: where it is something else.
    """
    if type(value) is not int:
        raise complaint(codes.WRONG_TYPE, f"must be a whole number, not {shown(value)}", at=at)
    if not least <= value <= LARGEST_SIZE:
        predicate = f"must be from {least:,} to {LARGEST_SIZE:,}, not {value}"
        raise complaint(codes.OUT_OF_RANGE, predicate, at=at)
    return value


def whole_numbers(value: Any, least: int, at: tuple[int, ...] = ()) -> tuple[int, ...]:
    """A list of at least one whole number, each from `least`.

    Raises:
        PydanticCustomError: where it is something else.
    """
    if not isinstance(value, list | tuple):
        predicate = f"must be a list of whole numbers, not {shown(value)}"
        raise complaint(codes.WRONG_TYPE, predicate, at=at)
    if not value:
        raise complaint(codes.OUT_OF_RANGE, "must not be empty", at=at)
    return tuple(whole_number(item, least, (*at, n)) for n, item in enumerate(value))


def _listed(least: int) -> Checked:
    return Checked(lambda value: whole_numbers(value, least), least=least, most=LARGEST_SIZE)


def _one_or_listed(least: int, least_listed: int | None = None) -> Checked:
    def check(value: Any) -> int | tuple[int, ...]:
        if isinstance(value, list | tuple):
            return whole_numbers(value, least if least_listed is None else least_listed)
        return whole_number(value, least)

    lowest = least if least_listed is None else min(least, least_listed)
    return Checked(check, least=lowest, most=LARGEST_SIZE)


def _new_shape(value: Any) -> int | tuple[int, ...]:
    """Sizes, of which one may be -1."""
    if isinstance(value, list | tuple) and not value:
        return ()
    listed = whole_numbers(value if isinstance(value, list | tuple) else [value], least=-1)
    if 0 in listed:
        raise complaint(codes.OUT_OF_RANGE, "must be sizes from 1, or -1 for what is left, not 0")
    if listed.count(-1) > 1:
        raise complaint(
            codes.OUT_OF_RANGE,
            "may have one -1, not several",
            help="only one size can be worked out from the others",
        )
    return listed if isinstance(value, list | tuple) else value


def _pad_width(value: Any) -> int | tuple[int, int] | tuple[tuple[int, int], ...]:
    """How much for every side alike, before and behind every axis alike, or of each axis."""
    if not isinstance(value, list | tuple):
        return whole_number(value, least=0)
    if not value or not isinstance(value[0], list | tuple):
        return _pair(value, at=())
    return tuple(_pair(item, at=(n,)) for n, item in enumerate(value))


def _pair(value: Any, at: tuple[int, ...]) -> tuple[int, int]:
    listed = whole_numbers(value, least=0, at=at)
    if len(listed) != 2:
        predicate = f"must be two whole numbers, before and behind, not {len(listed)}"
        raise complaint(codes.OUT_OF_RANGE, predicate, at=at)
    return listed[0], listed[1]


def _image_size(value: Any) -> tuple[int, int]:
    listed = whole_numbers(value, least=1)
    if len(listed) != 2:
        raise complaint(codes.OUT_OF_RANGE, f"must be a height and a width, not {len(listed)}")
    return listed[0], listed[1]


def _two_axes(value: Any) -> tuple[int, int]:
    listed = whole_numbers(value, least=-64)
    if len(listed) != 2:
        raise complaint(codes.OUT_OF_RANGE, f"must be two axes, not {len(listed)}")
    return listed[0], listed[1]


def _contracted_axes(value: Any) -> int | tuple[tuple[int, ...], tuple[int, ...]]:
    """How many axes, or a list of those of each tensor."""
    if not isinstance(value, list | tuple):
        return whole_number(value, least=0)
    if len(value) != 2:
        predicate = f"must be a number of axes or two lists of axes, not {len(value)}"
        raise complaint(codes.OUT_OF_RANGE, predicate)
    first, second = (whole_numbers(item, least=-64, at=(n,)) for n, item in enumerate(value))
    if len(first) != len(second):
        raise complaint(codes.OUT_OF_RANGE, "must name as many axes of one as of the other")
    return first, second


Shape = Annotated[tuple[int, ...], _listed(least=1)]
Starts = Annotated[tuple[int, ...], _listed(least=0)]
Extents = Annotated[tuple[int, ...], _listed(least=-1)]
Shifts = Annotated[int | tuple[int, ...], _one_or_listed(least=-LARGEST_SIZE)]
Repeats = Annotated[int | tuple[int, ...], _one_or_listed(least=1, least_listed=0)]
Tiles = Annotated[int | tuple[int, ...], _one_or_listed(least=1)]
Windows = Annotated[int | tuple[int, ...], _one_or_listed(least=1)]
Sections = Annotated[int | tuple[int, ...], _one_or_listed(least=1, least_listed=0)]
AxisList = Annotated[tuple[int, ...], _listed(least=-64)]
NewShape = Annotated[int | tuple[int, ...], Checked(_new_shape, least=-1)]
TwoAxes = Annotated[tuple[int, int], Checked(_two_axes, least=-64)]
PadWidth = Annotated[
    int | tuple[int, int] | tuple[tuple[int, int], ...], Checked(_pad_width, least=0)
]
ImageSize = Annotated[tuple[int, int], Checked(_image_size, least=1)]
ContractedAxes = Annotated[int | tuple[tuple[int, ...], tuple[int, ...]], Checked(_contracted_axes)]
