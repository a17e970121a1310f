"""Patches of images: `keras.ops.image` from `keras/src/ops/image.py`."""

from functools import cache
from math import prod
from typing import Annotated, Any

from layergraph.diagnostics import codes
from layergraph.layers.arguments import DataFormat, Padding
from layergraph.layers.spatial import slide, with_space
from layergraph.objects.base import Checked, complaint
from layergraph.ops.argument_types import Windows, whole_number, whole_numbers
from layergraph.ops.base import Op
from layergraph.ops.pooling import along_each
from layergraph.ops.rules import FLOATS, require_dtype
from layergraph.tensors import ShapeError, TensorSpec


def _patch(*axes: int) -> Checked:
    """One size, or one for each of so many axes."""

    def check(value: Any) -> int | tuple[int, ...]:
        if not isinstance(value, list | tuple):
            return whole_number(value, least=1)
        listed = whole_numbers(value, least=1)
        if len(listed) not in axes:
            numbers = " or ".join(map(str, axes))
            predicate = f"must be one whole number or a list of {numbers}, not of {len(listed)}"
            raise complaint(codes.OUT_OF_RANGE, predicate)
        return listed

    return Checked(check)


class _Patches(Op):
    """The base of what cuts patches out, each of which becomes the channels of one place."""

    size: int | tuple[int, ...]
    strides: Windows | None = None
    dilation_rate: Windows = 1
    padding: Padding = "valid"
    data_format: DataFormat | None = None

    def _patches(self, whole: TensorSpec, axes: int) -> TensorSpec:
        require_dtype(whole, (*FLOATS, "int32") if axes == 2 else FLOATS)
        if whole.rank not in (axes + 1, axes + 2):
            raise ShapeError(
                codes.WRONG_RANK,
                f"{{node}} needs {axes + 2} axes, "
                f"(batch, {'' if axes == 2 else 'depth, '}height, width, channels), or one less",
                label=f"{{0}} is {whole}, which has {whole.rank}",
            )
        batch = whole if whole.rank == axes + 2 else whole.with_dims((1, *whole.dims))
        size = along_each(self.size, axes, batch, "size")
        strides = size if self.strides is None else along_each(self.strides, axes, batch, "strides")
        dilations = along_each(self.dilation_rate, axes, batch, "dilation_rate")
        if max(strides) > 1 and max(dilations) > 1:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`dilation_rate` of {{node}} is {max(dilations)} beside `strides` of "
                f"{max(strides)}: only one of them may exceed 1",
                inputs=(),
                argument="dilation_rate",
                help="set `strides: 1`, which are else those of `size`",
            )
        channels = self._channels(whole, axes)
        places = slide(
            batch,
            size,
            strides,
            self.padding,
            self.data_format,
            argument="size",
            dilations=dilations,
        )
        made = with_space(batch, places, self.data_format, channels * prod(size))
        return made if batch is whole else made.with_dims(made.dims[1:])

    def _channels(self, whole: TensorSpec, axes: int) -> int:
        axis = whole.rank - (axes + 1 if self.data_format == "channels_first" else 1)
        size = whole.dims[axis]
        if isinstance(size, int):
            return size
        raise ShapeError(
            codes.UNKNOWN_SIZE,
            "{node} needs to know the number of channels",
            label=f"{{0}} is {whole}",
            help="give it in the input's `shape`",
        )


class ExtractPatches(_Patches):
    """Patches of images as channels: (batch, height, width, c) → (batch, …, c × patch).

    `size` is that of a patch, and `strides` are the same where they are not given. With three
    numbers for `size` it cuts volumes, as `extract_patches_3d` does.
    """

    size: Annotated[int | tuple[int, ...], _patch(2, 3)]

    def infer(self, images: TensorSpec) -> TensorSpec:
        return self._patches(images, 2 if isinstance(self.size, int) else len(self.size))


class ExtractPatches3d(_Patches):
    """Patches of volumes as channels: (batch, depth, height, width, c) → (batch, …, c × patch)."""

    size: Annotated[int | tuple[int, ...], _patch(3)]

    @classmethod
    @cache
    def function(cls) -> str:
        """The name of the function, which is not that of the class in snake case."""
        return "image.extract_patches_3d"

    def infer(self, volumes: TensorSpec) -> TensorSpec:
        return self._patches(volumes, 3)
