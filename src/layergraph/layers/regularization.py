"""Layers that regularize: `keras.layers` from `keras/src/layers/regularization`."""

from typing import Annotated, ClassVar

from pydantic import Field

from layergraph.layers.arguments import DataFormat
from layergraph.layers.base import Layer
from layergraph.layers.dropout import NoiseShape, TrainingNoise, require_noise_shape
from layergraph.layers.rules import require_numbers
from layergraph.layers.spatial import require_space
from layergraph.objects.values import FloatDType, Rate, Seed
from layergraph.tensors import TensorSpec

BelowOne = Annotated[float, Field(ge=0, lt=1)]


class AlphaDropout(TrainingNoise):
    """Dropout that keeps mean and variance, for `selu`: any shape → the same shape."""

    rate: BelowOne
    noise_shape: NoiseShape | None = None
    seed: Seed | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_noise_shape(inputs, self.noise_shape)
        return super().infer(inputs)


class GaussianNoise(TrainingNoise):
    """Adds normal noise in training: any shape → the same shape."""

    stddev: Rate
    seed: Seed | None = None


class GaussianDropout(TrainingNoise):
    """Multiplies by normal noise around 1 in training: any shape → the same shape."""

    rate: BelowOne
    seed: Seed | None = None


class _SpatialDropout(TrainingNoise):
    """The base of dropout of whole channels; Keras' constructors take few arguments here."""

    axes: ClassVar[int]
    trainable: ClassVar[bool] = True  # type: ignore[misc]
    autocast: ClassVar[bool] = True  # type: ignore[misc]
    activity_regularizer: ClassVar[None] = None  # type: ignore[misc]

    rate: Rate
    seed: Seed | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_space(inputs, self.axes, "channels_last")
        return super().infer(inputs)


class SpatialDropout1D(_SpatialDropout):
    """Drops whole channels of sequences: (batch, steps, channels) → the same shape."""

    axes = 1


class SpatialDropout2D(_SpatialDropout):
    """Drops whole channels of images: (batch, height, width, channels) → the same shape."""

    axes = 2
    data_format: DataFormat | None = None


class SpatialDropout3D(_SpatialDropout):
    """Drops whole channels of volumes: (batch, depth, height, width, channels) → the same shape."""

    axes = 3
    data_format: DataFormat | None = None


class ActivityRegularization(Layer):
    """Adds the size of its input to the loss: any shape → the same shape."""

    supports_masking = True

    dtype: FloatDType | None = None
    activity_regularizer: ClassVar[None] = None  # type: ignore[misc]

    l1: Annotated[float, Field(ge=0)] = 0.0
    l2: Annotated[float, Field(ge=0)] = 0.0

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        return self.computed(inputs)
