"""Arithmetic: `keras.ops` from `keras/src/ops/numpy.py`."""

from typing import ClassVar

from layergraph.diagnostics import codes
from layergraph.ops.base import Operand
from layergraph.ops.constants import every_number
from layergraph.ops.elementwise import OfOne, OfOneOfFloats, OfTwo
from layergraph.ops.rules import FLOATS, NUMBERS
from layergraph.tensors import Dim, ShapeError, TensorSpec

_SIGNED = (*FLOATS, "int8", "int16", "int32", "int64")


def refuse_truth_values(operands: tuple[Operand, ...], dtype: str) -> str:
    """The dtype, where it is one of numbers: TensorFlow has no kernels for truth values here.

    Raises:
        ShapeError: wrong-dtype.
    """
    if dtype != "bool":
        return dtype
    raise ShapeError(
        codes.WRONG_DTYPE,
        "{node} computes with numbers, and is called on truth values",
        label=" and ".join(f"{operand.called} is bool" for operand in operands),
        inputs=tuple(number for operand in operands for number in operand.inputs),
        help="use `ops.logical_and` and the like, or put `ops.cast` with `dtype: int32` before "
        "{node}",
    )


class _OfNumbers(OfTwo):
    """The base of arithmetic on two, of which one at least holds numbers."""

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        return refuse_truth_values(operands, super()._computed_dtype(operands))


class Add(_OfNumbers):
    """x1 + x2, element by element: two shapes that broadcast → their common shape."""

    def infer(self, x1: TensorSpec | None = None, x2: TensorSpec | None = None) -> TensorSpec:
        output = super().infer(x1, x2)
        first, second = self.operands(x1=x1, x2=x2)
        if not _adds_as_broadcast(first.dims, second.dims):
            raise ShapeError(
                codes.SHAPE_MISMATCH,
                "Keras would add `x2` of {node} along another axis of `x1` than broadcasting does",
                label=f"{first.called} is {first.shape} and {second.called} is {second.shape}",
                inputs=(*first.inputs, *second.inputs),
                help="give the two the other way round, as `x2` and `x1`",
            )
        return output


def _adds_as_broadcast(first: tuple[Dim, ...], second: tuple[Dim, ...]) -> bool:
    """Whether Keras aligns the two as broadcasting does.

    On TensorFlow it adds what has one axis of more than 1 as a bias, along the last axis of that
    size, or else along axis 1 if that has or may have it, wherever the axis stands (`add` in
    `keras/src/backend/tensorflow/numpy.py`).
    """
    long = [axis - len(second) for axis, size in enumerate(second) if size != 1]
    if len(long) != 1 or len(first) < 2 or not isinstance(second[long[0]], int):
        return True
    if first[-1] == second[long[0]]:
        along = -1
    elif first[1] == second[long[0]] or not isinstance(first[1], int):
        along = 1 - len(first)
    else:
        return True
    return len(second) <= len(first) and long[0] == along


class Subtract(_OfNumbers):
    """x1 - x2, element by element: two shapes that broadcast → their common shape."""


class Multiply(_OfNumbers):
    """x1 × x2, element by element: two shapes that broadcast → their common shape."""


class Divide(OfTwo):
    """x1 / x2, in floating point: two shapes that broadcast → their common shape."""

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        return self.promoted(operands, "float")


def refuse_dividing_by_zero(operands: tuple[Operand, ...], dtype: str) -> str:
    """The dtype, where the constant divisor has no 0, which whole numbers cannot be divided by.

    Raises:
        ShapeError: argument-misfit.
    """
    divisor = operands[1]
    if divisor.constant is None or dtype in FLOATS or 0 not in every_number(divisor.constant):
        return dtype
    raise ShapeError(
        codes.ARGUMENT_MISFIT,
        "{node} divides whole numbers by 0",
        label=f"{operands[0].called} is {operands[0].dtype}",
        inputs=operands[0].inputs,
        argument=divisor.name,
        help="floating-point numbers can be divided by 0: `x2: 0.0`",
    )


class FloorDivide(_OfNumbers):
    """x1 / x2, rounded down: two shapes that broadcast → their common shape."""

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        return refuse_dividing_by_zero(operands, super()._computed_dtype(operands))


class Power(_OfNumbers):
    """x1 to the power of x2: two shapes that broadcast → their common shape."""


class Maximum(_OfNumbers):
    """The larger of x1 and x2: two shapes that broadcast → their common shape."""


class Minimum(_OfNumbers):
    """The smaller of x1 and x2: two shapes that broadcast → their common shape."""


class Mod(OfTwo):
    """What is left of x1 / x2, with the sign of x2: two shapes that broadcast → their common shape.

    A number of the file counts as int32 or float32, and does not give way to the tensor's dtype.
    """

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        dtype = self.promoted(strong(operands))
        return refuse_dividing_by_zero(operands, "int32" if dtype == "bool" else dtype)


class Logaddexp(OfTwo):
    """log(exp(x1) + exp(x2)): two shapes that broadcast → their common shape.

    A number of the file counts as float32, and does not give way to the tensor's dtype.
    """

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        return self.promoted(strong(operands), "float")


def strong(operands: tuple[Operand, ...]) -> tuple[Operand, ...]:
    """The operands with Python's numbers in dtypes of their own, as TensorFlow converts them."""
    dtypes = {"int": "int32", "float": "float32"}
    return tuple(
        operand._replace(dtype=dtypes.get(operand.dtype, operand.dtype)) for operand in operands
    )


class Negative(OfOne):
    """-x: any shape → the same shape."""

    takes: ClassVar[tuple[str, ...]] = _SIGNED


class Absolute(OfOne):
    """x without its sign: any shape → the same shape."""


class Sign(OfOne):
    """-1, 0 or 1, as x is negative, nothing or positive: any shape → the same shape."""

    takes: ClassVar[tuple[str, ...]] = (*_SIGNED, "uint8", "uint16", "uint32")


class Square(OfOne):
    """x²: any shape → the same shape. Truth values give int32."""

    def _computed_dtype(self, dtype: str) -> str:
        return "int32" if dtype == "bool" else dtype


class Reciprocal(OfOneOfFloats):
    """1 / x: any shape → the same shape."""


class Rsqrt(OfOneOfFloats):
    """1 / √x: any shape → the same shape."""


class Trunc(OfOne):
    """x without what is behind the point: any shape → the same shape."""


class Round(OfOne):
    """x rounded to `decimals` places, halves to the even one: any shape → the same shape."""

    takes: ClassVar[tuple[str, ...]] = NUMBERS

    decimals: int = 0
