"""What global poolings share, where all of space is reduced."""

from typing import ClassVar

from layergraph.layers.arguments import DataFormat
from layergraph.layers.base import Layer
from layergraph.layers.rules import require_numbers
from layergraph.layers.spatial import require_space, with_space
from layergraph.tensors import TensorSpec


class GlobalPooling(Layer):
    """The base of layers that reduce every axis in space, to 1 with `keepdims`."""

    axes: ClassVar[int]

    data_format: DataFormat | None = None
    keepdims: bool = False

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        require_space(inputs, self.axes, self.data_format)
        sizes = (1,) * self.axes if self.keepdims else ()
        return self.computed(with_space(inputs, sizes, self.data_format))
