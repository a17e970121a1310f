"""Colours: `keras.ops.image` from `keras/src/ops/image.py`."""

from layergraph.diagnostics import codes
from layergraph.layers.arguments import DataFormat
from layergraph.ops.base import Op
from layergraph.ops.image import channels_axis, require_images
from layergraph.ops.rules import FLOATS, require_dtype
from layergraph.tensors import ShapeError, TensorSpec


class _Colours(Op):
    """The base of what turns three channels into three others."""

    data_format: DataFormat | None = None

    def infer(self, images: TensorSpec) -> TensorSpec:
        require_dtype(images, FLOATS)
        require_images(images)
        channels = images.dims[channels_axis(images, self.data_format)]
        if isinstance(channels, int) and channels != 3:
            raise ShapeError(
                codes.SHAPE_MISMATCH,
                f"{{node}} needs images of 3 channels, and not of {channels}",
                label=f"{{0}} is {images}",
                help="`data_format: channels_first` takes channels before the height"
                if self.data_format != "channels_first"
                else "`data_format: channels_last` takes channels behind the width",
            )
        return images


class RgbToHsv(_Colours):
    """Red, green and blue → hue, saturation and value: (batch, height, width, 3) → the same shape.

    All of them are from 0 to 1.
    """


class HsvToRgb(_Colours):
    """Hue, saturation and value → red, green and blue: (batch, height, width, 3) → the same shape.

    All of them are from 0 to 1.
    """
