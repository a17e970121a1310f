"""Filters over images: `keras.ops.image` from `keras/src/ops/image.py`."""

from typing import Annotated, Any

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.layers.arguments import DataFormat
from layergraph.layers.rules import require_rank, require_same_size
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import Positive, PositiveInt, number
from layergraph.ops.argument_types import ImageSize
from layergraph.ops.base import Op
from layergraph.ops.image import height_axis, require_images
from layergraph.ops.rules import FLOATS, NUMBERS_AND_TRUTH, require_dtype
from layergraph.tensors import ShapeError, TensorSpec


def _deviations(value: Any) -> tuple[float, float]:
    """Two numbers above 0, along the height and along the width."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise complaint(codes.WRONG_TYPE, f"must be a list of two numbers, not {shown(value)}")
    first, second = (number(item, (place,)) for place, item in enumerate(value))
    if min(first, second) <= 0:
        raise complaint(codes.OUT_OF_RANGE, f"must be above 0, not {min(first, second)}")
    return first, second


class GaussianBlur(Op):
    """Images blurred by the normal distribution: (batch, height, width, channels) → the same shape.

    `sigma` are the deviations, in pixels. It is not computed in float16.
    """

    kernel_size: ImageSize = (3, 3)
    sigma: Annotated[tuple[float, float], Checked(_deviations)] = (1.0, 1.0)
    data_format: DataFormat | None = None

    def infer(self, images: TensorSpec) -> TensorSpec:
        # In float16 TensorFlow computes it outside of saved models alone.
        require_dtype(images, ("float32", "float64", "bfloat16"))
        require_images(images)
        return images


class SobelEdges(Op):
    """How much images change downwards and to the right, by Sobel's filters.

    (batch, height, width, channels) → (batch, height, width, channels, 2).
    """

    data_format: DataFormat | None = None

    def infer(self, images: TensorSpec) -> TensorSpec:
        require_dtype(images, FLOATS)
        require_rank(images, 4, layout="(batch, height, width, channels)")
        height = height_axis(images, self.data_format)
        if 1 in images.dims[height : height + 2]:
            raise ShapeError(
                codes.IMPOSSIBLE_SIZE,
                "{node} needs images of 2 by 2 at least, to mirror them at their borders",
                label=f"{{0}} is {images}",
            )
        return images.with_dims((*images.dims, 2))


class Ssim(Op):
    """How alike images are in their structure: two of (batch, height, width, channels) → (batch,).

    Wang et al., "Image quality assessment: from error visibility to structural similarity" (2004).
    """

    max_val: Positive = 1.0
    filter_size: PositiveInt = 11
    filter_sigma: Positive = 1.5
    k1: Positive = 0.01
    k2: Positive = 0.03
    data_format: DataFormat | None = None

    def infer(self, image1: TensorSpec, image2: TensorSpec) -> TensorSpec:
        # In float16 TensorFlow computes it outside of saved models alone.
        takes = tuple(dtype for dtype in NUMBERS_AND_TRUTH if dtype != "float16")
        require_dtype(image1, takes)
        require_dtype(image2, NUMBERS_AND_TRUTH, input=1)
        require_images(image1)
        require_rank(image2, image1.rank, input=1)
        for axis in range(image1.rank):
            message = f"images of {{node}} differ on axis {axis}"
            require_same_size((image1, axis, 0), (image2, axis, 1), message)
        height = height_axis(image1, self.data_format)
        for size in image1.dims[height : height + 2]:
            if isinstance(size, int) and size < self.filter_size:
                raise ShapeError(
                    codes.IMPOSSIBLE_SIZE,
                    "the filter of {node} is larger than its images",
                    label=f"{{0}} is {image1}: {size} is less than {self.filter_size}",
                    argument="filter_size",
                    help="give a smaller `filter_size`",
                )
        return image1.with_dims(image1.dims[:-3])
