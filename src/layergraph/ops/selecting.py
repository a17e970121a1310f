"""Numbers chosen or replaced: `keras.ops` from `keras/src/ops/numpy.py` and `core.py`."""

from typing import Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.objects.base import complaint
from layergraph.objects.values import No
from layergraph.ops.base import Op
from layergraph.ops.constants import Constant, Number, NumberDType, first_number_outside
from layergraph.ops.rules import ANYTHING, FLOATS, NUMBERS_AND_TRUTH, broadcast, require_dtype
from layergraph.tensors import ShapeError, TensorSpec


class Where(Op):
    """x1 where `condition` is true, or not 0, and x2 elsewhere: three shapes that broadcast.

    Each of the three is a tensor or a constant.
    """

    condition: Constant | None = None
    x1: Constant | None = None
    x2: Constant | None = None

    def infer(
        self,
        condition: TensorSpec | None = None,
        x1: TensorSpec | None = None,
        x2: TensorSpec | None = None,
    ) -> TensorSpec:
        operands = self.operands(condition=condition, x1=x1, x2=x2)
        self.promoted(operands[:1])
        return TensorSpec(broadcast(operands), self.promoted(operands[1:]))


class Clip(Op):
    """x, but at least `x_min` and at most `x_max`: any shape → the same shape."""

    x_min: Number
    x_max: Number

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.x_min > self.x_max:
            predicate = f"must be at least `x_min`, {self.x_min}, not {self.x_max}"
            raise complaint(codes.OUT_OF_RANGE, predicate, at=("x_max",))
        return self

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, NUMBERS_AND_TRUTH)
        dtype = "int32" if x.dtype == "bool" else x.dtype
        for argument, bound in (("x_min", self.x_min), ("x_max", self.x_max)):
            if not x.is_float and (
                isinstance(bound, float) or first_number_outside(bound, dtype) is not None
            ):
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    f"`{argument}` of {{node}} is {bound}, which is no {dtype}",
                    label=f"{{0}} is {x.dtype}",
                    argument=argument,
                    help="put `ops.cast` with `dtype: float32` before {node}",
                )
        return x.with_dtype(dtype)


class NanToNum(Op):
    """x, with numbers for what is none, and for infinities: any shape → the same shape."""

    nan: Number = 0.0
    posinf: Number | None = None
    neginf: Number | None = None

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, NUMBERS_AND_TRUTH)
        return x


class Cast(Op):
    """The same numbers in another dtype: any shape → the same shape."""

    dtype: NumberDType

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, NUMBERS_AND_TRUTH)
        return x.with_dtype(self.dtype)


class SaturateCast(Op):
    """The nearest numbers that another dtype has: any shape → the same shape."""

    dtype: NumberDType

    def infer(self, x: TensorSpec) -> TensorSpec:
        # Keras has no bounds for uint64, nor those of floating-point numbers in a whole one.
        require_dtype(x, tuple(dtype for dtype in NUMBERS_AND_TRUTH if dtype != "uint64"))
        if self.dtype == "uint64" or (self.dtype in FLOATS and "int" in x.dtype):
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"{{node}} cannot bound {x.dtype} by the numbers of {self.dtype}",
                label=f"{{0}} is {x.dtype}",
                argument="dtype",
                help=f"use `ops.cast` with `dtype: {self.dtype}`",
            )
        return x.with_dtype(self.dtype)


class Array(Op):
    """x, or the same numbers in another dtype: any shape → the same shape."""

    dtype: NumberDType | None = None

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, ANYTHING if self.dtype is None else NUMBERS_AND_TRUTH)
        return x.with_dtype(self.dtype or x.dtype)


class ConvertToTensor(Array):
    """x, or the same numbers in another dtype: any shape → the same shape."""

    sparse: No | None = None
    ragged: No | None = None


class Copy(Op):
    """x itself: any shape → the same shape."""

    def infer(self, x: TensorSpec) -> TensorSpec:
        return x


class _Like(Op):
    """The base of what has the shape of x, and its dtype where none is given."""

    dtype: NumberDType | None = None

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, NUMBERS_AND_TRUTH)
        return x.with_dtype(self.dtype or x.dtype)


class ZerosLike(_Like):
    """0 everywhere: any shape → the same shape."""


class OnesLike(_Like):
    """1 everywhere: any shape → the same shape."""


class FullLike(_Like):
    """`fill_value` everywhere: any shape → the same shape."""

    fill_value: Number
    dtype: NumberDType | None = None

    def infer(self, x: TensorSpec) -> TensorSpec:
        output = super().infer(x)
        # Without a dtype, Keras promotes that of the tensor, which makes uint32 of uint64.
        return output.with_dtype("uint32") if output.dtype == "uint64" else output


class StopGradient(Op):
    """x, of which training learns nothing: any shape → the same shape."""

    def infer(self, variable: TensorSpec) -> TensorSpec:
        require_dtype(variable, ANYTHING)
        return variable
