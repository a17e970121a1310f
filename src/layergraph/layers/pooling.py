"""Pooling: `keras.layers` from `keras/src/layers/pooling`, where a window slides."""

from typing import ClassVar

from layergraph.layers.arguments import DataFormat, Padding, Window1D, Window2D, Window3D, per_axis
from layergraph.layers.base import Layer
from layergraph.layers.rules import require_numbers
from layergraph.layers.spatial import require_space, slide, with_space
from layergraph.tensors import TensorSpec


class Pooling(Layer):
    """The base of layers that reduce a sliding window; `strides` default to the window's size."""

    axes: ClassVar[int]

    pool_size: int | tuple[int, ...]
    strides: int | tuple[int, ...] | None = None
    padding: Padding = "valid"
    data_format: DataFormat | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        require_space(inputs, self.axes, self.data_format)
        windows = per_axis(self.pool_size, self.axes)
        strides = windows if self.strides is None else per_axis(self.strides, self.axes)
        sizes = slide(
            inputs, windows, strides, self.padding, self.data_format, argument="pool_size"
        )
        return self.computed(with_space(inputs, sizes, self.data_format))


class MaxPooling1D(Pooling):
    """The largest value in a window of time.

    (batch, steps, channels) → (batch, fewer, channels).
    """

    axes = 1
    pool_size: Window1D = 2
    strides: Window1D | None = None


class MaxPooling2D(Pooling):
    """The largest value in a window of an image.

    (batch, height, width, channels) → (batch, smaller, smaller, channels).
    """

    axes = 2
    pool_size: Window2D = (2, 2)
    strides: Window2D | None = None


class MaxPooling3D(Pooling):
    """The largest value in a window of a volume.

    (batch, depth, height, width, channels) → (batch, smaller, smaller, smaller, channels).
    """

    axes = 3
    pool_size: Window3D = (2, 2, 2)
    strides: Window3D | None = None
