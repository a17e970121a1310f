"""Layers that hand on their input: `keras.layers` from `keras/src/layers/core`."""

from layergraph.layers.base import Layer, Mask, Masks
from layergraph.layers.rules import require_numbers, require_rank
from layergraph.tensors import TensorSpec


class Identity(Layer):
    """Its input, as it is: any shape → the same shape."""

    supports_masking = True

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        return self.cast_input(inputs)


class Masking(Layer):
    """Marks the steps whose numbers all are `mask_value`, for later layers to skip.

    (batch, steps, features) → the same shape.
    """

    supports_masking = True

    mask_value: float = 0.0

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        require_rank(inputs, at_least=2, layout="(batch, steps, features)")
        return self.computed(inputs)

    def compute_mask(self, mask: Mask | Masks, inputs: TensorSpec) -> Mask | Masks:  # noqa: ARG002
        return TensorSpec(inputs.dims[:-1], "bool")
