"""The types of layers' arguments that are not objects: counts, rates, windows, axes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator

from layergraph.diagnostics import codes
from layergraph.objects.base import KerasObject, complaint
from layergraph.objects.catalogs import ACTIVATIONS

LARGEST_SIZE = 2**31 - 1
"""The largest size of an axis; TensorFlow's own kernels count in 32 bits."""

PositiveInt = Annotated[int, Field(ge=1, le=LARGEST_SIZE)]
NonNegativeInt = Annotated[int, Field(ge=0, le=LARGEST_SIZE)]
Rate = Annotated[float, Field(ge=0, le=1)]
Axis = Annotated[int, Field(ge=-64, le=64)]
Seed = Annotated[int, Field(ge=-(2**63), lt=2**63)]

DType = Literal[
    "float32",
    "float64",
    "float16",
    "bfloat16",
    "mixed_float16",
    "mixed_bfloat16",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "bool",
    "string",
]
DataFormat = Literal["channels_last", "channels_first"]
Padding = Literal["valid", "same"]

Activation = Annotated[str | KerasObject, PlainValidator(ACTIVATIONS.resolve)]


def _sizes(axes: int, least: int) -> PlainValidator:
    """A size for all axes of a window, or a list of one for each."""

    def check(value: Any) -> int | tuple[int, ...]:
        if type(value) is int:
            return _in_range(value, least)
        if not isinstance(value, (list, tuple)):
            form = "a whole number" if axes == 1 else f"a whole number or a list of {axes}"
            raise complaint(codes.WRONG_TYPE, f"must be {form}, not {value!r}")
        if len(value) != axes:
            raise complaint(
                codes.OUT_OF_RANGE,
                f"must be one whole number or a list of {axes}, not of {len(value)}",
            )
        for position, item in enumerate(value):
            if type(item) is not int:
                predicate = f"must be a whole number, not {item!r}"
                raise complaint(codes.WRONG_TYPE, predicate, at=(position,))
            _in_range(item, least, at=(position,))
        return tuple(value)

    return PlainValidator(check)


def _in_range(value: int, least: int, at: tuple[int, ...] = ()) -> int:
    if value < least:
        raise complaint(codes.OUT_OF_RANGE, f"must be at least {least}, not {value}", at=at)
    if value > LARGEST_SIZE:
        raise complaint(codes.OUT_OF_RANGE, f"must be at most {LARGEST_SIZE}, not {value}", at=at)
    return value


Window1D = Annotated[int | tuple[int], _sizes(axes=1, least=1)]
Window2D = Annotated[int | tuple[int, int], _sizes(axes=2, least=1)]
Window3D = Annotated[int | tuple[int, int, int], _sizes(axes=3, least=1)]


def per_axis(value: int | tuple[int, ...], axes: int) -> tuple[int, ...]:
    """A size for each axis, where one may stand for all of them."""
    return (value,) * axes if isinstance(value, int) else value
