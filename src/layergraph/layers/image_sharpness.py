"""Layers that blur and sharpen images in training: Keras' `image_preprocessing`."""

from typing import Annotated

from pydantic import AfterValidator

from layergraph.diagnostics import codes
from layergraph.layers.arguments import Window2D
from layergraph.layers.image_base import ImageLayer, RangedDType, UnitFactor, ValueRange
from layergraph.objects.base import complaint
from layergraph.objects.values import FloatDType, Seed


def _odd(value: int | tuple[int, int]) -> int | tuple[int, int]:
    for position, size in enumerate(value if isinstance(value, tuple) else (value,)):
        if size % 2 == 0:
            at = (position,) if isinstance(value, tuple) else ()
            raise complaint(
                codes.OUT_OF_RANGE,
                f"must be odd, not {size}",
                at=at,
                help=f"{size - 1} or {size + 1}, so that there is a middle",
            )
    return value


OddWindow = Annotated[Window2D, AfterValidator(_odd)]


class RandomGaussianBlur(ImageLayer):
    """Blurs images in training: (batch, height, width, channels) → the same shape.

    `factor` is how likely it is, `sigma` the width of the bell in pixels.
    """

    factor: UnitFactor = 1.0
    kernel_size: OddWindow = 3
    sigma: UnitFactor = 1.0
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None
    dtype: RangedDType | None = None


class RandomSharpness(ImageLayer):
    """Blurs or sharpens images in training: (batch, height, width, channels) → the same shape.

    A `factor` of 0 blurs, 0.5 changes nothing, 1 sharpens.
    """

    factor: UnitFactor
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None
    dtype: FloatDType | None = None
