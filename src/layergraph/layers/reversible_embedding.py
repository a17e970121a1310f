"""Embeddings that lead back: `keras/src/layers/core/reversible_embedding.py`."""

# ruff: noqa: ARG002  (every rule takes all arguments of the call)

from typing import ClassVar, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import CallArguments, Layer, Mask, Masks, Weight, Weights
from layergraph.layers.lora import refuse_constrained_lora
from layergraph.layers.rules import elements, require_numbers, require_rank
from layergraph.objects.arguments import Constraint, Initializer, QuantizationConfig, Regularizer
from layergraph.objects.base import complaint
from layergraph.objects.values import FloatDType, Positive, PositiveInt
from layergraph.tensors import ShapeError, TensorSpec


class ReversibleEmbeddingCall(CallArguments):
    """Whether vectors are led back to the numbers that they stand for."""

    reverse: bool = False


class ReversibleEmbedding(Layer):
    """An `Embedding`, which called with `reverse` scores each whole number for a vector.

    (batch, …) → (batch, …, output_dim), and back (batch, …, output_dim) → (batch, …, input_dim).
    The way back has the same weights, or with `tie_weights: false` some of its own. Keras declares
    all that comes out in the layer's dtype; back it computes in `reverse_dtype`. Its mask is on
    the tensors when a model computes, and not before, so that no layer is called with it. Press
    and Wolf, "Using the Output Embedding to Improve Language Models" (2016), arXiv:1608.05859.
    """

    supports_masking = True

    input_dim: PositiveInt
    output_dim: PositiveInt
    tie_weights: bool = True
    embeddings_initializer: Initializer = "uniform"
    embeddings_regularizer: Regularizer | None = None
    embeddings_constraint: Constraint | None = None
    mask_zero: bool = False
    reverse_dtype: FloatDType | None = None
    logit_soft_cap: Positive | None = None
    lora_rank: PositiveInt | None = None
    lora_alpha: float | None = None
    quantization_config: QuantizationConfig | None = None
    dtype: FloatDType | None = None

    Call: ClassVar[type[CallArguments]] = ReversibleEmbeddingCall

    @model_validator(mode="after")
    def _arguments_fit(self) -> Self:
        refuse_constrained_lora(self.lora_rank, self.embeddings_constraint, "embeddings_constraint")
        if self.lora_rank is not None and not self.tie_weights:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "cannot stand beside `tie_weights: false`",
                at=("lora_rank",),
                help="leave one of `lora_rank` and `tie_weights` out",
            )
        if self.reverse_dtype is not None and self.reverse_dtype.startswith("mixed_"):
            raise complaint(
                codes.NOT_A_CHOICE,
                f"must be one dtype, not the policy {self.reverse_dtype}",
                at=("reverse_dtype",),
                help=f"write `{self.reverse_dtype.removeprefix('mixed_')}`",
            )
        return self

    def infer(self, inputs: TensorSpec, *, call: ReversibleEmbeddingCall) -> TensorSpec:
        require_numbers(inputs)
        if not call.reverse:
            return self.computed(inputs.with_dims((*inputs.dims, self.output_dim)))
        require_rank(inputs, at_least=2, layout="(batch, …, output_dim)")
        if inputs.last_dim != self.output_dim and isinstance(inputs.last_dim, int):
            raise ShapeError(
                codes.SHAPE_MISMATCH,
                "{node} leads back vectors of its `output_dim`, and its input has others",
                label=f"{{0}} is {inputs}: {inputs.last_dim} and {self.output_dim} must be equal",
                help=f"make them vectors of {self.output_dim} first, with `Dense`",
            )
        return self.computed(inputs.with_last_dim(self.input_dim))

    def compute_mask(
        self, mask: Mask | Masks, inputs: TensorSpec, *, call: ReversibleEmbeddingCall
    ) -> Mask | Masks:
        return None

    def weights(self, inputs: TensorSpec, *, call: ReversibleEmbeddingCall) -> Weights:
        shape = (self.input_dim, self.output_dim)
        weights = {"embeddings": Weight(shape, trainable=self.lora_rank is None)}
        if self.lora_rank is not None:
            weights["lora_embeddings_a"] = Weight((self.input_dim, self.lora_rank), dtype="float32")
            weights["lora_embeddings_b"] = Weight(
                (self.lora_rank, self.output_dim), dtype="float32"
            )
        if not self.tie_weights:
            weights["reverse_embeddings"] = Weight((self.output_dim, self.input_dim))
        return weights

    def multiply_adds(self, inputs: TensorSpec, *, call: ReversibleEmbeddingCall) -> int | None:
        """Those of the matrix on the way back; there, a vector is looked up."""
        if not call.reverse:
            return 0
        return elements(inputs.dims[1:-1], times=self.input_dim * self.output_dim)
