"""Windows that slide: poolings of `keras.ops` from `keras/src/ops/nn.py`, and what they share."""

from typing import ClassVar

from layergraph.diagnostics import codes
from layergraph.layers.arguments import DataFormat, Padding
from layergraph.layers.spatial import slide, with_space
from layergraph.ops.argument_types import Windows
from layergraph.ops.base import Op
from layergraph.ops.rules import FLOATS, require_dtype
from layergraph.tensors import ShapeError, TensorSpec

_LAYOUTS = {
    "channels_last": "(batch, steps, channels), (batch, height, width, channels) or with a depth",
    "channels_first": "(batch, channels, steps), (batch, channels, height, width) or with a depth",
}


def axes_in_space(
    inputs: TensorSpec, data_format: str | None, most: int = 3, help: str | None = None
) -> int:
    """The number of axes between the batch and the channels: 1 to `most`.

    Raises:
        ShapeError: wrong-rank.
    """
    if 1 <= inputs.rank - 2 <= most:
        return inputs.rank - 2
    layout = _LAYOUTS[data_format or "channels_last"]
    raise ShapeError(
        codes.WRONG_RANK,
        f"{{node}} needs a tensor of 3 to {most + 2} axes",
        label=f"{{0}} is {inputs}, which has {inputs.rank}",
        help=help or f"they are {layout}; `ops.expand_dims` adds an axis",
    )


def along_each(
    value: int | tuple[int, ...], axes: int, inputs: TensorSpec, argument: str
) -> tuple[int, ...]:
    """A number for each axis in space, where one may stand for all of them.

    Raises:
        ShapeError: argument-misfit.
    """
    if isinstance(value, int):
        return (value,) * axes
    if len(value) == axes:
        return value
    raise ShapeError(
        codes.ARGUMENT_MISFIT,
        f"`{argument}` of {{node}} has {len(value)} numbers, and its input {axes} axes in space",
        label=f"{{0}} is {inputs}",
        argument=argument,
        help="give a number for each axis, or one for all of them",
    )


class _Pool(Op):
    """The base of what reduces a sliding window; `strides` default to the window's size."""

    takes: ClassVar[tuple[str, ...]] = FLOATS

    pool_size: Windows
    strides: Windows | None = None
    padding: Padding = "valid"
    data_format: DataFormat | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        axes = axes_in_space(inputs, self.data_format)
        require_dtype(inputs, FLOATS if axes == 3 else self.takes)
        windows = along_each(self.pool_size, axes, inputs, "pool_size")
        strides = windows
        if self.strides is not None:
            strides = along_each(self.strides, axes, inputs, "strides")
        sizes = slide(
            inputs, windows, strides, self.padding, self.data_format, argument="pool_size"
        )
        return with_space(inputs, sizes, self.data_format)


class MaxPool(_Pool):
    """The largest number in a window: (batch, height, width, channels) → (batch, …, channels).

    There may be one axis in space, or two, or three.
    """

    takes: ClassVar[tuple[str, ...]] = (
        *FLOATS,
        *("int32", "int64", "int8", "int16", "uint8", "uint16"),
    )


class AveragePool(_Pool):
    """The mean of a window: (batch, height, width, channels) → (batch, …, channels).

    There may be one axis in space, or two, or three. Padding does not count.
    """
