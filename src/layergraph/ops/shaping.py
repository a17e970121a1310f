"""The same numbers in another shape: `keras.ops` from `keras/src/ops/numpy.py`."""

from math import prod
from typing import Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_axes, require_axis, require_rank
from layergraph.objects.base import complaint
from layergraph.objects.values import Axes, Axis
from layergraph.ops.argument_types import AxisList, NewShape, Shape
from layergraph.ops.base import Op
from layergraph.ops.rules import flat_size
from layergraph.tensors import (
    Dim,
    ShapeError,
    Size,
    SizesDiffer,
    TensorSpec,
    floor_divided,
    require_equal,
)


class Reshape(Op):
    """The same numbers in the shape `newshape`, batch and all: any shape → newshape.

    One size may be -1: what the others leave.
    """

    newshape: NewShape

    def infer(self, x: TensorSpec) -> TensorSpec:
        wanted = self.newshape if isinstance(self.newshape, tuple) else (self.newshape,)
        given, known = flat_size(x.dims), prod(size for size in wanted if size != -1)
        if not _fits(given, known, rest=-1 in wanted):
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"{{node}} cannot reshape {x} to {list(wanted)}",
                label=f"{{0}} has {given} numbers in all, "
                f"{f'no multiple of {known}' if -1 in wanted else f'not {known}'}",
                argument="newshape",
                help="the product of `newshape` has to be the input's, batch and all; -1 stands "
                "for the size that is left, which is mostly the batch",
            )
        left = floor_divided(given, known)
        return x.with_dims(tuple(left if size == -1 else size for size in wanted))


def _fits(given: Dim, known: int, *, rest: bool) -> bool:
    """Whether `given` numbers can make `known` ones, or a multiple of them."""
    if not rest:
        try:
            require_equal(given, known)
        except SizesDiffer:
            return False
        return True
    if isinstance(given, Size):
        return given.factor % known != 0 or given.offset % known == 0
    return given is None or given % known == 0


class Ravel(Op):
    """The same numbers along one axis, batch and all: any shape → (n,)."""

    def infer(self, x: TensorSpec) -> TensorSpec:
        return x.with_dims((flat_size(x.dims),))


class Transpose(Op):
    """The axes in the order of `axes`, or in reverse: (a, b, …) → (…, b, a)."""

    axes: AxisList | None = None

    def infer(self, x: TensorSpec) -> TensorSpec:
        if self.axes is None:
            return x.with_dims(x.dims[::-1])
        require_rank(x, len(self.axes), help="name every axis in `axes`, 0 for the batch")
        return x.with_dims(tuple(x.dims[axis] for axis in require_axes(x, self.axes, "axes")))


class Swapaxes(Op):
    """Two axes, each in the other's place: (…, a, …, b, …) → (…, b, …, a, …)."""

    axis1: Axis
    axis2: Axis

    def infer(self, x: TensorSpec) -> TensorSpec:
        first = require_axis(x, self.axis1, "axis1")
        second = require_axis(x, self.axis2, "axis2")
        dims = list(x.dims)
        dims[first], dims[second] = dims[second], dims[first]
        return x.with_dims(tuple(dims))


class Moveaxis(Op):
    """The axes `source` at `destination`, and the others in their order: (a, b, …) → (b, …, a)."""

    source: Axes
    destination: Axes

    @model_validator(mode="after")
    def _as_many(self) -> Self:
        if len(_listed(self.source)) != len(_listed(self.destination)):
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must be as many axes as `source`, {len(_listed(self.source))}",
                at=("destination",),
            )
        return self

    def infer(self, x: TensorSpec) -> TensorSpec:
        sources = require_axes(x, self.source, "source")
        destinations = require_axes(x, self.destination, "destination")
        order = [axis for axis in range(x.rank) if axis not in sources]
        for destination, source in sorted(zip(destinations, sources, strict=True)):
            order.insert(destination, source)
        return x.with_dims(tuple(x.dims[axis] for axis in order))


class ExpandDims(Op):
    """A new axis of size 1 at `axis`, or several: (a, b) → (a, 1, b)."""

    axis: Axes

    def infer(self, x: TensorSpec) -> TensorSpec:
        listed = _listed(self.axis)
        expanded = x.with_dims((*x.dims, *(1 for _ in listed)))
        try:
            places = require_axes(expanded, listed)
        except ShapeError as error:
            error.label = f"{{0}} is {x}, and has {expanded.rank} axes afterwards"
            raise
        rest = iter(x.dims)
        return x.with_dims(
            tuple(1 if axis in places else next(rest) for axis in range(expanded.rank))
        )


class Squeeze(Op):
    """Without the axes `axis`, whose size is 1: (a, 1, b) → (a, b).

    Without `axis`, all of them; then every size has to be known, the batch's among them.
    """

    axis: Axes | None = None

    def infer(self, x: TensorSpec) -> TensorSpec:
        if self.axis is None:
            if not all(isinstance(size, int) for size in x.dims):
                raise ShapeError(
                    codes.UNKNOWN_SIZE,
                    "{node} cannot tell which axes to drop: a size that is not known may be 1",
                    label=f"{{0}} is {x}",
                    help="name the axes: `axis: -1`",
                )
            return x.with_dims(tuple(size for size in x.dims if size != 1))
        gone = require_axes(x, self.axis)
        for axis in gone:
            if x.dims[axis] != 1:
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    f"{{node}} cannot drop axis {axis}, whose size is not 1",
                    label=f"{{0}} is {x}",
                    argument="axis",
                )
        return x.with_dims(tuple(size for axis, size in enumerate(x.dims) if axis not in gone))


class BroadcastTo(Op):
    """Copies of x in the shape `shape`, batch and all: shapes that broadcast → shape."""

    shape: Shape

    def infer(self, x: TensorSpec) -> TensorSpec:
        behind = self.shape[len(self.shape) - x.rank :]
        if x.rank <= len(self.shape) and all(
            not isinstance(size, int) or size in (1, wanted)
            for size, wanted in zip(x.dims, behind, strict=True)
        ):
            return x.with_dims(self.shape)
        raise ShapeError(
            codes.ARGUMENT_MISFIT,
            f"{{node}} cannot broadcast {x} to {list(self.shape)}",
            label=f"{{0}} is {x}",
            argument="shape",
            help="shapes are aligned at their last axes, where each size of the tensor must be 1 "
            "or the one in `shape`",
        )


def _listed(axes: int | tuple[int, ...]) -> tuple[int, ...]:
    return axes if isinstance(axes, tuple) else (axes,)
