"""The types of layers' arguments that are not objects: counts, rates, windows, axes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import Checked, KerasObject, complaint
from layergraph.objects.catalogs import ACTIVATIONS
from layergraph.objects.values import LARGEST_SIZE

DataFormat = Literal["channels_last", "channels_first"]
Padding = Literal["valid", "same"]

Activation = Annotated[str | KerasObject, Checked(ACTIVATIONS.resolve)]


def _sizes(axes: int, least: int) -> Checked:
    """A size for all axes of a window, or a list of one for each."""
    return Checked(lambda value: _checked_sizes(value, axes, least), least=least, most=LARGEST_SIZE)


def _checked_sizes(
    value: Any, axes: int, least: int, at: tuple[int, ...] = ()
) -> int | tuple[int, ...]:
    if type(value) is int:
        return _in_range(value, least, at)
    if not isinstance(value, (list, tuple)):
        form = "a whole number" if axes == 1 else f"a whole number or a list of {axes}"
        raise complaint(codes.WRONG_TYPE, f"must be {form}, not {shown(value)}", at=at)
    if len(value) != axes:
        predicate = f"must be one whole number or a list of {axes}, not of {len(value)}"
        raise complaint(codes.OUT_OF_RANGE, predicate, at=at)
    for position, item in enumerate(value):
        if type(item) is not int:
            predicate = f"must be a whole number, not {shown(item)}"
            raise complaint(codes.WRONG_TYPE, predicate, at=(*at, position))
        _in_range(item, least, at=(*at, position))
    return tuple(value)


def _in_range(value: int, least: int, at: tuple[int, ...] = ()) -> int:
    if value < least:
        raise complaint(codes.OUT_OF_RANGE, f"must be at least {least}, not {value}", at=at)
    if value > LARGEST_SIZE:
        raise complaint(codes.OUT_OF_RANGE, f"must be at most {LARGEST_SIZE}, not {value}", at=at)
    return value


def _axes(value: Any) -> int | tuple[int, ...]:
    """One axis, or a list of them."""
    if type(value) is int:
        return _axis(value)
    if not isinstance(value, (list, tuple)):
        raise complaint(codes.WRONG_TYPE, f"must be an axis or a list of axes, not {shown(value)}")
    if not value:
        raise complaint(codes.OUT_OF_RANGE, "must name at least one axis")
    return tuple(_axis(item, at=(position,)) for position, item in enumerate(value))


def _axis(value: Any, at: tuple[int, ...] = ()) -> int:
    if type(value) is not int:
        raise complaint(codes.WRONG_TYPE, f"must be a whole number, not {shown(value)}", at=at)
    if not -64 <= value <= 64:
        raise complaint(codes.OUT_OF_RANGE, f"must be an axis, not {value}", at=at)
    return value


Axes = Annotated[int | tuple[int, ...], Checked(_axes, least=-64, most=64)]

Window1D = Annotated[int | tuple[int], _sizes(axes=1, least=1)]
Window2D = Annotated[int | tuple[int, int], _sizes(axes=2, least=1)]
Window3D = Annotated[int | tuple[int, int, int], _sizes(axes=3, least=1)]


OutputPadding1D = Annotated[int | tuple[int], _sizes(axes=1, least=0)]
OutputPadding2D = Annotated[int | tuple[int, int], _sizes(axes=2, least=0)]
OutputPadding3D = Annotated[int | tuple[int, int, int], _sizes(axes=3, least=0)]

Sides = int | tuple[int, int]
"""What is added or taken at the two sides of an axis: the same at both, or one for each."""


def _sides(axes: int) -> Checked:
    """Sides for all axes alike, or a list of them for each."""

    def check(value: Any) -> Any:
        if axes == 1 or not isinstance(value, (list, tuple)):
            return _checked_sizes(value, axes=2, least=0)
        if len(value) != axes:
            predicate = f"must be one whole number or a list of {axes}, not of {len(value)}"
            raise complaint(codes.OUT_OF_RANGE, predicate)
        return tuple(
            _checked_sizes(item, axes=2, least=0, at=(position,))
            for position, item in enumerate(value)
        )

    return Checked(check, least=0, most=LARGEST_SIZE)


Sides1D = Annotated[Sides, _sides(axes=1)]
Sides2D = Annotated[int | tuple[Sides, Sides], _sides(axes=2)]
Sides3D = Annotated[int | tuple[Sides, Sides, Sides], _sides(axes=3)]


def per_side(value: Any, axes: int) -> tuple[tuple[int, int], ...]:
    """What is added or taken before and behind each axis."""
    if isinstance(value, int) or axes == 1:
        value = (value,) * axes
    return tuple((sides, sides) if isinstance(sides, int) else sides for sides in value)


def per_axis(value: int | tuple[int, ...], axes: int) -> tuple[int, ...]:
    """A size for each axis, where one may stand for all of them."""
    return (value,) * axes if isinstance(value, int) else value
