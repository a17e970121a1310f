"""Numbers to bins: `keras/src/layers/preprocessing/discretization.py`."""

from itertools import pairwise
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import Layer
from layergraph.layers.encoding import encoded, refuse_sparse_numbers
from layergraph.layers.rules import require_numbers
from layergraph.objects.base import complaint
from layergraph.objects.values import PositiveInt
from layergraph.tensors import TensorSpec


def _rising(boundaries: list[float]) -> list[float]:
    for position, (left, right) in enumerate(pairwise(boundaries), start=1):
        if right < left:
            raise complaint(
                codes.OUT_OF_RANGE,
                f"must not be below the boundary before it, {left}, but is {right}",
                at=(position,),
                help="sort the boundaries",
            )
    return boundaries


class Discretization(Layer):
    """The number of the bin that each element falls into: the same shape, in int32.

    The other output modes give a last axis with a place for each bin: `one_hot` one for each
    element, `multi_hot` and `count` one for each sample, along axis 1. Without `bin_boundaries`
    the boundaries of `num_bins` bins are learned from data.
    """

    trainable: ClassVar[bool] = True  # type: ignore[misc]  # Keras takes none of the three
    autocast: ClassVar[bool] = True  # type: ignore[misc]
    activity_regularizer: ClassVar[None] = None  # type: ignore[misc]

    bin_boundaries: Annotated[list[float], AfterValidator(_rising)] | None = None
    num_bins: PositiveInt | None = None
    epsilon: Annotated[float, Field(gt=0, lt=1)] = 0.01
    output_mode: Literal["int", "one_hot", "multi_hot", "count"] = "int"
    sparse: bool = False

    @model_validator(mode="after")
    def _check_bins(self) -> Self:
        refuse_sparse_numbers(self.sparse, self.output_mode)
        if self.bin_boundaries is not None and self.num_bins is not None:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "cannot be combined with `bin_boundaries`",
                at=("num_bins",),
                help="drop `num_bins`: the boundaries make the bins",
            )
        if self.bin_boundaries is None and self.num_bins is None:
            raise complaint(
                codes.MISSING_ARGUMENT,
                "needs `bin_boundaries` or `num_bins`",
                help="give `num_bins` to have the boundaries learned from data",
            )
        return self

    state_argument = "bin_boundaries"

    @property
    def needs_state(self) -> bool:
        """Whether it has to learn its boundaries."""
        return self.bin_boundaries is None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        if self.output_mode == "int":
            return inputs.with_dtype("int32")
        depth = self.num_bins
        if self.bin_boundaries is not None:
            depth = len(self.bin_boundaries) + 1
        if self.output_mode == "one_hot":
            return self.computed(inputs.with_dims(encoded(inputs.dims, "one_hot", depth)))
        kept = (inputs.dims[0], *inputs.dims[2:]) if inputs.rank > 1 else ()
        return self.computed(inputs.with_dims((*kept, depth)))
