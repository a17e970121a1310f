"""Matrices, the last two axes of a tensor: `keras.ops` from `keras/src/ops/linalg.py`."""

from typing import ClassVar, Literal

from layergraph.diagnostics import codes
from layergraph.layers.rules import mismatch_code, require_rank
from layergraph.objects.values import NonNegative
from layergraph.ops.base import Op
from layergraph.ops.operand_rules import (
    may_be_equal,
    require_one_dtype,
    require_operand_rank,
    require_operand_sizes,
)
from layergraph.ops.rules import require_dtype
from layergraph.tensors import ShapeError, TensorSpec

_WIDE = ("float32", "float64")
_NOT_BRAIN = ("float32", "float64", "float16")
"""What TensorFlow has kernels for: the first for most, the second for `inv` and `qr`."""


class _OfMatrices(Op):
    """The base of functions of matrices."""

    takes: ClassVar[tuple[str, ...]] = _WIDE

    def infer(self, x: TensorSpec) -> TensorSpec | tuple[TensorSpec, ...]:
        require_dtype(x, self.takes)
        _require_matrices(x)
        return self._given(x)

    def _given(self, x: TensorSpec) -> TensorSpec | tuple[TensorSpec, ...]:
        raise NotImplementedError


class _OfSquares(_OfMatrices):
    """The base of functions of square matrices, which give one of the same shape."""

    def infer(self, x: TensorSpec) -> TensorSpec | tuple[TensorSpec, ...]:
        require_dtype(x, self.takes)
        _require_matrices(x)
        _require_square(x)
        return self._given(x)

    def _given(self, x: TensorSpec) -> TensorSpec | tuple[TensorSpec, ...]:
        return x


class Cholesky(_OfSquares):
    """The lower triangle L with L · Lᵀ = x, or with `upper` Lᵀ: (…, n, n) → (…, n, n).

    x has to be symmetric and positive definite.
    """

    upper: bool = False


class CholeskyInverse(_OfSquares):
    """The inverse of L · Lᵀ, where x is L, or with `upper` Lᵀ: (…, n, n) → (…, n, n)."""

    upper: bool = False


class Inv(_OfSquares):
    """The inverse: (…, n, n) → (…, n, n)."""

    takes: ClassVar[tuple[str, ...]] = _NOT_BRAIN


class Det(_OfSquares):
    """The determinant: (…, n, n) → (…)."""

    def _given(self, x: TensorSpec) -> TensorSpec:
        return x.with_dims(x.dims[:-2])


class Logdet(Det):
    """Logarithm of the determinant of positive definite matrices: (…, n, n) → (…)."""


class Eigh(_OfSquares):
    """Eigenvalues of symmetric matrices, from the least, and their vectors, as columns.

    (…, n, n) → (…, n), (…, n, n).
    """

    def _given(self, x: TensorSpec) -> tuple[TensorSpec, ...]:
        return x.with_dims(x.dims[:-1]), x


class MatrixRank(_OfMatrices):
    """The number of singular values above `tol`: (…, n, m) → (…)."""

    tol: NonNegative | None = None

    def _given(self, x: TensorSpec) -> TensorSpec:
        return TensorSpec(x.dims[:-2], "int32")


class Pinv(_OfMatrices):
    """The pseudo-inverse of Moore and Penrose: (…, n, m) → (…, m, n).

    Singular values below `rcond` times the largest count as 0.
    """

    rcond: NonNegative | None = None

    def _given(self, x: TensorSpec) -> TensorSpec:
        return x.with_dims((*x.dims[:-2], x.dims[-1], x.dims[-2]))


class Qr(_OfMatrices):
    """Q with columns at right angles, and an upper triangle R, so that Q · R = x.

    (…, n, m) → (…, n, k), (…, k, m), where k is the less of n and m, and n in the mode `complete`.
    """

    takes: ClassVar[tuple[str, ...]] = _NOT_BRAIN

    mode: Literal["reduced", "complete"] = "reduced"

    def _given(self, x: TensorSpec) -> tuple[TensorSpec, ...]:
        rows, columns = _known_matrix(x)
        inner = rows if self.mode == "complete" else min(rows, columns)
        before = x.dims[:-2]
        return x.with_dims((*before, rows, inner)), x.with_dims((*before, inner, columns))


class Svd(_OfMatrices):
    """U, the singular values s and V, so that U · diag(s) · V = x.

    (…, n, m) → (…, n, n), (…, k), (…, m, m), where k is the less of n and m; without
    `full_matrices` (…, n, k), (…, k), (…, k, m); without `compute_uv` s alone.
    """

    full_matrices: bool = True
    compute_uv: bool = True

    def _given(self, x: TensorSpec) -> TensorSpec | tuple[TensorSpec, ...]:
        rows, columns = _known_matrix(x)
        least = min(rows, columns)
        before = x.dims[:-2]
        values = x.with_dims((*before, least))
        if not self.compute_uv:
            return values
        left, right = (rows, columns) if self.full_matrices else (least, least)
        return (
            x.with_dims((*before, rows, left)),
            values,
            x.with_dims((*before, right, columns)),
        )


class Solve(Op):
    """The x with a · x = b: (…, n, n), (…, n, k) → (…, n, k), or (…, n, n), (…, n) → (…, n)."""

    def infer(self, a: TensorSpec, b: TensorSpec) -> TensorSpec:
        require_dtype(a, _WIDE)
        _require_matrices(a)
        _require_square(a)
        matrices, sides = self.operands(a=a, b=b)
        require_one_dtype((matrices, sides))
        require_operand_rank(sides, (a.rank, a.rank - 1), "(…, n, k) or (…, n)")
        for axis in range(a.rank - 1):
            message = f"`a` and `b` of {{node}} differ on axis {axis}"
            alike = axis == a.rank - 2 and b.rank == a.rank
            require_operand_sizes((matrices, axis), (sides, axis), message, known_alike=alike)
        return b


class SolveTriangular(Solve):
    """`solve` for upper triangles, or with `lower` for lower ones.

    (…, n, n), (…, n, k) → (…, n, k), or (…, n, n), (…, n) → (…, n).
    """

    lower: bool = False


def _require_matrices(x: TensorSpec) -> None:
    require_rank(x, at_least=2, layout="(…, rows, columns)")


def _require_square(x: TensorSpec) -> None:
    """Refuse matrices that have not as many rows as columns, or only one number of them known.

    Raises:
        ShapeError: shape-mismatch, or size-conflict where one of the sizes has a name.
    """
    rows, columns = x.dims[-2:]
    if isinstance(rows, int) == isinstance(columns, int) and may_be_equal(rows, columns):
        return
    raise ShapeError(
        mismatch_code(rows, columns),
        "{node} needs square matrices along the last two axes",
        label=f"{{0}} is {x}: {rows} and {columns} must be equal",
    )


def _known_matrix(x: TensorSpec) -> tuple[int, int]:
    """The numbers of rows and columns, of which the less decides a shape.

    Raises:
        ShapeError: unknown-size.
    """
    rows, columns = x.dims[-2:]
    if isinstance(rows, int) and isinstance(columns, int):
        return rows, columns
    raise ShapeError(
        codes.UNKNOWN_SIZE,
        "{node} needs to know the sizes of the last two axes",
        label=f"{{0}} is {x}",
        help="give them in the input's `shape`",
    )
