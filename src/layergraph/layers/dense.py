"""Dense: `keras/src/layers/core/dense.py`."""

from typing import ClassVar, Self

from pydantic import model_validator

from layergraph.layers.arguments import Activation
from layergraph.layers.base import CallArguments, Layer, Training, Weight, Weights
from layergraph.layers.lora import refuse_constrained_lora
from layergraph.layers.rules import elements, known, require_numbers, require_rank
from layergraph.objects.arguments import Constraint, Initializer, QuantizationConfig, Regularizer
from layergraph.objects.values import FloatDType, PositiveInt
from layergraph.tensors import TensorSpec


class Dense(Layer):
    """Fully connected layer, applied to the last axis: (batch, …, n) → (batch, …, units)."""

    supports_masking = True

    units: PositiveInt
    activation: Activation | None = None
    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None
    lora_rank: PositiveInt | None = None
    lora_alpha: float | None = None
    quantization_config: QuantizationConfig | None = None
    dtype: FloatDType | None = None

    Call: ClassVar[type[CallArguments]] = Training

    @model_validator(mode="after")
    def _arguments_fit(self) -> Self:
        refuse_constrained_lora(self.lora_rank, self.kernel_constraint, "kernel_constraint")
        return self

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        require_rank(
            inputs,
            at_least=2,
            layout="(batch, …, features)",
            help="give each sample an axis of features: `shape: [1]` for a single number",
        )
        known(inputs, -1)
        return self.computed(inputs.with_last_dim(self.units))

    def weights(self, inputs: TensorSpec) -> Weights:
        features = known(inputs, -1)
        weights = {"kernel": Weight((features, self.units), trainable=self.lora_rank is None)}
        if self.use_bias:
            weights["bias"] = Weight((self.units,))
        if self.lora_rank is not None:
            weights["lora_kernel_a"] = Weight((features, self.lora_rank), dtype="float32")
            weights["lora_kernel_b"] = Weight((self.lora_rank, self.units), dtype="float32")
        return weights

    def multiply_adds(self, inputs: TensorSpec) -> int | None:
        return elements(inputs.dims[1:], times=self.units)
