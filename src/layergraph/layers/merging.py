"""Layers that join tensors: `keras.layers` from `keras/src/layers/merging`."""

from collections.abc import Sequence
from typing import Annotated, Any

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.layers.base import Layer, Mask, Masks
from layergraph.layers.rules import (
    elements,
    mismatch_code,
    require_axis,
    require_known_alike,
    require_numbers,
    require_rank,
    require_same_size,
)
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import LARGEST_SIZE, Axis
from layergraph.tensors import (
    Dim,
    NotBroadcastable,
    ShapeError,
    TensorSpec,
    broadcast,
    broadcast_dims,
    plus,
)


class _Elementwise(Layer):
    """The base of what merges element by element: shapes that broadcast → their common shape.

    As in Keras, the batch stays apart: tensors of fewer axes get new ones behind it.
    """

    supports_masking = True

    def infer(self, inputs: Sequence[TensorSpec]) -> TensorSpec:
        _require_number(inputs, at_least=1)
        for number, tensor in enumerate(inputs):
            require_numbers(tensor, input=number)
            require_rank(tensor, at_least=1, input=number)
        dims = known = inputs[0].dims[1:]
        for number in range(1, len(inputs)):
            try:
                dims = broadcast(dims, inputs[number].dims[1:])
            except NotBroadcastable as error:
                raise _mismatch(inputs, number, dims, error.axis) from None
            try:  # what Keras declares of 2, unknown and 3 is unknown, and no data can have it
                known = broadcast_dims(known, inputs[number].dims[1:])
            except NotBroadcastable as error:
                raise _mismatch(inputs, number, known, error.axis) from None
        return self.computed(TensorSpec((_batch(inputs), *dims)))

    def compute_mask(self, mask: Mask | Masks, inputs: Sequence[TensorSpec]) -> Mask | Masks:  # noqa: ARG002
        """A place is kept where any of the masks keeps it; with a tensor that has none, all are."""
        masks = mask if isinstance(mask, tuple) else (mask,)
        kept = [one for one in masks if one is not None]
        if len(kept) < len(masks):
            return None
        dims = kept[0].dims
        for other in kept[1:]:
            try:
                dims = broadcast_dims(dims, other.dims)
            except NotBroadcastable:
                return None
        return kept[0].with_dims(dims)


class Add(_Elementwise):
    """Sum, element by element: a list of (batch, …) that broadcast → (batch, …)."""


class Subtract(_Elementwise):
    """The first tensor less the second: two of (batch, …) that broadcast → (batch, …)."""

    def infer(self, inputs: Sequence[TensorSpec]) -> TensorSpec:
        _require_number(inputs, exactly=2)
        return super().infer(inputs)


class Multiply(_Elementwise):
    """Product, element by element: a list of (batch, …) that broadcast → (batch, …)."""


class Average(_Elementwise):
    """Mean, element by element: a list of (batch, …) that broadcast → (batch, …)."""


class Maximum(_Elementwise):
    """The largest, element by element: a list of (batch, …) that broadcast → (batch, …)."""


class Minimum(_Elementwise):
    """The smallest, element by element: a list of (batch, …) that broadcast → (batch, …)."""


class Concatenate(Layer):
    """Tensors one behind the other along `axis`, along which their sizes add up.

    Along every other axis they have one size: a list of (batch, …, n), (batch, …, m) →
    (batch, …, n + m). Tensors of strings give strings.
    """

    supports_masking = True

    axis: Axis = -1

    def infer(self, inputs: Sequence[TensorSpec]) -> TensorSpec:
        _require_number(inputs, at_least=1)
        first = inputs[0]
        for number, tensor in enumerate(inputs[1:], start=1):
            _require_same_kind(first, tensor, number)
            _require_same_rank(first, tensor, number)
        axis = require_axis(first, self.axis)
        for kept in range(first.rank):
            if kept != axis:
                _require_agreement(inputs, kept)
        total: Dim = first.dims[axis]
        for tensor in inputs[1:]:
            total = plus(total, tensor.dims[axis])
        joined = first.with_dims((*first.dims[:axis], total, *first.dims[axis + 1 :]))
        return joined if first.dtype == "string" else self.computed(joined)

    def compute_mask(self, mask: Mask | Masks, inputs: Sequence[TensorSpec]) -> Mask | Masks:
        """The masks one behind the other; a tensor without one is kept whole."""
        masks = mask if isinstance(mask, tuple) else (mask,)
        if all(one is None for one in masks):
            return None
        joined = self.infer(inputs)
        return joined.with_dims(joined.dims[:-1]).with_dtype("bool")


def _axis_pair(value: Any) -> int | tuple[int, int]:
    """One axis for both tensors, or a list of one for each."""
    if type(value) is int and abs(value) <= LARGEST_SIZE:
        return value
    if not isinstance(value, (list, tuple)):
        raise complaint(codes.WRONG_TYPE, f"must be an axis or a list of two, not {shown(value)}")
    for position, item in enumerate(value):
        if type(item) is not int:
            predicate = f"must be a whole number, not {shown(item)}"
            raise complaint(codes.WRONG_TYPE, predicate, at=(position,))
    if len(value) != 2:
        raise complaint(
            codes.OUT_OF_RANGE, f"must be one axis or a list of two, not of {len(value)}"
        )
    return value[0], value[1]


class Dot(Layer):
    """Sum of the products along one axis of each of two tensors, for every sample.

    The axes that are left come one after the other: (batch, …, n), (batch, n, …) →
    (batch, …, …), and (batch, 1) where none is left. `normalize` divides by the norms first,
    which gives the cosine of the angle between the two.
    """

    axes: Annotated[int | tuple[int, int], Checked(_axis_pair)]
    normalize: bool = False

    def infer(self, inputs: Sequence[TensorSpec]) -> TensorSpec:
        _require_number(inputs, exactly=2)
        for number, tensor in enumerate(inputs):
            require_numbers(tensor, input=number)
            require_rank(tensor, at_least=2, layout="(batch, …, features)", input=number)
        first, second = inputs
        left, right = self._axes(first, second)
        message = f"{{node}} multiplies along axis {left} and axis {right}, whose sizes differ"
        require_same_size((first, left, 0), (second, right, 1), message)
        require_known_alike((first, left, 0), (second, right, 1), message)
        require_same_size((first, 0, 0), (second, 0, 1), "inputs of {node} differ on axis 0")
        kept = (*first.dims[:left], *first.dims[left + 1 :])
        added = (*second.dims[1:right], *second.dims[right + 1 :])
        dims = (*kept, *added)
        return self.computed(first.with_dims(dims if len(dims) > 1 else (*dims, 1)))

    def multiply_adds(self, inputs: Sequence[TensorSpec]) -> int | None:
        left, _ = self._axes(inputs[0], inputs[1])
        return elements((*self.infer(inputs).dims[1:], inputs[0].dims[left]))

    def _axes(self, first: TensorSpec, second: TensorSpec) -> tuple[int, int]:
        """The two axes counted from the front; a single negative one wraps round, as in Keras."""
        if isinstance(self.axes, int):
            given = (self.axes, self.axes)
            if self.axes < 0:
                given = (self.axes % first.rank, self.axes % second.rank)
        else:
            given = self.axes
        left = require_axis(first, given[0], "axes", input=0)
        right = require_axis(second, given[1], "axes", input=1)
        for number, axis in enumerate((left, right)):
            if axis == 0:
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    "{node} cannot multiply along the batch",
                    label=f"{{{number}}} is {(first, second)[number]}, and axis 0 is the batch",
                    inputs=(number,),
                    argument="axes",
                    help="axes count from 0, which is the batch; -1 is the last one",
                )
        return left, right


def _require_number(
    inputs: Sequence[TensorSpec], exactly: int | None = None, at_least: int = 0
) -> None:
    if len(inputs) == exactly or (exactly is None and len(inputs) >= at_least):
        return
    wanted = {1: "at least one tensor", 2: "exactly two tensors"}[exactly or at_least]
    raise ShapeError(
        codes.WRONG_NUMBER_OF_TENSORS,
        f"{{node}} takes {wanted}, and is called on {len(inputs) or 'none'}",
        inputs=tuple(range(len(inputs))),
        help=f"write `from: [a{', b' if exactly else ''}]` with {wanted}",
    )


def _require_same_kind(first: TensorSpec, tensor: TensorSpec, number: int) -> None:
    if (first.dtype == "string") == (tensor.dtype == "string"):
        return
    raise ShapeError(
        codes.WRONG_DTYPE,
        "{node} cannot join strings with numbers",
        label=f"{{0}} is {first.dtype} and {{{number}}} is {tensor.dtype}",
        inputs=(0, number),
        help="make numbers of the strings first, with `StringLookup` or `TextVectorization`",
    )


def _require_same_rank(first: TensorSpec, tensor: TensorSpec, number: int) -> None:
    if first.rank == tensor.rank:
        return
    raise ShapeError(
        codes.WRONG_RANK,
        "inputs of {node} have different numbers of axes",
        label=f"{{{number}}} is {tensor}, which has {tensor.rank}: "
        f"{{0}} is {first}, which has {first.rank}",
        inputs=(0, number),
        help="a `Reshape`, `Flatten` or `RepeatVector` before it makes them alike",
    )


def _require_agreement(inputs: Sequence[TensorSpec], axis: int) -> None:
    """Every two inputs can have one size along `axis`, also past one whose size is unknown."""
    message = f"inputs of {{node}} differ on axis {axis}"
    for number, tensor in enumerate(inputs):
        for earlier in range(number):
            require_same_size((inputs[earlier], axis, earlier), (tensor, axis, number), message)


def _batch(inputs: Sequence[TensorSpec]) -> Dim:
    """The one size of the batch: a known one before a name, a name before nothing."""
    _require_agreement(inputs, 0)
    sizes = [tensor.dims[0] for tensor in inputs]
    for size in sizes:
        if isinstance(size, int):
            return size
    return next((size for size in sizes if size is not None), None)


def _mismatch(
    inputs: Sequence[TensorSpec], number: int, dims: tuple[Dim, ...], axis: int
) -> ShapeError:
    """The error for an input that does not broadcast with `dims`, which those before it gave.

    `axis` counts from the end, where shapes are aligned.
    """
    size, other = dims[axis], inputs[number].dims[axis]
    setter = next(
        earlier
        for earlier in range(number)
        if inputs[earlier].rank > -axis and inputs[earlier].dims[axis] == size
    )
    counted = max(len(dims) + 1, inputs[number].rank) + axis
    return ShapeError(
        mismatch_code(size, other),
        f"inputs of {{node}} differ on axis {counted}",
        label=f"{{{number}}} is {inputs[number]}: {size} and {other} must be equal",
        inputs=(setter, number),
    )
