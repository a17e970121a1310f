"""Convolutions with kernels that are given: `keras.ops` from `keras/src/ops/nn.py`."""

from math import prod
from typing import ClassVar, NamedTuple

from layergraph.diagnostics import codes
from layergraph.layers.arguments import DataFormat, Padding
from layergraph.layers.rules import elements
from layergraph.layers.spatial import slide, with_space
from layergraph.ops.argument_types import Windows
from layergraph.ops.base import Op, Operand
from layergraph.ops.constants import ArrayConstant
from layergraph.ops.operand_rules import (
    require_one_dtype,
    require_operand_rank,
    require_operand_sizes,
)
from layergraph.ops.pooling import along_each, axes_in_space
from layergraph.ops.rules import FLOATS, require_dtype
from layergraph.tensors import Dim, ShapeError, TensorSpec


class _Kernel(NamedTuple):
    """The sizes of a kernel: its window, the channels that it takes, and what it makes of them."""

    window: tuple[int, ...]
    channels: int
    made: int


class _Convolving(Op):
    """The base of convolutions whose kernel slides over the input."""

    takes: ClassVar[tuple[str, ...]] = FLOATS
    most_axes: ClassVar[int] = 2

    strides: Windows = 1
    padding: Padding = "valid"
    data_format: DataFormat | None = None
    dilation_rate: Windows = 1

    def _sizes(self, inputs: Operand, kernel: Operand) -> tuple[tuple[Dim, ...], _Kernel]:
        """The sizes in space of what comes out, and those of the kernel."""
        tensor = TensorSpec(inputs.dims, inputs.dtype)
        require_dtype(tensor, self.takes)
        axes = axes_in_space(tensor, self.data_format, self.most_axes)
        require_one_dtype((inputs, kernel))
        require_operand_rank(kernel, (axes + 2,), f"as {inputs.called} has: {_KERNELS[axes]}")
        taken = _known(kernel)
        channels = 1 if self.data_format == "channels_first" else -1
        require_operand_sizes(
            (inputs, channels),
            (kernel, -2),
            "the kernel of {node} is for another number of channels than its input has",
            help="its last axis but one is that of the channels",
        )
        strides = along_each(self.strides, axes, tensor, "strides")
        dilations = along_each(self.dilation_rate, axes, tensor, "dilation_rate")
        self._require_one_of(max(strides), max(dilations))
        sizes = slide(
            tensor,
            taken.window,
            strides,
            self.padding,
            self.data_format,
            argument=kernel.name,
            dilations=dilations,
        )
        return sizes, taken

    def _require_one_of(self, stride: int, dilation: int) -> None:
        """Refuse strides and dilation together, where TensorFlow's kernels do."""

    def _with(self, inputs: TensorSpec, sizes: tuple[Dim, ...], channels: int) -> TensorSpec:
        return with_space(inputs, sizes, self.data_format, channels)


_KERNELS = {
    1: "(steps, channels, filters)",
    2: "(height, width, channels, filters)",
    3: "(depth, height, width, channels, filters)",
}


class Conv(_Convolving):
    """Convolution: (batch, height, width, channels) → (batch, …, filters).

    The kernel is (height, width, channels, filters). There may be one axis in space, or two, or
    three.
    """

    takes: ClassVar[tuple[str, ...]] = (*FLOATS, "int32")
    most_axes: ClassVar[int] = 3

    kernel: ArrayConstant | None = None

    def infer(self, inputs: TensorSpec, kernel: TensorSpec | None = None) -> TensorSpec:
        given, used = self.operands(inputs=inputs, kernel=kernel)
        if inputs.rank == 5:
            require_dtype(inputs, FLOATS)
        sizes, taken = self._sizes(given, used)
        return self._with(inputs, sizes, taken.made)

    def multiply_adds(self, inputs: TensorSpec, kernel: TensorSpec | None = None) -> int | None:
        sizes, taken = self._sizes(*self.operands(inputs=inputs, kernel=kernel))
        return elements(sizes, times=prod(taken.window) * taken.channels * taken.made)

    def _require_one_of(self, stride: int, dilation: int) -> None:
        if stride > 1 and dilation > 1:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`dilation_rate` of {{node}} is {dilation} beside `strides` of {stride}: only one "
                "of them may exceed 1",
                inputs=(),
                argument="dilation_rate",
                help="set `strides: 1`, or `dilation_rate: 1`",
            )


class DepthwiseConv(_Convolving):
    """Convolution of each channel by itself: (batch, height, width, c) → (batch, …, c × m).

    The kernel is (height, width, c, m), for `m` outputs of each channel. There may be one axis in
    space, or two.
    """

    kernel: ArrayConstant | None = None

    def infer(self, inputs: TensorSpec, kernel: TensorSpec | None = None) -> TensorSpec:
        sizes, taken = self._sizes(*self.operands(inputs=inputs, kernel=kernel))
        return self._with(inputs, sizes, taken.channels * taken.made)

    def multiply_adds(self, inputs: TensorSpec, kernel: TensorSpec | None = None) -> int | None:
        sizes, taken = self._sizes(*self.operands(inputs=inputs, kernel=kernel))
        return elements(sizes, times=prod(taken.window) * taken.channels * taken.made)


class SeparableConv(_Convolving):
    """`depthwise_conv`, then a mix of its channels: (batch, height, width, c) → (…, filters).

    The kernels are (height, width, c, m) and (1, 1, c × m, filters). There may be one axis in
    space, or two.
    """

    depthwise_kernel: ArrayConstant | None = None
    pointwise_kernel: ArrayConstant | None = None

    def infer(
        self,
        inputs: TensorSpec,
        depthwise_kernel: TensorSpec | None = None,
        pointwise_kernel: TensorSpec | None = None,
    ) -> TensorSpec:
        given, depthwise, pointwise = self.operands(
            inputs=inputs, depthwise_kernel=depthwise_kernel, pointwise_kernel=pointwise_kernel
        )
        sizes, taken = self._sizes(given, depthwise)
        require_one_dtype((given, pointwise))
        require_operand_rank(pointwise, (inputs.rank,), f"as {given.called} has")
        mixing = _known(pointwise)
        mixed = taken.channels * taken.made
        if prod(mixing.window) != 1 or mixing.channels != mixed:
            raise ShapeError(
                codes.SHAPE_MISMATCH,
                f"`pointwise_kernel` of {{node}} needs the shape "
                f"({'1, ' * len(mixing.window)}{mixed}, filters)",
                label=f"{pointwise.called} is {pointwise.shape}, for {taken.channels} channels "
                f"with {taken.made} outputs each",
                inputs=pointwise.inputs,
                argument=None if pointwise.inputs else pointwise.name,
            )
        return self._with(inputs, sizes, mixing.made)

    def multiply_adds(
        self,
        inputs: TensorSpec,
        depthwise_kernel: TensorSpec | None = None,
        pointwise_kernel: TensorSpec | None = None,
    ) -> int | None:
        given, depthwise, pointwise = self.operands(
            inputs=inputs, depthwise_kernel=depthwise_kernel, pointwise_kernel=pointwise_kernel
        )
        sizes, taken = self._sizes(given, depthwise)
        mixed = taken.channels * taken.made
        return elements(sizes, times=mixed * (prod(taken.window) + _known(pointwise).made))


def _known(kernel: Operand) -> _Kernel:
    """The sizes of a kernel, none of which may be unknown."""
    sizes = tuple(size for size in kernel.dims if isinstance(size, int))
    if len(sizes) < len(kernel.dims):
        raise ShapeError(
            codes.UNKNOWN_SIZE,
            f"{{node}} needs to know the shape of `{kernel.name}`",
            label=f"{kernel.called} is {kernel.shape}",
            inputs=kernel.inputs,
            help="a kernel has no axis for the batch",
        )
    return _Kernel(sizes[:-2], sizes[-2], sizes[-1])
