"""Images seen from elsewhere: `keras.ops.image` from `keras/src/ops/image.py`."""

from typing import Literal

from layergraph.diagnostics import codes
from layergraph.layers.arguments import DataFormat
from layergraph.ops.base import Op, Operand
from layergraph.ops.constants import ArrayConstant, Number
from layergraph.ops.image import require_images
from layergraph.ops.operand_rules import (
    may_be_equal,
    require_operand_dtype,
    require_operand_rank,
    require_same_shape,
)
from layergraph.ops.rules import FLOATS, NUMBERS_AND_TRUTH, require_dtype
from layergraph.tensors import Dim, ShapeError, TensorSpec

_TAKES = (*FLOATS, "int32", "int64", "uint8")


class AffineTransform(Op):
    """Images turned, sheared, moved and so on: (batch, height, width, channels) → the same shape.

    `transform` is (batch, 8), or (8,) for all images: a0, a1, a2, b0, b1, b2, c0, c1, by which
    place (x, y) of what comes out shows (a0 x + a1 y + a2, b0 x + b1 y + b2) / (c0 x + c1 y + 1).
    """

    transform: ArrayConstant | None = None
    interpolation: Literal["nearest", "bilinear"] = "bilinear"
    fill_mode: Literal["constant", "nearest", "wrap", "reflect"] = "constant"
    fill_value: Number = 0
    data_format: DataFormat | None = None

    def infer(self, images: TensorSpec, transform: TensorSpec | None = None) -> TensorSpec:
        require_dtype(images, _TAKES)
        require_images(images)
        whole, moved = self.operands(images=images, transform=transform)
        require_operand_dtype(moved, NUMBERS_AND_TRUTH)
        require_operand_rank(moved, (1, 2), "(8,) or (batch, 8)")
        if not may_be_equal(moved.dims[-1], 8):
            raise ShapeError(
                codes.SHAPE_MISMATCH,
                "`transform` of {node} needs 8 numbers for each image",
                label=f"{moved.called} is {moved.shape}",
                inputs=moved.inputs,
                argument=None if moved.inputs else moved.name,
            )
        if len(moved.dims) == 2:
            _require_one_for_each(whole, moved)
        return images


class PerspectiveTransform(Op):
    """Images with four points moved: (batch, height, width, channels) → the same shape.

    `start_points` and `end_points` are (batch, 4, 2), or (4, 2) for all images.
    """

    start_points: ArrayConstant | None = None
    end_points: ArrayConstant | None = None
    interpolation: Literal["nearest", "bilinear"] = "bilinear"
    fill_value: Number = 0
    data_format: DataFormat | None = None

    def infer(
        self,
        images: TensorSpec,
        start_points: TensorSpec | None = None,
        end_points: TensorSpec | None = None,
    ) -> TensorSpec:
        require_dtype(images, _TAKES)
        require_images(images)
        whole, *points = self.operands(
            images=images, start_points=start_points, end_points=end_points
        )
        for four in points:
            require_operand_dtype(four, NUMBERS_AND_TRUTH)
            require_operand_rank(four, (2, 3), "(4, 2) or (batch, 4, 2)")
            if four.dims[-2:] != (4, 2):
                raise ShapeError(
                    codes.SHAPE_MISMATCH,
                    f"`{four.name}` of {{node}} needs 4 points of 2 numbers for each image",
                    label=f"{four.called} is {four.shape}",
                    inputs=four.inputs,
                    argument=None if four.inputs else four.name,
                )
        require_same_shape(points, known_alike=True)
        if len(points[0].dims) == 3:
            _require_one_for_each(whole, points[0])
        return images


def _require_one_for_each(images: Operand, other: Operand) -> None:
    """There is one transform for each image, or one for all of them."""
    batch: Dim = images.dims[0] if len(images.dims) == 4 else 1
    if other.dims[0] == 1 or may_be_equal(other.dims[0], batch):
        return
    raise ShapeError(
        codes.SHAPE_MISMATCH,
        f"`{other.name}` of {{node}} needs one for each image, or one for all",
        label=f"{images.called} is {images.shape} and {other.called} is {other.shape}",
        inputs=(*images.inputs, *other.inputs),
        argument=None if other.inputs else other.name,
    )
