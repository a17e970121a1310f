"""Concatenate: `keras/src/layers/merging/concatenate.py`."""

from collections.abc import Sequence

from layergraph.diagnostics import codes
from layergraph.layers.base import Layer, Mask, Masks
from layergraph.layers.merging_base import require_agreement, require_number
from layergraph.layers.rules import require_axis
from layergraph.objects.values import Axis
from layergraph.tensors import Dim, ShapeError, TensorSpec, plus


class Concatenate(Layer):
    """Tensors one behind the other along `axis`, along which their sizes add up.

    Along every other axis they have one size: a list of (batch, …, n), (batch, …, m) →
    (batch, …, n + m). Tensors of strings give strings.
    """

    supports_masking = True

    axis: Axis = -1

    def infer(self, inputs: Sequence[TensorSpec]) -> TensorSpec:
        require_number(inputs, at_least=1)
        first = inputs[0]
        for number, tensor in enumerate(inputs[1:], start=1):
            _require_same_kind(first, tensor, number)
            _require_same_rank(first, tensor, number)
        axis = require_axis(first, self.axis)
        for kept in range(first.rank):
            if kept != axis:
                require_agreement(inputs, kept)
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
