"""What layers that join tensors share: the checks on their inputs."""

from collections.abc import Sequence

from layergraph.diagnostics import codes
from layergraph.layers.base import Layer, Mask, Masks
from layergraph.layers.rules import mismatch_code, require_numbers, require_rank, require_same_size
from layergraph.tensors import (
    Dim,
    NotBroadcastable,
    ShapeError,
    TensorSpec,
    broadcast,
    broadcast_dims,
)


class ElementwiseMerge(Layer):
    """The base of what merges element by element: shapes that broadcast → their common shape.

    As in Keras, the batch stays apart: tensors of fewer axes get new ones behind it.
    """

    supports_masking = True

    def infer(self, inputs: Sequence[TensorSpec]) -> TensorSpec:
        require_number(inputs, at_least=1)
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


def require_number(
    inputs: Sequence[TensorSpec], exactly: int | None = None, at_least: int = 0
) -> None:
    """Refuse too few tensors, or another number than exactly so many, of 1 or 2.

    Raises:
        ShapeError: wrong-number-of-tensors.
    """
    if len(inputs) == exactly or (exactly is None and len(inputs) >= at_least):
        return
    wanted = {1: "at least one tensor", 2: "exactly two tensors"}[exactly or at_least]
    raise ShapeError(
        codes.WRONG_NUMBER_OF_TENSORS,
        f"{{node}} takes {wanted}, and is called on {len(inputs) or 'none'}",
        inputs=tuple(range(len(inputs))),
        help=f"write `from: [a{', b' if exactly else ''}]` with {wanted}",
    )


def require_agreement(inputs: Sequence[TensorSpec], axis: int) -> None:
    """Refuse sizes along `axis` of which two differ, also past one that is unknown.

    Raises:
        ShapeError: shape-mismatch, or that of named sizes.
    """
    message = f"inputs of {{node}} differ on axis {axis}"
    for number, tensor in enumerate(inputs):
        for earlier in range(number):
            require_same_size((inputs[earlier], axis, earlier), (tensor, axis, number), message)


def _batch(inputs: Sequence[TensorSpec]) -> Dim:
    """The one size of the batch: a known one before a name, a name before nothing."""
    require_agreement(inputs, 0)
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
