"""Layers that regularize: `keras.layers` from `keras/src/layers/regularization`."""

from typing import Annotated, ClassVar

from pydantic import Field

from layergraph.diagnostics import codes
from layergraph.layers.arguments import DataFormat, FloatDType, PositiveInt, Rate, Seed
from layergraph.layers.base import Layer, Training
from layergraph.layers.rules import require_numbers
from layergraph.layers.spatial import require_space
from layergraph.tensors import ShapeError, TensorSpec

NoiseShape = Annotated[tuple[PositiveInt | None, ...], Field(strict=False)]
BelowOne = Annotated[float, Field(ge=0, lt=1)]


class _Noise(Layer):
    """The base of layers that disturb their input in training, and let it pass otherwise."""

    dtype: FloatDType | None = None

    class Call(Training):
        """Whether to disturb."""

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        return self.computed(inputs)


class Dropout(_Noise):
    """Sets a part of the numbers to 0 in training: any shape → the same shape.

    `noise_shape` has 1 along axes on which all places share one fate.
    """

    rate: Rate
    noise_shape: NoiseShape | None = None
    seed: Seed | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        _require_noise_shape(inputs, self.noise_shape)
        return super().infer(inputs)


class AlphaDropout(_Noise):
    """Dropout that keeps mean and variance, for `selu`: any shape → the same shape."""

    rate: BelowOne
    noise_shape: NoiseShape | None = None
    seed: Seed | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        _require_noise_shape(inputs, self.noise_shape)
        return super().infer(inputs)


class GaussianNoise(_Noise):
    """Adds normal noise in training: any shape → the same shape."""

    stddev: Rate
    seed: Seed | None = None


class GaussianDropout(_Noise):
    """Multiplies by normal noise around 1 in training: any shape → the same shape."""

    rate: BelowOne
    seed: Seed | None = None


class _SpatialDropout(_Noise):
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

    dtype: FloatDType | None = None
    activity_regularizer: ClassVar[None] = None  # type: ignore[misc]

    l1: Annotated[float, Field(ge=0)] = 0.0
    l2: Annotated[float, Field(ge=0)] = 0.0

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        return self.computed(inputs)


def _require_noise_shape(inputs: TensorSpec, noise_shape: tuple[int | None, ...] | None) -> None:
    """Refuse a shape of noise that does not stretch to the input's, as training would.

    Raises:
        ShapeError: argument-misfit.
    """
    if noise_shape is None:
        return
    if len(noise_shape) == inputs.rank and all(
        own in (None, 1) or not isinstance(size, int) or own == size
        for own, size in zip(noise_shape, inputs.dims, strict=True)
    ):
        return
    wanted = ", ".join("null" if own is None else str(own) for own in noise_shape)
    raise ShapeError(
        codes.ARGUMENT_MISFIT,
        "`noise_shape` of {node} does not fit its input",
        label=f"{{0}} is {inputs}, the noise [{wanted}]",
        argument="noise_shape",
        help=f"give {inputs.rank} sizes, the batch first: null for the input's own, 1 to share",
    )
