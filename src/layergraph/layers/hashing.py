"""Hashed categories: `keras.layers` from `keras/src/layers/preprocessing`."""

from collections.abc import Sequence
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import Layer
from layergraph.layers.encoding import Salt, refuse_sparse_numbers
from layergraph.layers.rules import require_rank
from layergraph.objects.base import complaint
from layergraph.objects.values import PositiveInt
from layergraph.tensors import ShapeError, TensorSpec


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
