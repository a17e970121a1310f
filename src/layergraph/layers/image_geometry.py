"""Layers that turn, shift and bend images in training: Keras' `image_preprocessing`."""

from typing import Annotated, Literal

from layergraph.diagnostics import codes
from layergraph.layers.image_base import (
    Factor,
    FillMode,
    ImageLayer,
    Interpolation,
    RangedDType,
    RenamedDType,
    UnitFactor,
    ValueRange,
    within,
)
from layergraph.objects.values import FloatDType, Rate, Seed
from layergraph.tensors import ShapeError, TensorSpec

WarpedDType = Literal[FloatDType, "int32", "int64", "uint8"]
"""What TensorFlow transforms images of."""


class RandomFlip(ImageLayer):
    """Mirrors images in training: (batch, height, width, channels) → the same shape."""

    mode: Literal["horizontal", "vertical", "horizontal_and_vertical"] = "horizontal_and_vertical"
    seed: Seed | None = None
    dtype: RenamedDType | None = None


class _Warp(ImageLayer):
    """The base of random transformations that keep straight lines straight."""

    interpolation: Interpolation = "bilinear"
    fill_value: float = 0.0
    seed: Seed | None = None


class RandomRotation(_Warp):
    """Turns images in training: (batch, height, width, channels) → the same shape.

    `factor` counts full turns, counter-clockwise.
    """

    factor: Factor
    fill_mode: FillMode = "reflect"
    dtype: WarpedDType | None = None


class RandomTranslation(_Warp):
    """Shifts images in training: (batch, height, width, channels) → the same shape.

    The factors are parts of the height, downwards, and of the width, to the right.
    """

    height_factor: Annotated[float | tuple[float, float], within(-1, 1)]
    width_factor: Annotated[float | tuple[float, float], within(-1, 1)]
    fill_mode: FillMode = "reflect"
    dtype: WarpedDType | None = None


class RandomZoom(_Warp):
    """Zooms images in training, out where a factor is above 0: the same shape as before.

    Without a `width_factor` the images keep their proportions.
    """

    height_factor: Annotated[float | tuple[float, float], within(-1, 1, exclusive=True)]
    width_factor: Annotated[float | tuple[float, float], within(-1, 1, exclusive=True)] | None = (
        None
    )
    fill_mode: FillMode = "reflect"
    dtype: WarpedDType | None = None


class RandomShear(_Warp):
    """Slants images in training: (batch, height, width, channels) → the same shape.

    The factors are best given as two numbers: Keras saves a single one as two of which it then
    refuses the first, so that the model cannot be loaded again.
    """

    x_factor: Annotated[float | tuple[float, float], within(0, 1)] = 0.0
    y_factor: Annotated[float | tuple[float, float], within(0, 1)] = 0.0
    fill_mode: FillMode = "reflect"
    dtype: FloatDType | None = None


class RandomPerspective(_Warp):
    """Shows images from the side in training: (batch, height, width, channels) → the same shape.

    `factor` is how likely it is, `scale` how far the corners move.
    """

    factor: UnitFactor = 1.0
    scale: Rate = 1.0
    dtype: FloatDType | None = None

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        axes = (self.height_axis, self.width_axis)
        if min(self.require_known(data, *axes, why="to find the corners")) < 2:
            raise ShapeError(
                codes.IMPOSSIBLE_SIZE,
                "{node} needs images of two rows and two columns at least",
                label=f"{{0}} is {data}",
            )
        return self.computed(data)


class RandomElasticTransform(ImageLayer):
    """Bends images in training: (batch, height, width, channels) → the same shape.

    `factor` is how likely it is, `scale` how strong. Where the size of the batch is not known,
    Keras bends the first image of a batch and puts it in the place of the others.
    """

    factor: UnitFactor = 1.0
    scale: UnitFactor = 1.0
    interpolation: Interpolation = "bilinear"
    fill_mode: FillMode = "reflect"
    fill_value: float = 0.0
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None
    dtype: RangedDType | None = None

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        axes = (self.height_axis, self.width_axis, self.channel_axis)
        self.require_known(data, *axes, why="to bend it")
        return self.computed(data)
