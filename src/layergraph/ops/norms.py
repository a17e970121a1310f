"""Norms: `keras.ops` from `keras/src/ops/linalg.py`."""

from typing import Annotated, Any

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.layers.rules import require_rank
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import Axes
from layergraph.ops.base import Op
from layergraph.ops.promotion import as_float
from layergraph.ops.rules import NUMBERS_AND_TRUTH, reduced, require_dtype
from layergraph.tensors import ShapeError, TensorSpec

_OF_MATRICES = (None, "fro", "nuc", float("inf"), float("-inf"), 1, -1, 2, -2)


def _order(value: Any) -> str | int | float:
    if value in ("fro", "nuc") or type(value) in (int, float):
        order: str | int | float = value
        return order
    raise complaint(codes.WRONG_TYPE, f"must be a number, `fro` or `nuc`, not {shown(value)}")


class Norm(Op):
    """Norm along one axis, or of matrices along two: (…, n, …) → (…, …).

    Without `axis`, it is that of the whole tensor, batch and all.
    """

    ord: Annotated[str | int | float, Checked(_order)] | None = None
    axis: Axes | None = None
    keepdims: bool = False

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, NUMBERS_AND_TRUTH)
        require_rank(x, at_least=1)
        dims = reduced(x, self.axis, keepdims=self.keepdims)
        axes = x.rank if self.axis is None else 1 if isinstance(self.axis, int) else len(self.axis)
        fits = {1: not isinstance(self.ord, str), 2: self.ord in _OF_MATRICES}
        if not fits.get(axes, False):
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`ord` of {{node}} is {self.ord}, which is no norm along {axes} axes",
                label=f"{{0}} is {x}",
                argument="ord",
                help="name one axis for a vector's norm, two for a matrix's",
            )
        return TensorSpec(dims, as_float(x.dtype))
