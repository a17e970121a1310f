"""What layers share that change the sizes in space and keep the channels."""

from typing import ClassVar

from layergraph.layers.arguments import DataFormat
from layergraph.layers.base import Layer
from layergraph.layers.rules import require_numbers
from layergraph.layers.spatial import require_space
from layergraph.tensors import TensorSpec


class SpatialResizing(Layer):
    """The base of layers that change the sizes in space and keep the channels."""

    axes: ClassVar[int]
    data_format: DataFormat | None = None

    def checked_input(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        require_space(inputs, self.axes, self.data_format)
        return self.computed(inputs)
