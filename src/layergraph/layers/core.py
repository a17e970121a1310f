"""Core layers: `keras.layers` from `keras/src/layers/core`."""

from __future__ import annotations

from layergraph.layers.arguments import Activation, PositiveInt
from layergraph.layers.base import Layer, Weight, Weights
from layergraph.layers.rules import elements, known, require_rank
from layergraph.objects.arguments import Constraint, Initializer, Regularizer
from layergraph.tensors import TensorSpec


class Dense(Layer):
    """Fully connected layer, applied to the last axis: (batch, …, n) → (batch, …, units)."""

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

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_rank(inputs, at_least=2)
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
