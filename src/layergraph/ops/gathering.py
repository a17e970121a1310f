"""Numbers at places that are numbers too: `keras.ops` from `keras/src/ops/numpy.py`."""

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_axis, require_rank
from layergraph.objects.values import Axis
from layergraph.ops.argument_types import Shape
from layergraph.ops.base import Op, Operand
from layergraph.ops.constants import ArrayConstant, Constant, every_number, first_number_outside
from layergraph.ops.rules import flat_size, require_dtype
from layergraph.tensors import (
    INTEGER_DTYPES,
    Dim,
    NotBroadcastable,
    ShapeError,
    TensorSpec,
    broadcast_dims,
)


class Take(Op):
    """The items of x along `axis` at `indices`: (…, n, …), (i, j) → (…, i, j, …).

    Without `axis`, x is laid out in one axis first. Each of the two may be a constant.
    """

    x: ArrayConstant | None = None
    indices: Constant | None = None
    axis: Axis | None = None

    def infer(self, x: TensorSpec | None = None, indices: TensorSpec | None = None) -> TensorSpec:
        source, places = self.operands(x=x, indices=indices)
        _require_whole(places, ("int16", "int32", "int64"))  # TensorFlow has kernels for these
        tensor = TensorSpec(source.dims, source.dtype)
        if self.axis is None:
            _require_places(places, flat_size(source.dims))
            return TensorSpec(places.dims, source.dtype)
        axis = require_axis(tensor, self.axis)
        _require_places(places, source.dims[axis])
        return tensor.with_dims((*source.dims[:axis], *places.dims, *source.dims[axis + 1 :]))


class TakeAlongAxis(Op):
    """The items of x along `axis` at `indices`, each at its own place: two shapes that broadcast.

    Along `axis`, the size is that of `indices`. Without it, x is laid out in one axis first.
    """

    x: ArrayConstant | None = None
    indices: ArrayConstant | None = None
    axis: Axis | None = None

    def infer(self, x: TensorSpec | None = None, indices: TensorSpec | None = None) -> TensorSpec:
        source, places = self.operands(x=x, indices=indices)
        _require_whole(places)
        dims = (flat_size(source.dims),) if self.axis is None else source.dims
        tensor = TensorSpec(dims, source.dtype)
        axis = 0 if self.axis is None else require_axis(tensor, self.axis)
        if len(places.dims) != len(dims):
            raise ShapeError(
                codes.WRONG_RANK,
                "{node} needs `indices` of as many axes as `x`",
                label=f"{places.called} is {places.shape}, and {source.called} is {source.shape}",
                inputs=(*source.inputs, *places.inputs),
            )
        _require_places(places, dims[axis])
        aligned = (*dims[:axis], places.dims[axis], *dims[axis + 1 :])
        try:
            return tensor.with_dims(broadcast_dims(aligned, places.dims))
        except NotBroadcastable as error:
            raise ShapeError(
                codes.SHAPE_MISMATCH,
                "`x` and `indices` of {node} do not fit",
                label=f"{source.called} is {source.shape} and {places.called} is {places.shape}: "
                f"{error.left} and {error.right} must be equal",
                inputs=(*source.inputs, *places.inputs),
            ) from None


class UnravelIndex(Op):
    """Where each of `indices` into a tensor of `shape`, laid out in one axis, is along its axes.

    (n,) → one tensor of (n,) for each axis.
    """

    shape: Shape

    def infer(self, indices: TensorSpec) -> tuple[TensorSpec, ...]:
        require_dtype(indices, INTEGER_DTYPES)
        require_rank(indices, 1, help="`ops.ravel` lays them out")
        for size in self.shape:
            if first_number_outside(size, indices.dtype) is not None:
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    f"`shape` of {{node}} has {size}, which is no {indices.dtype}",
                    label=f"{{0}} is {indices.dtype}",
                    argument="shape",
                    help="put `ops.cast` with `dtype: int32` before {node}",
                )
        return (indices,) * len(self.shape)


def _require_whole(places: Operand, accepted: tuple[str, ...] = INTEGER_DTYPES) -> None:
    if places.dtype in ("int", *accepted):
        return
    raise ShapeError(
        codes.WRONG_DTYPE,
        f"{{node}} needs `indices` of {', '.join(accepted)}",
        label=f"{places.called} is {places.dtype}",
        inputs=places.inputs,
        argument=None if places.inputs else "indices",
        help="put `ops.cast` with `dtype: int32` before it" if places.inputs else None,
    )


def _require_places(places: Operand, size: Dim) -> None:
    """Constant indices are those of the axis; TensorFlow looks at each on the first batch."""
    if places.constant is None or not isinstance(size, int):
        return
    everywhere = every_number(places.constant)
    outside = next((place for place in everywhere if not -size <= place < size), None)
    if outside is not None:
        raise ShapeError(
            codes.ARGUMENT_MISFIT,
            f"`indices` of {{node}} has {outside}, and there are {size} along the axis",
            inputs=(),
            argument="indices",
        )
