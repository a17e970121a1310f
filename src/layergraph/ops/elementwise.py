"""The bases of functions that compute element by element."""

from typing import ClassVar

from layergraph.ops.base import Op, Operand
from layergraph.ops.constants import Constant
from layergraph.ops.promotion import as_float
from layergraph.ops.rules import FLOATS, NUMBERS_AND_TRUTH, broadcast, require_dtype
from layergraph.tensors import TensorSpec


class OfOne(Op):
    """The base of functions of one tensor: any shape → the same shape, and the same dtype."""

    takes: ClassVar[tuple[str, ...]] = NUMBERS_AND_TRUTH

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, self.takes)
        return x.with_dtype(self._computed_dtype(x.dtype))

    def _computed_dtype(self, dtype: str) -> str:
        return dtype


class OfOneInFloats(OfOne):
    """The base of functions that compute whole numbers and truth values in float32."""

    def _computed_dtype(self, dtype: str) -> str:
        return as_float(dtype)


class OfOneOfFloats(OfOne):
    """The base of functions that compute with floating-point numbers alone."""

    takes: ClassVar[tuple[str, ...]] = FLOATS


class OfTwo(Op):
    """The base of functions of two: shapes that broadcast → their common shape.

    Each of the two is a tensor or a constant.
    """

    x1: Constant | None = None
    x2: Constant | None = None

    def infer(self, x1: TensorSpec | None = None, x2: TensorSpec | None = None) -> TensorSpec:
        operands = self.operands(x1=x1, x2=x2)
        dtype = self._computed_dtype(operands)
        return TensorSpec(broadcast(operands), dtype)

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        return self.promoted(operands)
