"""Images: `keras.ops.image` from `keras/src/ops/image.py`."""

from typing import Literal, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.arguments import DataFormat
from layergraph.objects.base import complaint
from layergraph.ops.argument_types import ImageSize
from layergraph.ops.base import Op
from layergraph.ops.constants import Number
from layergraph.ops.rules import NUMBERS, NUMBERS_AND_TRUTH, require_dtype
from layergraph.tensors import ShapeError, TensorSpec


class Resize(Op):
    """Images of the size `size`: (batch, height, width, channels) → (batch, *size, channels)."""

    size: ImageSize
    interpolation: Literal["bilinear", "nearest", "lanczos3", "lanczos5", "bicubic", "area"] = (
        "bilinear"
    )
    antialias: bool = False
    crop_to_aspect_ratio: bool = False
    pad_to_aspect_ratio: bool = False
    fill_mode: Literal["constant"] = "constant"
    fill_value: Number = 0.0
    data_format: DataFormat | None = None

    @model_validator(mode="after")
    def _crops_or_pads(self) -> Self:
        if self.crop_to_aspect_ratio and self.pad_to_aspect_ratio:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "cannot be combined with `crop_to_aspect_ratio`",
                at=("pad_to_aspect_ratio",),
                help="drop one of the two",
            )
        return self

    def infer(self, images: TensorSpec) -> TensorSpec:
        # TensorFlow has no kernel for the others.
        require_dtype(images, tuple(d for d in NUMBERS if d not in ("uint32", "uint64")))
        require_images(images)
        if self.pad_to_aspect_ratio and not images.is_float and isinstance(self.fill_value, float):
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`fill_value` of {{node}} is {self.fill_value}, which is no {images.dtype}",
                label=f"{{0}} is {images.dtype}",
                argument="fill_value",
                help="give a whole number: `fill_value: 0`",
            )
        height = height_axis(images, self.data_format)
        return images.with_dims((*images.dims[:height], *self.size, *images.dims[height + 2 :]))


class RgbToGrayscale(Op):
    """Images without their colours: (batch, height, width, 3) → (batch, height, width, 1)."""

    data_format: DataFormat | None = None

    def infer(self, images: TensorSpec) -> TensorSpec:
        require_dtype(images, NUMBERS_AND_TRUTH)
        require_images(images)
        axis = channels_axis(images, self.data_format)
        channels = images.dims[axis]
        if isinstance(channels, int) and channels not in (1, 3):
            raise ShapeError(
                codes.SHAPE_MISMATCH,
                f"{{node}} needs images of 3 channels, or of 1, and not of {channels}",
                label=f"{{0}} is {images}",
            )
        return images.with_dims((*images.dims[:axis], 1, *images.dims[axis + 1 :]))


def require_images(images: TensorSpec, input: int = 0) -> None:
    """Refuse what is neither a batch of images nor one image.

    Raises:
        ShapeError: wrong-rank.
    """
    if images.rank in (3, 4):
        return
    raise ShapeError(
        codes.WRONG_RANK,
        "{node} needs images of 4 axes (batch, height, width, channels), or one of 3",
        label=f"{{{input}}} is {images}, which has {images.rank}",
        inputs=(input,),
    )


def height_axis(images: TensorSpec, data_format: str | None) -> int:
    """The axis of the height, before that of the width."""
    return images.rank - (2 if data_format == "channels_first" else 3)


def channels_axis(images: TensorSpec, data_format: str | None) -> int:
    """The axis of the channels."""
    return images.rank - (3 if data_format == "channels_first" else 1)
