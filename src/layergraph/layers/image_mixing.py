"""Layers that erase parts of images, or mix images: Keras' `image_preprocessing`."""

from typing import Annotated, Any, Literal

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.layers.image_base import ImageLayer, RangedDType, UnitFactor, ValueRange
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import FloatDType, NonNegativeInt, Positive, Seed, number
from layergraph.tensors import ShapeError, TensorSpec


def _colour(value: Any) -> float | tuple[float, ...]:
    """One number, or one for each of three channels."""
    if not isinstance(value, list | tuple):
        if type(value) not in (int, float):
            predicate = f"must be a number or a list of three, not {shown(value)}"
            raise complaint(codes.WRONG_TYPE, predicate)
        return number(value)
    if len(value) != 3:
        predicate = f"must be a number or a list of three, not of {len(value)}"
        raise complaint(codes.OUT_OF_RANGE, predicate)
    return tuple(number(item, (position,)) for position, item in enumerate(value))


Colour = Annotated[float | tuple[float, float, float], Checked(_colour)]


class RandomErasing(ImageLayer):
    """Blanks out a rectangle of each image in training: the same shape as before.

    `factor` is how likely it is, `scale` the part of the image that goes; without a `fill_value`
    noise takes its place.
    """

    factor: UnitFactor = 1.0
    scale: UnitFactor = (0.02, 0.33)
    fill_value: Colour | None = None
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None
    dtype: RangedDType | None = None

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        self.require_known(data, self.height_axis, self.width_axis, why="to place a rectangle")
        self._require_colour(data)
        return self.computed(data)

    def _require_colour(self, data: TensorSpec) -> None:
        """Three numbers stretch along the last axis, whichever that is."""
        size = data.last_dim
        if not isinstance(self.fill_value, tuple) or not isinstance(size, int) or size == 3:
            return
        raise ShapeError(
            codes.ARGUMENT_MISFIT,
            "`fill_value` of {node} has three numbers, and its input has not three channels last",
            label=f"{{0}} is {data}: {size} and 3 must be equal",
            argument="fill_value",
            help="give one number",
        )


class CutMix(ImageLayer):
    """Pastes a rectangle of another image into each in training: the same shape as before.

    Labels are not mixed: in a graph this layer sees images alone.
    """

    factor: UnitFactor = 1.0
    seed: Seed | None = None
    dtype: Literal["float32", "float64"] | None = None

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        if data.rank == 4:  # Keras hands on a single image as it is
            self.require_known(data, self.height_axis, self.width_axis, why="to place a rectangle")
        return self.computed(data)


class MixUp(ImageLayer):
    """Blends each image with another of its batch in training: the same shape as before.

    Labels are not blended: in a graph this layer sees images alone.
    """

    alpha: Positive = 0.2
    seed: Seed | None = None
    dtype: FloatDType | None = None


class MaxNumBoundingBoxes(ImageLayer):
    """Cuts or fills lists of boxes in pipelines of data; images, as here, it only casts."""

    max_number: NonNegativeInt
    fill_value: int = -1
