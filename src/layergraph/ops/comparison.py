"""Comparisons and logic, which give truth values: `keras.ops` from `keras/src/ops/numpy.py`."""

from typing import ClassVar

from layergraph.ops.arithmetic import refuse_truth_values
from layergraph.ops.base import Operand
from layergraph.ops.elementwise import OfOne, OfTwo
from layergraph.ops.rules import FLOATS


class _Truth(OfTwo):
    """The base of what gives a truth value for two numbers, or two truth values."""

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        super()._computed_dtype(operands)
        return "bool"


class _Order(OfTwo):
    """The base of what asks which of two numbers is larger."""

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        refuse_truth_values(operands, super()._computed_dtype(operands))
        return "bool"


class _Equality(_Truth):
    """The base of what asks whether two are the same, which two strings can be too."""

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        if all(operand.dtype == "string" for operand in operands):
            return "bool"
        return super()._computed_dtype(operands)


class Equal(_Equality):
    """Whether x1 equals x2: two shapes that broadcast → their common shape."""


class NotEqual(_Equality):
    """Whether x1 differs from x2: two shapes that broadcast → their common shape."""


class Greater(_Order):
    """Whether x1 is more than x2: two shapes that broadcast → their common shape."""


class GreaterEqual(_Order):
    """Whether x1 is at least x2: two shapes that broadcast → their common shape."""


class Less(_Order):
    """Whether x1 is less than x2: two shapes that broadcast → their common shape."""


class LessEqual(_Order):
    """Whether x1 is at most x2: two shapes that broadcast → their common shape."""


class LogicalAnd(_Truth):
    """Whether both are true, or not 0: two shapes that broadcast → their common shape."""


class LogicalOr(_Truth):
    """Whether one at least is true, or not 0: two shapes that broadcast → their common shape."""


class LogicalXor(_Truth):
    """Whether one alone is true, or not 0: two shapes that broadcast → their common shape."""


class LogicalNot(OfOne):
    """Whether x is false, or 0: any shape → the same shape."""

    def _computed_dtype(self, dtype: str) -> str:  # noqa: ARG002
        return "bool"


class _OfFloats(OfOne):
    """The base of what asks whether a floating-point number is one at all."""

    takes: ClassVar[tuple[str, ...]] = FLOATS

    def _computed_dtype(self, dtype: str) -> str:  # noqa: ARG002
        return "bool"


class Isnan(_OfFloats):
    """Whether x is no number: any shape → the same shape."""


class Isinf(_OfFloats):
    """Whether x is infinite: any shape → the same shape."""


class Isfinite(_OfFloats):
    """Whether x is a number, and not infinite: any shape → the same shape."""
