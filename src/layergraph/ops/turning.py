"""Turned round: `keras.ops` from `keras/src/ops/numpy.py`."""

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_axes, require_rank
from layergraph.ops.argument_types import TwoAxes
from layergraph.ops.base import Op
from layergraph.tensors import ShapeError, TensorSpec


class Fliplr(Op):
    """Last to first along axis 1: any shape → the same shape."""

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_rank(x, at_least=2)
        return x


class Flipud(Op):
    """Last to first along axis 0, the batch: any shape → the same shape."""

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_rank(x, at_least=1)
        return x


class Rot90(Op):
    """`k` quarter turns, from the first of `axes` towards the second: (…, n, m) → (…, m, n)."""

    k: int = 1
    axes: TwoAxes = (0, 1)

    def infer(self, array: TensorSpec) -> TensorSpec:
        require_rank(array, at_least=2)
        first, second = require_axes(array, self.axes, "axes")
        dims = list(array.dims)
        if self.k % 2 == 0 and (dims[first] != dims[second] or dims[first] is None):
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"{{node}} can turn by {self.k} quarters only what is as long along both axes",
                label=f"{{0}} is {array}",
                argument="k",
                help="`ops.flip` with both axes is half a turn",
            )
        dims[first], dims[second] = dims[second], dims[first]
        return array.with_dims(tuple(dims))
