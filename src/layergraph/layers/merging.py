"""Layers that join tensors element by element: `keras.layers` from `keras/src/layers/merging`."""

from collections.abc import Sequence

from layergraph.layers.merging_base import ElementwiseMerge, require_number
from layergraph.tensors import TensorSpec


class Subtract(ElementwiseMerge):
    """The first tensor less the second: two of (batch, …) that broadcast → (batch, …)."""

    def infer(self, inputs: Sequence[TensorSpec]) -> TensorSpec:
        require_number(inputs, exactly=2)
        return super().infer(inputs)


class Multiply(ElementwiseMerge):
    """Product, element by element: a list of (batch, …) that broadcast → (batch, …)."""


class Average(ElementwiseMerge):
    """Mean, element by element: a list of (batch, …) that broadcast → (batch, …)."""


class Maximum(ElementwiseMerge):
    """The largest, element by element: a list of (batch, …) that broadcast → (batch, …)."""


class Minimum(ElementwiseMerge):
    """The smallest, element by element: a list of (batch, …) that broadcast → (batch, …)."""
