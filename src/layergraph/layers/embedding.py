"""Embedding: `keras/src/layers/core/embedding.py`."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import Layer, Mask, Masks, Weight, Weights
from layergraph.layers.lora import refuse_constrained_lora
from layergraph.layers.rules import require_numbers
from layergraph.objects.arguments import Constraint, Initializer, QuantizationConfig, Regularizer
from layergraph.objects.base import complaint
from layergraph.objects.values import FloatDType, PositiveInt
from layergraph.tensors import TensorSpec

Row = Annotated[tuple[float, ...], Field(strict=False)]


class Embedding(Layer):
    """A vector for each whole number below `input_dim`: (batch, …) → (batch, …, output_dim)."""

    supports_masking = True
    arrays: ClassVar[frozenset[str]] = frozenset({"weights"})

    input_dim: PositiveInt
    output_dim: PositiveInt
    embeddings_initializer: Initializer = "uniform"
    embeddings_regularizer: Regularizer | None = None
    embeddings_constraint: Constraint | None = None
    mask_zero: bool = False
    initial_weights: Annotated[tuple[Row, ...], Field(strict=False)] | None = Field(
        default=None, alias="weights"
    )
    lora_rank: PositiveInt | None = None
    lora_alpha: float | None = None
    quantization_config: QuantizationConfig | None = None
    dtype: FloatDType | None = None

    @model_validator(mode="after")
    def _arguments_fit(self) -> Self:
        refuse_constrained_lora(self.lora_rank, self.embeddings_constraint, "embeddings_constraint")
        rows = self.initial_weights
        if rows is not None and [len(row) for row in rows] != [self.output_dim] * self.input_dim:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must have `input_dim` rows of `output_dim` numbers, {self.input_dim} of "
                f"{self.output_dim}",
                at=("weights",),
            )
        return self

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        return self.computed(inputs.with_dims((*inputs.dims, self.output_dim)))

    def compute_mask(self, mask: Mask | Masks, inputs: TensorSpec) -> Mask | Masks:  # noqa: ARG002
        return inputs.with_dtype("bool") if self.mask_zero else None

    def weights(self, inputs: TensorSpec) -> Weights:  # noqa: ARG002
        shape = (self.input_dim, self.output_dim)
        weights = {"embeddings": Weight(shape, trainable=self.lora_rank is None)}
        if self.lora_rank is not None:
            weights["lora_embeddings_a"] = Weight((self.input_dim, self.lora_rank), dtype="float32")
            weights["lora_embeddings_b"] = Weight(
                (self.lora_rank, self.output_dim), dtype="float32"
            )
        return weights
