"""Layers that choose among other layers for images at random: Keras' `image_preprocessing`."""

from typing import Annotated

from layergraph.layers.image_base import ImageLayer, Interpolation, ValueRange, within
from layergraph.layers.image_colour import require_known_channels
from layergraph.objects.values import FloatDType, NonNegativeInt, Positive, PositiveInt, Seed
from layergraph.tensors import TensorSpec

Strength = Annotated[float | tuple[float, float], within(0, 1)]


class AugMix(ImageLayer):
    """Mixes images with what chains of random layers make of them, in training: the same shape.

    Without `all_ops` none of the layers looks at colours, and any number of channels will do.
    """

    value_range: ValueRange = (0, 255)
    num_chains: PositiveInt = 3
    chain_depth: NonNegativeInt = 3
    factor: Strength = 0.3
    alpha: Positive = 1.0
    all_ops: bool = True
    interpolation: Interpolation = "bilinear"
    seed: Seed | None = None
    dtype: FloatDType | None = None

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        channels = data.dims[self.channel_axis]
        counts = (1, 3) if self.all_ops or not isinstance(channels, int) else (channels,)
        require_known_channels(data, self.channel_axis, *counts)
        return self.computed(data)


class RandAugment(ImageLayer):
    """Runs `num_ops` of eleven layers on images, in training: the same shape, 1 or 3 channels."""

    value_range: ValueRange = (0, 255)
    num_ops: NonNegativeInt = 2
    factor: Strength = 0.5
    interpolation: Interpolation = "bilinear"
    seed: Seed | None = None
    dtype: FloatDType | None = None

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        require_known_channels(data, self.channel_axis, 1, 3)
        return self.computed(data)
