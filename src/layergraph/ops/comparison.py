"""Comparisons and logic, which give truth values: `keras.ops` from `keras/src/ops/numpy.py`."""

from typing import ClassVar

from layergraph.objects.values import NonNegative
from layergraph.ops.arithmetic import refuse_truth_values, strong
from layergraph.ops.base import Operand
from layergraph.ops.elementwise import OfOne, OfTwo
from layergraph.ops.rules import FLOATS
from layergraph.tensors import TensorSpec


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


class Isclose(_Truth):
    """Whether x1 and x2 differ by `atol` + `rtol` × |x2| at most: two shapes → their common shape.

    Whole numbers have to be equal.
    """

    rtol: NonNegative = 1e-5
    atol: NonNegative = 1e-8
    equal_nan: bool = False

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        return super()._computed_dtype(strong(operands))


class Allclose(Isclose):
    """Whether all of x1 and x2, batch and all, are close as in `ops.isclose`: two shapes → ()."""

    def infer(self, x1: TensorSpec | None = None, x2: TensorSpec | None = None) -> TensorSpec:
        return super().infer(x1, x2).with_dims(())


class LogicalAnd(_Truth):
    """Whether both are true, or not 0: two shapes that broadcast → their common shape."""


class LogicalOr(_Truth):
    """Whether one at least is true, or not 0: two shapes that broadcast → their common shape."""


class LogicalXor(_Truth):
    """Whether one alone is true, or not 0: two shapes that broadcast → their common shape."""


class _Is(OfOne):
    """The base of what asks something of one number, or truth value."""

    def _computed_dtype(self, dtype: str) -> str:  # noqa: ARG002
        return "bool"


class LogicalNot(_Is):
    """Whether x is false, or 0: any shape → the same shape."""


class Signbit(_Is):
    """Whether x has a minus, which -0.0 has too: any shape → the same shape."""


class Isneginf(_Is):
    """Whether x is infinite and negative: any shape → the same shape."""


class Isposinf(_Is):
    """Whether x is infinite and positive: any shape → the same shape."""


class _OfFloats(_Is):
    """The base of what asks whether a floating-point number is one at all."""

    takes: ClassVar[tuple[str, ...]] = FLOATS


class Isnan(_OfFloats):
    """Whether x is no number: any shape → the same shape."""


class Isinf(_OfFloats):
    """Whether x is infinite: any shape → the same shape."""


class Isfinite(_OfFloats):
    """Whether x is a number, and not infinite: any shape → the same shape."""
