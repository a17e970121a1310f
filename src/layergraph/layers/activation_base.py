"""What all activations as layers share."""

from typing import Annotated

from pydantic import Field

from layergraph.layers.base import Layer
from layergraph.layers.rules import require_numbers
from layergraph.objects.values import FloatDType
from layergraph.tensors import TensorSpec

NonNegativeFloat = Annotated[float, Field(ge=0)]


class ElementwiseActivation(Layer):
    """The base of activations that look at each number by itself: any shape → the same shape."""

    supports_masking = True

    dtype: FloatDType | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        return self.computed(inputs)
