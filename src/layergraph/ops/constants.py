"""Constants: numbers of the file in the place of a tensor."""

from math import isnan
from typing import Annotated, Any, Literal, NamedTuple

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import Checked, complaint
from layergraph.tensors import DTYPES, FLOAT_DTYPES

Scalar = bool | int | float


class Array(NamedTuple):
    """An array of numbers: nested tuples of one length at each depth."""

    values: Any
    shape: tuple[int, ...]
    dtype: str


def as_constant(value: Any) -> Scalar | Array:
    """A number, nested lists of numbers, or ``{array: […], dtype: …}``."""
    if isinstance(value, Array):
        return value
    if isinstance(value, dict):
        return _declared_array(value)
    if isinstance(value, (list, tuple)):
        return _array(value, dtype=None, at=())
    return _scalar(value, at=())


def _array_constant(value: Any) -> Array:
    """What stands for a whole tensor: lists, with a dtype or without."""
    checked = as_constant(value)
    if isinstance(checked, Array):
        return checked
    raise complaint(codes.WRONG_TYPE, f"must be a list of numbers, not {shown(value)}")


def _number(value: Any) -> int | float:
    """A number, infinity among them."""
    number = _scalar(value, at=())
    if isinstance(number, bool):
        raise complaint(codes.WRONG_TYPE, f"must be a number, not {shown(value)}")
    return number


NumberDType = Literal[
    "float32",
    "float64",
    "float16",
    "bfloat16",
    "int32",
    "int64",
    "int8",
    "int16",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "bool",
]
"""A dtype of numbers or truth values, for arguments called `dtype`."""

Constant = Annotated[bool | int | float | Array, Checked(as_constant)]
ArrayConstant = Annotated[Array, Checked(_array_constant)]
Number = Annotated[int | float, Checked(_number)]


def first_number_outside(constant: Scalar | Array, dtype: str) -> int | None:
    """A whole number of the constant that the dtype, if it is one of integers, cannot hold."""
    if "int" not in dtype:
        return None
    bits = int(dtype.removeprefix("u").removeprefix("int"))
    low, high = (0, 2**bits - 1) if dtype[0] == "u" else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    return next((number for number in every_number(constant) if not low <= number <= high), None)


def every_number(constant: Scalar | Array) -> list[Any]:
    """All numbers of a constant, in order."""
    return _flat(constant.values) if isinstance(constant, Array) else [constant]


def _scalar(value: Any, at: tuple[str | int, ...]) -> Scalar:
    if type(value) not in (bool, int, float):
        raise complaint(codes.WRONG_TYPE, f"must be a number, not {shown(value)}", at=at)
    if type(value) is int and not -(2**63) <= value < 2**63:
        raise complaint(codes.OUT_OF_RANGE, "must be a whole number of 64 bits", at=at)
    if type(value) is float and isnan(value):
        raise complaint(codes.OUT_OF_RANGE, "must be a number, not NaN", at=at)
    number: Scalar = value
    return number


def _declared_array(mapping: dict[str, Any]) -> Array:
    unknown = [key for key in mapping if key not in ("array", "dtype")]
    if unknown:
        raise complaint(
            codes.UNKNOWN_KEY,
            "is no key of an array",
            at=(unknown[0],),
            help="an array is written `{array: […], dtype: float32}`",
        )
    if "array" not in mapping:
        raise complaint(
            codes.MISSING_KEY, "has no `array`", help="write `{array: […], dtype: float32}`"
        )
    dtype = mapping.get("dtype")
    if dtype is not None and (dtype not in DTYPES or dtype == "string"):
        predicate = f"must be a dtype of numbers, not {shown(dtype)}"
        raise complaint(codes.NOT_A_CHOICE, predicate, at=("dtype",))
    return _array(mapping["array"], dtype, at=("array",))


def _array(value: Any, dtype: str | None, at: tuple[str | int, ...]) -> Array:
    """Nested lists as an array; without a dtype, of int32, float32 or bool as the numbers are."""
    shape = _shape(value)
    values = _nested(value, shape, at)
    flat = _flat(values)
    kinds = {type(number) for number in flat}
    if dtype is None:
        dtype = "float32" if float in kinds or not kinds else "int32"
        dtype = "bool" if kinds == {bool} else dtype
    if bool in kinds and kinds != {bool}:
        raise complaint(codes.WRONG_TYPE, "must have numbers or truth values, not both", at=at)
    if dtype not in FLOAT_DTYPES and float in kinds:
        raise complaint(codes.WRONG_TYPE, f"must have whole numbers, to be {dtype}", at=at)
    if dtype == "bool" and kinds != {bool}:
        raise complaint(codes.WRONG_TYPE, "must have truth values, to be bool", at=at)
    outside = first_number_outside(Array(values, shape, dtype), dtype)
    if outside is not None:
        raise complaint(codes.OUT_OF_RANGE, f"has {outside}, which is no {dtype}", at=at)
    return Array(values, shape, dtype)


def _shape(value: Any) -> tuple[int, ...]:
    """The lengths of the lists, along the first item of each."""
    if not isinstance(value, (list, tuple)):
        return ()
    return (len(value), *(_shape(value[0]) if value else ()))


def _nested(value: Any, shape: tuple[int, ...], at: tuple[str | int, ...]) -> Any:
    if not shape:
        return _scalar(value, at)
    if not isinstance(value, (list, tuple)) or len(value) != shape[0]:
        predicate = f"must be a list of {shape[0]}, as the ones before it are"
        raise complaint(codes.WRONG_TYPE, predicate, at=at)
    return tuple(_nested(item, shape[1:], (*at, n)) for n, item in enumerate(value))


def _flat(values: Any) -> list[Any]:
    if not isinstance(values, tuple):
        return [values]
    return [number for item in values for number in _flat(item)]
