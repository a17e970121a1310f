"""The types of arguments that are plain values: counts, rates, thresholds, axes, names."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import Checked, complaint

LARGEST_SIZE = 2**31 - 1
"""The largest number of anything that is counted; TensorFlow's kernels count in 32 bits."""

PositiveInt = Annotated[int, Field(ge=1, le=LARGEST_SIZE)]
NonNegativeInt = Annotated[int, Field(ge=0, le=LARGEST_SIZE)]
Positive = Annotated[float, Field(gt=0)]
NonNegative = Annotated[float, Field(ge=0)]
Rate = Annotated[float, Field(ge=0, le=1)]
Momentum = Annotated[float, Field(ge=0, lt=1)]
Axis = Annotated[int, Field(ge=-64, le=64)]
Seed = Annotated[int, Field(ge=-(2**63), lt=2**63)]

FloatDType = Literal["float32", "float64", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16"]
WholeDType = Literal["int16", "int32", "int64", "uint8", "uint16", "uint32"]
DType = Literal[FloatDType, WholeDType, "uint64", "bool", "string"]
"""What a layer may compute in. Keras takes `int8` for a part of a quantized policy's name."""

Item = TypeVar("Item")


def number(value: Any, at: tuple[str | int, ...] = ()) -> float:
    """A finite number, at `at` in the value being checked.

    Raises:
        PydanticCustomError: where it is something else.
    """
    if type(value) not in (int, float):
        raise complaint(codes.WRONG_TYPE, f"must be a number, not {shown(value)}", at=at)
    if not abs(value) <= sys.float_info.max:  # false for NaN too, and whole numbers may be huge
        raise complaint(codes.OUT_OF_RANGE, "must be a finite number", at=at)
    return float(value)


def _rate(value: Any, at: tuple[int, ...]) -> float:
    if not 0 <= number(value, at) <= 1:
        predicate = f"must be at least 0 and at most 1, not {value}"
        raise complaint(codes.OUT_OF_RANGE, predicate, at=at)
    return float(value)


def _weight(value: Any, at: tuple[int, ...]) -> float:
    if number(value, at) < 0:
        raise complaint(codes.OUT_OF_RANGE, f"must be at least 0, not {value}", at=at)
    return float(value)


def _axis(value: Any, at: tuple[int, ...]) -> int:
    if type(value) is not int:
        raise complaint(codes.WRONG_TYPE, f"must be a whole number, not {shown(value)}", at=at)
    if not -64 <= value <= 64:
        raise complaint(codes.OUT_OF_RANGE, f"must be from -64 to 64, not {value}", at=at)
    return value


def _one_or_several(
    check: Callable[[Any, tuple[int, ...]], Item], least: float, most: float | None = None
) -> Checked:
    """One value, or a list of at least one."""

    def checked(value: Any) -> Item | tuple[Item, ...]:
        if not isinstance(value, list | tuple):
            return check(value, ())
        if not value:
            raise complaint(codes.OUT_OF_RANGE, "must not be empty")
        return tuple(check(item, (position,)) for position, item in enumerate(value))

    return Checked(checked, least=least, most=most)


Thresholds = Annotated[float | tuple[float, ...], _one_or_several(_rate, least=0, most=1)]
ClassWeights = Annotated[float | tuple[float, ...], _one_or_several(_weight, least=0)]
Axes = Annotated[int | tuple[int, ...], _one_or_several(_axis, least=-64, most=64)]


def _no(value: Any) -> Literal[False]:
    if value is not False:  # and 0, which is equal to it, is a number
        raise complaint(codes.NOT_A_CHOICE, f"must be false, not {shown(value)}")
    return value


No = Annotated[Literal[False], Checked(_no)]
"""What Keras could be asked for, and cannot do in a graph."""


def _nameable(name: str) -> str:
    if not name or len(name) > 128 or "/" in name or not name.isprintable():
        raise complaint(
            codes.INVALID_NAME,
            f"must be 1 to 128 printable characters without `/`, not {shown(name)}",
        )
    return name


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        predicate = f"must be a regular expression, which {shown(pattern)} is not: {error}"
        raise complaint(codes.OUT_OF_RANGE, predicate) from error
    return pattern


Name = Annotated[str, AfterValidator(_nameable)]
Pattern = Annotated[str, AfterValidator(_compiles)]
