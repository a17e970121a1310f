"""What runs along an axis, or puts it in order: `keras.ops` from `keras/src/ops/numpy.py`."""

from layergraph.layers.rules import require_axis
from layergraph.objects.values import Axis, NonNegativeInt
from layergraph.ops.base import Op
from layergraph.ops.constants import NumberDType
from layergraph.ops.rules import NUMBERS_AND_TRUTH, flat_size, require_dtype
from layergraph.tensors import Dim, TensorSpec, plus


class _Running(Op):
    """The base of what keeps the shape, or lays the whole tensor out along one axis first."""

    axis: Axis | None = None

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, NUMBERS_AND_TRUTH)
        if self.axis is None:
            dims: tuple[Dim, ...] = (flat_size(x.dims),)
        else:
            require_axis(x, self.axis)
            dims = x.dims
        return TensorSpec(dims, self._computed_dtype(x.dtype))

    def _computed_dtype(self, dtype: str) -> str:
        return dtype


class Cumulative(_Running):
    """The base of what adds up along an axis, in numbers."""

    dtype: NumberDType | None = None

    def _computed_dtype(self, dtype: str) -> str:
        given = dtype if self.dtype is None else self.dtype
        return "int32" if given == "bool" else given


class Cumsum(Cumulative):
    """Sum of all up to each place along `axis`: any shape → the same shape, or (n,)."""


class Cumprod(Cumulative):
    """Product of all up to each place along `axis`: any shape → the same shape, or (n,)."""


class Sort(_Running):
    """Smallest to largest along `axis`: any shape → the same shape, or (n,) without an axis."""

    axis: Axis | None = -1


class Argsort(_Running):
    """Where the smallest to the largest are along `axis`, in int32: any shape → the same shape."""

    axis: Axis | None = -1

    def _computed_dtype(self, dtype: str) -> str:  # noqa: ARG002
        return "int32"


class Diff(Op):
    """Each number less the one before it along `axis`, `n` times over: (…, m) → (…, m - n)."""

    n: NonNegativeInt = 1
    axis: Axis = -1

    def infer(self, a: TensorSpec) -> TensorSpec:
        require_dtype(a, NUMBERS_AND_TRUTH)
        axis = require_axis(a, self.axis)
        size = a.dims[axis]
        left = max(size - self.n, 0) if isinstance(size, int) else plus(size, -self.n)
        return a.with_dims((*a.dims[:axis], left, *a.dims[axis + 1 :]))
