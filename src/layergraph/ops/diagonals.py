"""Diagonals of matrices: `keras.ops` from `keras/src/ops/numpy.py`."""

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_axis, require_rank
from layergraph.objects.values import Axis, NonNegativeInt
from layergraph.ops.base import Op
from layergraph.ops.reductions import SUMMED
from layergraph.ops.rules import NUMBERS_AND_TRUTH, flat_size, require_dtype
from layergraph.tensors import Dim, ShapeError, TensorSpec, plus


class _OfMatrices(Op):
    """The base of what looks at the diagonal of the matrices along two axes."""

    offset: Axis = 0
    axis1: Axis = 0
    axis2: Axis = 1

    def _matrices(self, x: TensorSpec) -> tuple[int, int]:
        """The axes of rows and of columns, where the diagonal is within.

        Raises:
            ShapeError: wrong-dtype, wrong-rank, argument-misfit.
        """
        require_dtype(x, NUMBERS_AND_TRUTH)
        require_rank(x, at_least=2)
        rows = require_axis(x, self.axis1, "axis1")
        columns = require_axis(x, self.axis2, "axis2")
        if rows == columns:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                "`axis2` of {node} is the same axis as `axis1`",
                label=f"{{0}} is {x}",
                argument="axis2",
            )
        _require_within(x, x.dims[rows], x.dims[columns], self.offset, "offset")
        return rows, columns


class Diagonal(_OfMatrices):
    """The diagonal of the matrices along two axes, last: (n, m, …) → (…, min(n, m))."""

    def infer(self, x: TensorSpec) -> TensorSpec:
        rows, columns = self._matrices(x)
        rest = tuple(size for axis, size in enumerate(x.dims) if axis not in (rows, columns))
        return x.with_dims((*rest, _length(x.dims[rows], x.dims[columns], self.offset)))


class Trace(_OfMatrices):
    """Sum of the diagonal of the matrices along two axes: (n, m, …) → (…).

    Small whole numbers are summed in 32 bits.
    """

    def infer(self, x: TensorSpec) -> TensorSpec:
        gone = self._matrices(x)
        height, width = (x.dims[axis] for axis in gone)
        if isinstance(height, int) and isinstance(width, int):
            self._require_corner(x, width - height)
        rest = tuple(size for axis, size in enumerate(x.dims) if axis not in gone)
        return TensorSpec(rest, SUMMED.get(x.dtype, x.dtype))

    def _require_corner(self, x: TensorSpec, wider: int) -> None:
        """The diagonal begins or ends in a corner; on TensorFlow, Keras fails on any other."""
        if 0 < self.offset < wider or wider < self.offset < 0:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                "{node} can sum a diagonal only that begins or ends in a corner of the matrix",
                label=f"{{0}} is {x}",
                argument="offset",
                help="`ops.diagonal` gives every other one, for `ops.sum`",
            )


class Diag(Op):
    """A matrix with x on the diagonal `k`, or the diagonal of one: (n,) → (n, n), (n, n) → (n,)."""

    k: Axis = 0

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, NUMBERS_AND_TRUTH)
        if x.rank == 1:
            side = plus(x.dims[0], abs(self.k))
            return x.with_dims((side, side))
        require_rank(x, 2, help="`ops.diagonal` takes tensors of more axes")
        _require_within(x, x.dims[0], x.dims[1], self.k, "k")
        return x.with_dims((_length(x.dims[0], x.dims[1], self.k),))


class Diagflat(Op):
    """A matrix with all numbers of x, batch and all, on its diagonal `k`: any shape → (n, n)."""

    k: Axis = 0

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, NUMBERS_AND_TRUTH)
        side = plus(flat_size(x.dims), abs(self.k))
        return x.with_dims((side, side))


class Vander(Op):
    """The powers of each number, N - 1 to 0, or 0 to N - 1 if `increasing`: (n,) → (n, N).

    Without `N`, as many as there are numbers.
    """

    N: NonNegativeInt | None = None
    increasing: bool = False

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, NUMBERS_AND_TRUTH)
        require_rank(x, 1)
        dims = (x.dims[0], x.dims[0] if self.N is None else self.N)
        return TensorSpec(dims, "uint32" if x.dtype == "uint64" else x.dtype)


def _require_within(x: TensorSpec, height: Dim, width: Dim, offset: int, argument: str) -> None:
    for size, beyond in ((height, -offset), (width, offset)):
        if isinstance(size, int) and beyond >= size:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`{argument}` of {{node}} is {offset}, beyond the matrix",
                label=f"{{0}} is {x}",
                argument=argument,
            )


def _length(height: Dim, width: Dim, offset: int) -> Dim:
    """How many numbers are on the diagonal `offset` to the right of the first."""
    if not isinstance(height, int) or not isinstance(width, int):
        return None
    left = width - offset if offset > 0 else height + offset
    return min(left, height, width)
