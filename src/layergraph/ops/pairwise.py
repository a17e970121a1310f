"""Further functions of two numbers: `keras.ops` from `keras/src/ops/numpy.py`."""

from layergraph.diagnostics import codes
from layergraph.ops.arithmetic import refuse_dividing_by_zero, refuse_truth_values, strong
from layergraph.ops.base import Operand
from layergraph.ops.constants import ArrayConstant
from layergraph.ops.elementwise import OfTwo
from layergraph.ops.promotion import as_float
from layergraph.ops.rules import INTEGERS
from layergraph.tensors import ShapeError


class DivideNoNan(OfTwo):
    """x1 / x2 in floating point, and 0 where x2 is 0: two shapes → their common shape."""

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        return self.promoted(operands, "float")


class _Extreme(OfTwo):
    """The base of the larger and the smaller number."""

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        return refuse_truth_values(operands, super()._computed_dtype(operands))


class Fmax(_Extreme):
    """The larger of x1 and x2, or the one that is a number: two shapes → their common shape."""


class Fmin(_Extreme):
    """The smaller of x1 and x2, or the one that is a number: two shapes → their common shape."""


class Fmod(OfTwo):
    """What is left of x1 / x2, with the sign of x1: two shapes that broadcast → their common shape.

    A number of the file counts as int32 or float32, and does not give way to the tensor's dtype.
    """

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        dtype = self.promoted(strong(operands))
        return refuse_dividing_by_zero(operands, "int32" if dtype == "bool" else dtype)


class _InFloats(OfTwo):
    """The base of what computes in floating point.

    A number of the file counts as int32 or float32, and does not give way to the tensor's dtype.
    """

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        return self.promoted(strong(operands), "float")


class Arctan2(_InFloats):
    """The angle of the point (x2, x1), from -π to π: two shapes → their common shape."""


class Logaddexp2(_InFloats):
    """Logarithm to the base 2 of 2^x1 + 2^x2: two shapes that broadcast → their common shape."""


class Ldexp(_InFloats):
    """x1 × 2^x2, where x2 holds whole numbers: two shapes that broadcast → their common shape."""

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        exponent = operands[1]
        if exponent.dtype in ("int", *INTEGERS):
            return super()._computed_dtype(operands)
        raise ShapeError(
            codes.WRONG_DTYPE,
            "{node} raises 2 to whole numbers alone",
            label=f"{exponent.called} is {exponent.dtype}",
            inputs=exponent.inputs,
            argument=None if exponent.inputs else exponent.name,
            help="put `ops.cast` with `dtype: int32` before it" if exponent.inputs else None,
        )


class _OfArrays(OfTwo):
    """The base of what Keras takes no single number for, but a tensor or an array.

    It computes int64 in float64, and other whole numbers in float32.
    """

    x1: ArrayConstant | None = None
    x2: ArrayConstant | None = None

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        dtype = refuse_truth_values(operands, super()._computed_dtype(operands))
        return "float64" if dtype == "int64" else as_float(dtype)


class Hypot(_OfArrays):
    """√(x1² + x2²): two shapes that broadcast → their common shape."""


class Heaviside(_OfArrays):
    """0 where x1 is negative, 1 where positive, else x2: two shapes → their common shape."""
