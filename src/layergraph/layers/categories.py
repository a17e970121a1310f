"""Preprocessing of categories: `keras.layers` from `keras/src/layers/preprocessing`."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import Layer
from layergraph.layers.encoding import (
    Encoding,
    Salt,
    encoded,
    refuse_sparse_numbers,
)
from layergraph.layers.rules import require_numbers, require_rank, require_same_size
from layergraph.objects.base import complaint
from layergraph.objects.values import PositiveInt
from layergraph.tensors import ShapeError, TensorSpec


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


class CategoryEncoding(Layer):
    """Integers below `num_tokens` as places of a last axis: (batch, …, n) → (batch, …, tokens).

    `one_hot` gives a place to each element, (batch, …, n, tokens), unless n is 1; `multi_hot` and
    `count` to each sample.
    """

    num_tokens: PositiveInt | None = None
    output_mode: Literal["multi_hot", "one_hot", "count", "binary"] = "multi_hot"
    sparse: bool = False

    @model_validator(mode="after")
    def _check_tokens(self) -> Self:
        if self.num_tokens is None:
            raise complaint(
                codes.MISSING_ARGUMENT,
                "needs `num_tokens`",
                help="where the number is not known, `IntegerLookup` learns it from data",
            )
        return self

    def infer(self, inputs: TensorSpec, count_weights: TensorSpec | None = None) -> TensorSpec:
        require_numbers(inputs)
        if count_weights is not None:
            self._require_weights(inputs, count_weights)
        mode: Encoding = "one_hot" if self.output_mode == "one_hot" else "multi_hot"
        return self.computed(inputs.with_dims(encoded(inputs.dims, mode, self.num_tokens)))

    def _require_weights(self, inputs: TensorSpec, count_weights: TensorSpec) -> None:
        if self.output_mode != "count":
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"{{node}} takes no `count_weights` with `output_mode: {self.output_mode}`",
                inputs=(1,),
                argument="output_mode",
                help="set `output_mode: count`",
            )
        require_rank(count_weights, inputs.rank, input=1)
        for axis in range(inputs.rank):
            message = f"`count_weights` of {{node}} differ from its input on axis {axis}"
            require_same_size((inputs, axis, 0), (count_weights, axis, 1), message)


class Hashing(Layer):
    """Strings or integers hashed into `num_bins` bins: the same shape, in int64.

    The other output modes give a last axis with a place for each bin, in the place of the
    input's last axis.
    """

    num_bins: PositiveInt
    mask_value: int | str | None = None
    salt: Salt | None = None
    output_mode: Literal["int", "one_hot", "multi_hot", "count"] = "int"
    sparse: bool = False

    @model_validator(mode="after")
    def _check_mode(self) -> Self:
        refuse_sparse_numbers(self.sparse, self.output_mode)
        if self.output_mode == "int" and self.dtype not in (None, "int32", "int64"):
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must be int32 or int64 with `output_mode: int`, not {self.dtype}",
                at=("dtype",),
            )
        return self

    @property
    def variable_dtype(self) -> str:
        """The dtype of what it gives, in Keras its dtype for variables."""
        if self.dtype is None and self.output_mode == "int":
            return "int64"
        return super().variable_dtype

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        output = inputs.with_dtype(self.variable_dtype)
        if self.output_mode == "int":
            return output
        return output.with_dims((*inputs.dims[:-1], self.num_bins))


class HashedCrossing(Layer):
    """Two features hashed as one into `num_bins` bins: the shape of each, in int64.

    Each is a whole number or a string, (batch,) or (batch, 1). `one_hot` gives a last axis with a
    place for each bin.
    """

    trainable: ClassVar[bool] = True  # type: ignore[misc]  # Keras takes none of the three
    autocast: ClassVar[bool] = True  # type: ignore[misc]
    activity_regularizer: ClassVar[None] = None  # type: ignore[misc]

    num_bins: PositiveInt
    output_mode: Literal["int", "one_hot"] = "int"
    sparse: bool = False

    @model_validator(mode="after")
    def _check_dtype(self) -> Self:
        if self.dtype == "string":
            raise complaint(
                codes.NOT_A_CHOICE, "must be a dtype of numbers, not string", at=("dtype",)
            )
        return self

    @property
    def compute_dtype(self) -> str:
        """The dtype of what it gives, of numbers of bins by default int64."""
        if self.dtype is None and self.output_mode == "int":
            return "int64"
        return super().compute_dtype

    def infer(self, inputs: Sequence[TensorSpec]) -> TensorSpec:
        if len(inputs) != 2:
            raise ShapeError(
                codes.WRONG_NUMBER_OF_TENSORS,
                f"{{node}} crosses two features, and is called on {len(inputs)} tensors",
                inputs=tuple(range(len(inputs))),
                help="cross the outcome with a third one in another `HashedCrossing`",
            )
        for number, feature in enumerate(inputs):
            _require_feature(feature, number)
        first, second = inputs
        require_rank(second, first.rank, input=1)
        if self.output_mode == "int":
            return self.computed(first)
        return self.computed(first.with_dims((first.dims[0], self.num_bins)))


def _require_feature(feature: TensorSpec, number: int) -> None:
    """Refuse what is not one whole number or string for each sample."""
    if feature.is_float or feature.dtype == "bool":
        raise ShapeError(
            codes.WRONG_DTYPE,
            "{node} crosses whole numbers and strings",
            label=f"{{{number}}} is {feature.dtype}",
            inputs=(number,),
            help="make bins of numbers first, with `Discretization`",
        )
    if feature.rank != 1 and (feature.rank != 2 or feature.last_dim != 1):
        raise ShapeError(
            codes.WRONG_RANK,
            "{node} crosses features of one value for each sample",
            label=f"{{{number}}} is {feature}, and must be (batch,) or (batch, 1)",
            inputs=(number,),
            help="take one value of it with `ops.get_item`",
        )
