"""Separable convolutions: `keras.layers` from `keras/src/layers/convolutional`."""

from math import prod

from layergraph.layers.base import Weight, Weights
from layergraph.layers.convolution_base import OneAxis, TwoAxes
from layergraph.layers.depthwise import Depthwise
from layergraph.layers.spatial import known_channels
from layergraph.objects.arguments import Constraint, Initializer, Regularizer
from layergraph.objects.values import PositiveInt
from layergraph.tensors import TensorSpec


class _Separable(Depthwise):
    """The base of depthwise convolutions followed by one that mixes the channels."""

    filters: PositiveInt
    pointwise_initializer: Initializer = "glorot_uniform"
    pointwise_regularizer: Regularizer | None = None
    pointwise_constraint: Constraint | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        self.channels(inputs)
        return self.slid(inputs, self.filters)

    def weights(self, inputs: TensorSpec) -> Weights:
        channels = known_channels(inputs, self.data_format)
        mixed = channels * self.depth_multiplier
        return {
            "depthwise_kernel": Weight((*self.window, channels, self.depth_multiplier)),
            "pointwise_kernel": Weight((*(1,) * self.axes, mixed, self.filters)),
            **self.bias_of(self.filters),
        }

    def multiply_adds(self, inputs: TensorSpec) -> int | None:
        mixed = known_channels(inputs, self.data_format) * self.depth_multiplier
        return self.places(inputs, times=mixed * (prod(self.window) + self.filters))


class SeparableConv1D(OneAxis, _Separable):
    """A depthwise convolution along time, then a mix of its channels.

    (batch, steps, channels) → (batch, new steps, filters).
    """


class SeparableConv2D(TwoAxes, _Separable):
    """A depthwise convolution over images, then a mix of its channels.

    (batch, height, width, channels) → (batch, …, filters).
    """
