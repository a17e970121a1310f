"""Layers that give other axes: `keras.layers` from `keras/src/layers/reshaping`."""

from math import prod
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.layers.base import Layer
from layergraph.layers.moving import Moving
from layergraph.layers.rules import require_numbers, require_rank
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import LARGEST_SIZE, PositiveInt
from layergraph.tensors import (
    Dim,
    ShapeError,
    Size,
    SizesDiffer,
    TensorSpec,
    floor_divided,
    product,
    require_equal,
)


def _target_shape(value: Any) -> tuple[int, ...]:
    """Sizes, of which one may be -1."""
    if not isinstance(value, (list, tuple)):
        raise complaint(codes.WRONG_TYPE, f"must be a list of sizes, not {shown(value)}")
    for position, size in enumerate(value):
        if type(size) is not int:
            predicate = f"must be a whole number, not {shown(size)}"
            raise complaint(codes.WRONG_TYPE, predicate, at=(position,))
        if size != -1 and not 1 <= size <= LARGEST_SIZE:
            raise complaint(
                codes.OUT_OF_RANGE,
                f"must be at least 1, or -1 for what is left, not {size}",
                at=(position,),
            )
    if list(value).count(-1) > 1:
        raise complaint(
            codes.OUT_OF_RANGE,
            "may have one -1, not several",
            help="only one size can be worked out from the others",
        )
    return tuple(value)


class Reshape(Moving):
    """The same numbers in another shape: (batch, …) → (batch, *target_shape).

    One size may be -1: what the others leave.
    """

    target_shape: Annotated[tuple[int, ...], Checked(_target_shape)]

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_rank(inputs, at_least=1)
        given = product(inputs.dims[1:])
        wanted = prod(size for size in self.target_shape if size != -1)
        if -1 not in self.target_shape:
            try:
                require_equal(given, wanted)
            except SizesDiffer:
                raise self._misfit(
                    inputs, f"{given} numbers in each sample, not {wanted}"
                ) from None
        elif not _divides(wanted, given):
            raise self._misfit(inputs, f"{given} numbers in each sample, no multiple of {wanted}")
        left = floor_divided(given, wanted)
        return self._moved(
            inputs, tuple(left if size == -1 else size for size in self.target_shape)
        )

    def _misfit(self, inputs: TensorSpec, why: str) -> ShapeError:
        return ShapeError(
            codes.ARGUMENT_MISFIT,
            f"{{node}} cannot reshape {inputs} to {list(self.target_shape)}",
            label=f"{{0}} has {why}",
            argument="target_shape",
            help="the product of `target_shape` has to be the input's; -1 stands for the size "
            "that is left",
        )


def _divides(divisor: int, size: Dim) -> bool:
    """Whether a size can be divided evenly, as far as it is known."""
    if isinstance(size, Size):
        return size.factor % divisor != 0 or size.offset % divisor == 0
    return size is None or size % divisor == 0


class Permute(Moving):
    """The axes in another order: `dims` counts from 1, the first axis after the batch."""

    dims: Annotated[tuple[int, ...], Field(strict=False)]

    @model_validator(mode="after")
    def _is_an_order(self) -> Self:
        if sorted(self.dims) != list(range(1, len(self.dims) + 1)):
            raise complaint(
                codes.OUT_OF_RANGE,
                f"must have every axis from 1 to {len(self.dims)} once, not {list(self.dims)}",
                at=("dims",),
                help="the batch, axis 0, keeps its place and is left out",
            )
        return self

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_rank(
            inputs,
            len(self.dims) + 1,
            help=f"put every axis from 1 to {inputs.rank - 1} into `dims`",
        )
        return self._moved(inputs, tuple(inputs.dims[axis] for axis in self.dims))


class RepeatVector(Layer):
    """A vector, `n` times over: (batch, features) → (batch, n, features)."""

    n: PositiveInt

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        require_rank(
            inputs, 2, layout="(batch, features)", help="make one vector of it with `Flatten`"
        )
        batch, features = inputs.dims
        return self.computed(inputs.with_dims((batch, self.n, features)))
