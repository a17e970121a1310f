"""Layers that shift the values of pixels, channel by channel: Keras' `image_preprocessing`."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from layergraph.diagnostics import codes
from layergraph.layers.arguments import Window2D, per_axis
from layergraph.layers.image_base import (
    Factor,
    ImageDType,
    ImageLayer,
    NumberDType,
    UnitFactor,
    ValueRange,
    within,
)
from layergraph.layers.rules import elements
from layergraph.objects.base import complaint
from layergraph.objects.values import FloatDType, Seed, WholeDType
from layergraph.tensors import ShapeError, TensorSpec

InvertedDType = Literal[FloatDType, WholeDType]
"""What Keras inverts images of; of uint64 it makes uint32."""


def is_whole(dtype: str | None) -> bool:
    """Whether a layer of this `dtype` computes in whole numbers."""
    return dtype is not None and "float" not in dtype


def require_whole_ends(dtype: str | None, value_range: tuple[float, float]) -> None:
    """Refuse a range that a layer of whole numbers is to clip to, where it has no whole ends.

    Raises:
        PydanticCustomError: conflicting-arguments.
    """
    if not is_whole(dtype) or all(type(end) is int for end in value_range):
        return
    raise complaint(
        codes.CONFLICTING_ARGUMENTS,
        f"must hold whole numbers with `dtype: {dtype}`",
        at=("value_range",),
        help="write them without a point, or drop `dtype`",
    )


def _bits(value: int | tuple[int, int]) -> int | tuple[int, int]:
    """As many bits as a pixel has; Keras takes a pair that reaches further, and shifts by that."""
    for position, bits in enumerate(value if isinstance(value, tuple) else (value,)):
        if bits > 8:
            at = (position,) if isinstance(value, tuple) else ()
            raise complaint(codes.OUT_OF_RANGE, f"must be at most 8, not {bits}", at=at)
    return value


def _two(value: int | tuple[int, int]) -> tuple[int, int]:
    if isinstance(value, tuple):
        return value
    predicate = f"must be a list of two whole numbers, not {value}"
    raise complaint(codes.WRONG_TYPE, predicate, help=f"write `[{value}, {value}]`")


Bits = Annotated[Window2D, AfterValidator(_bits)]
Grid = Annotated[Window2D, AfterValidator(_two)]


class AutoContrast(ImageLayer):
    """Stretches each channel over the whole `value_range`: the same shape as before.

    In training and outside of it, one multiply-add for each element. Keras stretches along the
    axes 1 and 2 whatever `data_format` says.
    """

    value_range: ValueRange = (0, 255)
    dtype: FloatDType | None = None

    def multiply_adds(self, data: TensorSpec) -> int | None:
        return elements(data.dims[1:] if data.rank == 4 else data.dims)


class ContrastLimitedAdaptiveHistogramEqualization(ImageLayer):
    """Evens out the histogram of each tile of an image: the same shape as before.

    In training and outside of it. Each pixel's value is looked up in the four tiles around it and
    interpolated, three multiply-adds for each element. The image is mirrored at its lower and
    right edges until the tiles fit.
    """

    value_range: ValueRange = (0, 255)
    clip_limit: float = 4.0
    tile_grid_size: Grid = (8, 8)
    dtype: ImageDType | None = None

    def infer(self, data: TensorSpec) -> TensorSpec:
        self.require_images(data)
        axes = (self.height_axis, self.width_axis)
        sizes = self.require_known(data, *axes, why="to lay tiles over it")
        for axis, size, tiles in zip(axes, sizes, per_axis(self.tile_grid_size, 2), strict=True):
            # What is mirrored cannot be more than there is.
            if tiles > 2 * size:
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    f"`tile_grid_size` of {{node}} is too fine for axis {axis % data.rank}",
                    label=f"{{0}} is {data}: {tiles} tiles are more than twice {size}",
                    argument="tile_grid_size",
                    help=f"at most {2 * size} tiles",
                )
        return self.computed(data)

    def multiply_adds(self, data: TensorSpec) -> int | None:
        return elements(data.dims[1:] if data.rank == 4 else data.dims, times=3)


class Solarization(ImageLayer):
    """Adds to all values, then inverts those above a threshold, in training: the same shape."""

    addition_factor: Annotated[float | tuple[float, float], within(0, 1)] = 0.0
    threshold_factor: Annotated[float | tuple[float, float], within(0, 1)] = 0.0
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None
    dtype: FloatDType | None = None


class RandomBrightness(ImageLayer):
    """Brightens or darkens images in training: the same shape as before.

    `factor` is a part of the width of `value_range`.
    """

    factor: Factor
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None
    dtype: NumberDType | None = None

    @model_validator(mode="after")
    def _check_range(self) -> Self:
        require_whole_ends(self.dtype, self.value_range)
        return self


class RandomContrast(ImageLayer):
    """Moves values from or towards the mean of their channel in training: the same shape."""

    factor: UnitFactor
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None
    dtype: FloatDType | None = None


class RandomInvert(ImageLayer):
    """Turns images into their negatives in training: the same shape as before.

    `factor` is how likely it is.
    """

    factor: UnitFactor = 1.0
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None
    dtype: InvertedDType | None = None

    @model_validator(mode="after")
    def _check_range(self) -> Self:
        require_whole_ends(self.dtype, self.value_range)
        return self


class RandomPosterization(ImageLayer):
    """Keeps the first `factor` bits of the eight of a value in training: the same shape."""

    factor: Bits
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None
    dtype: ImageDType | None = None

    @model_validator(mode="after")
    def _check_range(self) -> Self:
        if is_whole(self.dtype) and self.value_range != (0, 255):
            predicate = f"must be [0, 255] with `dtype: {self.dtype}`"
            raise complaint(codes.CONFLICTING_ARGUMENTS, predicate, at=("value_range",))
        return self
