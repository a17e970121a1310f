"""Reductions along axes: `keras.ops` from `keras/src/ops/numpy.py` and `keras/src/ops/math.py`."""

from typing import ClassVar

from layergraph.diagnostics import codes
from layergraph.objects.values import Axes, Axis
from layergraph.ops.base import Op
from layergraph.ops.constants import Number, NumberDType
from layergraph.ops.promotion import as_float
from layergraph.ops.rules import (
    ANYTHING,
    FLOATS,
    NUMBERS,
    NUMBERS_AND_TRUTH,
    reduced,
    require_dtype,
)
from layergraph.tensors import ShapeError, TensorSpec

SUMMED = {
    "bool": "int32",
    "int8": "int32",
    "int16": "int32",
    "uint8": "uint32",
    "uint16": "uint32",
}
"""The dtype that small numbers are added up in."""


class Reduction(Op):
    """The base of what gives one number for all along `axis`: (…, n, …) → (…, …).

    Without `axis`, it is one number for the whole tensor, batch and all; with `keepdims`, the axes
    stay, with the size 1.
    """

    takes: ClassVar[tuple[str, ...]] = NUMBERS_AND_TRUTH

    axis: Axes | None = None
    keepdims: bool = False

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, self.takes)
        dims = reduced(x, self.axis, keepdims=self.keepdims)
        return TensorSpec(dims, self._computed_dtype(x.dtype))

    def _computed_dtype(self, dtype: str) -> str:
        return dtype


class Sum(Reduction):
    """Sum along `axis`: (…, n, …) → (…, …). Small whole numbers are summed in 32 bits."""

    def _computed_dtype(self, dtype: str) -> str:
        return SUMMED.get(dtype, dtype)


class Prod(Reduction):
    """Product along `axis`: (…, n, …) → (…, …). Small whole numbers are multiplied in 32 bits."""

    dtype: NumberDType | None = None

    def infer(self, x: TensorSpec) -> TensorSpec:
        output = super().infer(x)
        if self.dtype is None:
            return output
        if self.dtype != x.dtype or x.dtype == "bool":
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                "{node} does not cast: Keras computes it in the dtype of the tensor",
                label=f"{{0}} is {x.dtype}, and `dtype` is {self.dtype}",
                argument="dtype",
                help=f"put `ops.cast` with `dtype: {self.dtype}` before {{node}}",
            )
        return output.with_dtype(x.dtype)

    def _computed_dtype(self, dtype: str) -> str:
        return "uint32" if dtype == "uint64" else SUMMED.get(dtype, dtype)


class Statistic(Reduction):
    """The base of what is computed in floating point."""

    def _computed_dtype(self, dtype: str) -> str:
        return as_float(dtype)


class Mean(Statistic):
    """Mean along `axis`: (…, n, …) → (…, …)."""


class Median(Statistic):
    """Median along `axis`: (…, n, …) → (…, …)."""


class Var(Statistic):
    """Variance along `axis`, of n and not n - 1: (…, n, …) → (…, …)."""


class Std(Statistic):
    """Standard deviation along `axis`, of n and not n - 1: (…, n, …) → (…, …)."""


class _Extreme(Reduction):
    """The base of the largest and the smallest, or `initial` where it goes beyond them."""

    initial: Number | None = None

    def infer(self, x: TensorSpec) -> TensorSpec:
        output = super().infer(x)
        if isinstance(self.initial, float) and x.dtype not in FLOATS:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`initial` of {{node}} is {self.initial}, which is no {x.dtype}",
                label=f"{{0}} is {x.dtype}",
                argument="initial",
            )
        return output


class Max(_Extreme):
    """Largest along `axis`: (…, n, …) → (…, …)."""


class Min(_Extreme):
    """Smallest along `axis`: (…, n, …) → (…, …)."""


class Amax(Reduction):
    """Largest along `axis`: (…, n, …) → (…, …)."""


class Amin(Reduction):
    """Smallest along `axis`: (…, n, …) → (…, …)."""


class Ptp(Reduction):
    """Largest less smallest along `axis`: (…, n, …) → (…, …)."""

    takes: ClassVar[tuple[str, ...]] = NUMBERS


class _Question(Reduction):
    """The base of what gives a truth value."""

    def _computed_dtype(self, dtype: str) -> str:  # noqa: ARG002
        return "bool"


class All(_Question):
    """Whether all along `axis` are true, or not 0: (…, n, …) → (…, …)."""


class Any(_Question):
    """Whether any along `axis` is true, or not 0: (…, n, …) → (…, …)."""


class Logsumexp(Reduction):
    """Logarithm of the sum of e^x along `axis`: (…, n, …) → (…, …)."""

    takes: ClassVar[tuple[str, ...]] = FLOATS


class Place(Reduction):
    """The base of what gives a place along one axis, or in the whole tensor, in int32."""

    axis: Axis | None = None

    def _computed_dtype(self, dtype: str) -> str:  # noqa: ARG002
        return "int32"


class Argmax(Place):
    """Where the largest is along `axis`: (…, n, …) → (…, …)."""


class Argmin(Place):
    """Where the smallest is along `axis`: (…, n, …) → (…, …)."""


class CountNonzero(Op):
    """How many along `axis` are not 0: (…, n, …) → (…, …)."""

    axis: Axes | None = None

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, NUMBERS_AND_TRUTH)
        return TensorSpec(reduced(x, self.axis), "int32")


class Size(Op):
    """How many numbers there are in all, batch and all, in int32: any shape → ()."""

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, ANYTHING)
        return TensorSpec((), "int32")
