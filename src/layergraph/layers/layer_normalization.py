"""LayerNormalization: `keras/src/layers/normalization/layer_normalization.py`."""

from layergraph.layers.arguments import Axes
from layergraph.layers.base import Weights
from layergraph.layers.batch_normalization import AffineNormalization
from layergraph.layers.normalized_sizes import sizes_along
from layergraph.layers.rules import elements, known, require_axes, require_numbers
from layergraph.tensors import TensorSpec


class LayerNormalization(AffineNormalization):
    """Zero mean and unit variance along `axis` of each sample: the same shape as before.

    Ba, Kiros and Hinton, "Layer Normalization" (2016), arXiv:1607.06450. Each element takes one
    multiply-add for the variance and one for the scaling.
    """

    axis: Axes = -1

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        axes = require_axes(inputs, self.axis)
        if self.center or self.scale:
            for axis in axes:
                known(inputs, axis)
        return self.computed(inputs)

    def weights(self, inputs: TensorSpec) -> Weights:
        if not (self.center or self.scale):
            return {}
        return self._affine(sizes_along(inputs, self.axis))

    def multiply_adds(self, inputs: TensorSpec) -> int | None:
        return elements(inputs.dims[1:], times=2)
