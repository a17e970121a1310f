"""Upsampling: `keras.layers` from `keras/src/layers/reshaping`."""

from typing import Any, ClassVar, Literal

from layergraph.layers.arguments import Window2D, Window3D, per_axis
from layergraph.layers.resizing import SpatialResizing
from layergraph.layers.spatial import space, with_space
from layergraph.objects.values import PositiveInt
from layergraph.tensors import TensorSpec, times


class _UpSampling(SpatialResizing):
    """The base of layers that make the sizes in space a multiple of what they were."""

    size: Any

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        tensor = self.checked_input(inputs)
        sizes = zip(space(tensor, self.data_format), per_axis(self.size, self.axes), strict=True)
        return with_space(tensor, tuple(times(*pair) for pair in sizes), self.data_format)


class UpSampling1D(_UpSampling):
    """Every step `size` times: (batch, steps, channels) → (batch, steps * size, channels)."""

    axes = 1
    data_format: ClassVar[None] = None  # type: ignore[misc]
    size: PositiveInt = 2


class UpSampling2D(_UpSampling):
    """An image made larger: (batch, height, width, channels) → (batch, …, channels)."""

    axes = 2
    size: Window2D = (2, 2)
    interpolation: Literal["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"] = "nearest"


class UpSampling3D(_UpSampling):
    """A volume made larger: (batch, depth, height, width, channels) → (batch, …, channels)."""

    axes = 3
    size: Window3D = (2, 2, 2)
