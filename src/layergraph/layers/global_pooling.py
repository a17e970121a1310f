"""Global pooling: `keras.layers` from `keras/src/layers/pooling`, where all of space is reduced."""

from typing import ClassVar

from layergraph.layers.arguments import DataFormat
from layergraph.layers.base import Layer
from layergraph.layers.rules import require_numbers, require_rank, require_same_size
from layergraph.layers.spatial import axis_in_space, require_space, with_space
from layergraph.tensors import TensorSpec


class _GlobalPooling(Layer):
    """The base of layers that reduce every axis in space, to 1 with `keepdims`."""

    axes: ClassVar[int]

    data_format: DataFormat | None = None
    keepdims: bool = False

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        require_space(inputs, self.axes, self.data_format)
        sizes = (1,) * self.axes if self.keepdims else ()
        return self.computed(with_space(inputs, sizes, self.data_format))


class GlobalMaxPooling1D(_GlobalPooling):
    """The largest value of all time: (batch, steps, channels) → (batch, channels)."""

    axes = 1


class GlobalMaxPooling2D(_GlobalPooling):
    """The largest value of an image: (batch, height, width, channels) → (batch, channels)."""

    axes = 2


class GlobalMaxPooling3D(_GlobalPooling):
    """The largest value of a volume.

    (batch, depth, height, width, channels) → (batch, channels).
    """

    axes = 3


class GlobalAveragePooling1D(_GlobalPooling):
    """The mean over time, of the steps that a mask keeps.

    (batch, steps, channels) and a mask (batch, steps) → (batch, channels).
    """

    axes = 1

    def infer(self, inputs: TensorSpec, mask: TensorSpec | None = None) -> TensorSpec:
        pooled = super().infer(inputs)
        if mask is not None:
            require_numbers(mask, input=1)
            require_rank(mask, 2, layout="(batch, steps) as its mask", input=1)
            steps = axis_in_space(0, self.data_format)
            message = "the mask of {node} has not as many steps as its input"
            require_same_size((inputs, steps, 0), (mask, 1, 1), message)
        return pooled


class GlobalAveragePooling2D(_GlobalPooling):
    """The mean of an image: (batch, height, width, channels) → (batch, channels)."""

    axes = 2


class GlobalAveragePooling3D(_GlobalPooling):
    """The mean of a volume: (batch, depth, height, width, channels) → (batch, channels)."""

    axes = 3
