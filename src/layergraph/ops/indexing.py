"""Some of the numbers: `keras.ops` from `keras/src/ops/numpy.py`, `core.py` and `math.py`."""

from types import EllipsisType
from typing import ClassVar, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_rank
from layergraph.objects.base import complaint
from layergraph.objects.values import Axis, No, PositiveInt
from layergraph.ops.argument_types import Extents, Starts
from layergraph.ops.base import Op
from layergraph.ops.constants import NumberDType
from layergraph.ops.index_notation import Index, Item, parsed_index
from layergraph.ops.rules import (
    NUMBERS,
    NUMBERS_AND_TRUTH,
    require_dtype,
)
from layergraph.tensors import (
    Dim,
    ShapeError,
    Size,
    TensorSpec,
    plus,
)


class GetItem(Op):
    """x[key], with `key` in Python's own notation, "[:, 0, ..., ::2]", batch first."""

    key: Index

    def infer(self, x: TensorSpec) -> TensorSpec:
        key = parsed_index(self.key)
        indexed = sum(item is not None and item is not ... for item in key)
        if indexed > x.rank:
            raise self._misfit(x, f"it has {indexed} indices, and the tensor {x.rank} axes")
        if ... not in key:
            key = (*key, ...)
        sizes, dims = list(x.dims), []
        for item in key:
            if isinstance(item, EllipsisType):
                passed = x.rank - indexed
                dims += sizes[:passed]
                del sizes[:passed]
            elif item is None:
                dims.append(1)
            elif isinstance(item, slice):
                dims.append(_sliced(sizes.pop(0), item))
            else:
                self._require_place(x, item, sizes.pop(0))
        return x.with_dims(tuple(dims))

    def _require_place(self, x: TensorSpec, item: Item, size: Dim) -> None:
        assert isinstance(item, int)
        if isinstance(size, int) and not -size <= item < size:
            raise self._misfit(x, f"there is no {item} along an axis of {size}")

    def _misfit(self, x: TensorSpec, why: str) -> ShapeError:
        return ShapeError(
            codes.ARGUMENT_MISFIT,
            f"`key` of {{node}} does not fit its input: {why}",
            label=f"{{0}} is {x}",
            argument="key",
            help="the first axis is the batch: `[:, 0]` is the first item of every sample",
        )


def _sliced(size: Dim, item: slice) -> Dim:
    """The size that a slice leaves; a name is kept where little is cut off."""
    if isinstance(size, int):
        return len(range(*item.indices(size)))
    if not isinstance(size, Size) or item.step not in (None, 1):
        return size if item in (slice(None), slice(None, None, -1)) else None
    cut = 0
    if item.start is not None and item.start >= 0:
        cut += item.start
    elif item.start is not None:
        return None
    if item.stop is not None and item.stop < 0:
        cut -= item.stop
    elif item.stop is not None:
        return None
    return plus(size, -cut)


class Slice(Op):
    """The part of the size `shape` from `start_indices` on: (a, b, …) → shape.

    -1 in `shape` stands for all that follows.
    """

    start_indices: Starts
    shape: Extents

    @model_validator(mode="after")
    def _as_many(self) -> Self:
        if len(self.start_indices) != len(self.shape):
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must have as many numbers as `start_indices`, {len(self.start_indices)}",
                at=("shape",),
            )
        return self

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_rank(inputs, len(self.shape), help="give a start and a size for every axis")
        dims: list[Dim] = []
        for size, start, extent in zip(inputs.dims, self.start_indices, self.shape, strict=True):
            if isinstance(size, int) and start + max(extent, 0) > size:
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    f"{{node}} reaches beyond its input on axis {len(dims)}",
                    label=f"{{0}} is {inputs}: from {start} on, {size - start} are left",
                    argument="shape",
                )
            dims.append(plus(size, -start) if extent == -1 else extent)
        return inputs.with_dims(tuple(dims))


class TopK(Op):
    """The `k` largest along the last axis, and where they are: (…, n) → (…, k), (…, k)."""

    k: PositiveInt
    sorted: bool = True

    def infer(self, x: TensorSpec) -> tuple[TensorSpec, TensorSpec]:
        require_dtype(x, NUMBERS)
        require_rank(x, at_least=1)
        if isinstance(x.last_dim, int) and self.k > x.last_dim:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`k` of {{node}} is {self.k}, and its input has {x.last_dim} to choose from",
                label=f"{{0}} is {x}",
                argument="k",
            )
        found = x.with_last_dim(self.k)
        return found, found.with_dtype("int32")


class OneHot(Op):
    """1 at the place that x gives, 0 elsewhere, along a new axis: (a, b) → (a, b, num_classes)."""

    num_classes: PositiveInt
    axis: Axis = -1
    dtype: NumberDType | None = None
    sparse: No = False

    takes: ClassVar[tuple[str, ...]] = NUMBERS_AND_TRUTH

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, self.takes)
        if not -1 <= self.axis < x.rank:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`axis` of {{node}} is {self.axis}",
                label=f"{{0}} is {x}",
                argument="axis",
                help="-1 puts the new axis last; 0 and so on put it before that axis",
            )
        place = x.rank if self.axis == -1 else self.axis
        dims = (*x.dims[:place], self.num_classes, *x.dims[place:])
        return TensorSpec(dims, self.dtype or "float32")
