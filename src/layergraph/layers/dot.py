"""Dot: `keras/src/layers/merging/dot.py`."""

from collections.abc import Sequence
from typing import Annotated, Any

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.layers.base import Layer
from layergraph.layers.merging_base import require_number
from layergraph.layers.rules import (
    elements,
    require_axis,
    require_known_alike,
    require_numbers,
    require_rank,
    require_same_size,
)
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import LARGEST_SIZE
from layergraph.tensors import ShapeError, TensorSpec


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
        require_number(inputs, exactly=2)
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
