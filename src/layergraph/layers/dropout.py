"""Dropout, and what it shares with noise: `keras.layers` from `keras/src/layers/regularization`."""

from typing import Annotated, ClassVar

from pydantic import Field

from layergraph.diagnostics import codes
from layergraph.layers.base import CallArguments, Layer, Training
from layergraph.layers.rules import require_numbers
from layergraph.objects.values import FloatDType, PositiveInt, Rate, Seed
from layergraph.tensors import ShapeError, TensorSpec

NoiseShape = Annotated[tuple[PositiveInt | None, ...], Field(strict=False)]


class TrainingNoise(Layer):
    """The base of layers that disturb their input in training, and let it pass otherwise."""

    supports_masking = True

    dtype: FloatDType | None = None

    Call: ClassVar[type[CallArguments]] = Training

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        return self.computed(inputs)


class Dropout(TrainingNoise):
    """Sets a part of the numbers to 0 in training: any shape → the same shape.

    `noise_shape` has 1 along axes on which all places share one fate.
    """

    rate: Rate
    noise_shape: NoiseShape | None = None
    seed: Seed | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_noise_shape(inputs, self.noise_shape)
        return super().infer(inputs)


def require_noise_shape(inputs: TensorSpec, noise_shape: tuple[int | None, ...] | None) -> None:
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
