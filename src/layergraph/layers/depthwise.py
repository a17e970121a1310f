"""What convolutions that keep the channels apart share."""

from math import prod

from layergraph.layers.base import Weight, Weights
from layergraph.layers.sliding_convolution import SlidingConvolution
from layergraph.layers.spatial import known_channels
from layergraph.objects.arguments import Constraint, Initializer, Regularizer
from layergraph.objects.values import PositiveInt
from layergraph.tensors import TensorSpec


class Depthwise(SlidingConvolution):
    """The base of convolutions that keep the channels apart."""

    depth_multiplier: PositiveInt = 1
    depthwise_initializer: Initializer = "glorot_uniform"
    depthwise_regularizer: Regularizer | None = None
    depthwise_constraint: Constraint | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        return self.slid(inputs, self.channels(inputs) * self.depth_multiplier)

    def weights(self, inputs: TensorSpec) -> Weights:
        channels = known_channels(inputs, self.data_format)
        kernel = Weight((*self.window, channels, self.depth_multiplier))
        return {"kernel": kernel, **self.bias_of(channels * self.depth_multiplier)}

    def multiply_adds(self, inputs: TensorSpec) -> int | None:
        channels = known_channels(inputs, self.data_format)
        return self.places(inputs, times=prod(self.window) * channels * self.depth_multiplier)
