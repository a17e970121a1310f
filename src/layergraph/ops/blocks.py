"""Blocks of numbers moved between axes: `keras.ops` from `keras/src/ops/nn.py`."""

from typing import Annotated, Any

from pydantic import Field

from layergraph.diagnostics import codes
from layergraph.layers.arguments import DataFormat, OutputPadding2D, Window2D, per_axis
from layergraph.layers.rules import mismatch_code, require_rank
from layergraph.layers.spatial import require_space, space, with_space
from layergraph.objects.values import LARGEST_SIZE
from layergraph.ops.base import Op
from layergraph.ops.rules import NUMBERS, require_dtype
from layergraph.tensors import (
    Dim,
    ShapeError,
    SizesDiffer,
    TensorSpec,
    floor_divided,
    require_equal,
    slid,
    times,
)

BlockSize = Annotated[int, Field(ge=2, le=LARGEST_SIZE)]


class _Blocks(Op):
    """The base of what moves blocks of `block_size` × `block_size`."""

    block_size: BlockSize
    data_format: DataFormat | None = "channels_last"

    def _channels(self, x: TensorSpec) -> Dim:
        return x.dims[1 if self.data_format == "channels_first" else -1]


class DepthToSpace(_Blocks):
    """Channels in blocks: (batch, height, width, b² c) → (batch, b height, b width, c).

    b is `block_size`. Shi et al., "Real-time single image and video super-resolution using an
    efficient sub-pixel convolutional neural network" (2016).
    """

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_space(x, 2, self.data_format)
        channels, square = self._channels(x), self.block_size**2
        if isinstance(channels, int) and channels % square:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"{{node}} cannot lay {channels} channels out in blocks of {self.block_size} by "
                f"{self.block_size}",
                label=f"{{0}} is {x}: {square} does not divide {channels}",
                argument="block_size",
                help=f"give it a multiple of {square} channels",
            )
        sizes = tuple(times(size, self.block_size) for size in space(x, self.data_format))
        return with_space(x, sizes, self.data_format, floor_divided(channels, square))


class SpaceToDepth(_Blocks):
    """Blocks as channels: (batch, b height, b width, c) → (batch, height, width, b² c).

    b is `block_size`.
    """

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_space(x, 2, self.data_format)
        for size in space(x, self.data_format):
            if isinstance(size, int) and size % self.block_size:
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    f"{{node}} cannot cut its input into blocks of {self.block_size}",
                    label=f"{{0}} is {x}: {self.block_size} does not divide {size}",
                    argument="block_size",
                    help="`ops.pad` or `ops.image.resize` before it makes the size a multiple",
                )
        sizes = tuple(floor_divided(size, self.block_size) for size in space(x, self.data_format))
        channels = times(self._channels(x), self.block_size**2)
        return with_space(x, sizes, self.data_format, channels)


class Fold(Op):
    """Windows put together, and added up where they overlap.

    (batch, c × window, k) → (batch, c, height, width).

    The window is of `kernel_size`, and has k places where it slides by `stride` over `output_size`
    with `padding` around it.
    """

    output_size: Window2D
    kernel_size: Window2D
    dilation: Window2D = 1
    padding: OutputPadding2D = 0
    stride: Window2D = 1

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, NUMBERS)
        require_rank(x, 3, layout="(batch, channels × window, places)")
        height, width = per_axis(self.kernel_size, 2)
        rows = x.dims[1]
        if not isinstance(rows, int) or rows % (height * width):
            raise ShapeError(
                codes.UNKNOWN_SIZE if not isinstance(rows, int) else codes.ARGUMENT_MISFIT,
                f"axis 1 of {{node}}'s input has to be a multiple of the window's "
                f"{height * width} numbers",
                label=f"{{0}} is {x}",
                argument="kernel_size",
            )
        places = self._places()
        try:
            require_equal(places, x.dims[2])
        except SizesDiffer:
            raise ShapeError(
                mismatch_code(places, x.dims[2]),
                f"{{node}} needs {places} places of its window on axis 2",
                label=f"{{0}} is {x}",
                help="`output_size`, `kernel_size`, `dilation`, `padding` and `stride` give it",
            ) from None
        size = per_axis(self.output_size, 2)
        return x.with_dims((x.dims[0], rows // (height * width), *size))

    def _places(self) -> int:
        count = 1
        arguments: tuple[Any, ...] = (
            self.output_size,
            self.kernel_size,
            self.dilation,
            self.padding,
            self.stride,
        )
        for size, window, dilation, padding, stride in zip(
            *(per_axis(value, 2) for value in arguments), strict=True
        ):
            along = slid(size + 2 * padding, window, stride, dilation=dilation)
            if not isinstance(along, int) or along < 1:
                raise ShapeError(
                    codes.IMPOSSIBLE_SIZE,
                    "the window of {node} is larger than what it is to give",
                    inputs=(),
                    argument="kernel_size",
                    help="give a smaller `kernel_size`, or more `padding`",
                )
            count *= along
        return count
