"""Convolutions whose kernel slides over the input."""

from layergraph.layers.arguments import per_axis
from layergraph.layers.convolution_base import Convolution
from layergraph.layers.rules import elements
from layergraph.layers.spatial import slide, with_space
from layergraph.tensors import Dim, TensorSpec


class SlidingConvolution(Convolution):
    """The base of convolutions whose kernel slides over the input."""

    def sizes(self, inputs: TensorSpec) -> tuple[Dim, ...]:
        """The number of places of the kernel along each axis in space."""
        return slide(
            inputs,
            self.window,
            per_axis(self.strides, self.axes),
            self.padding,
            self.data_format,
            argument="kernel_size",
            dilations=per_axis(self.dilation_rate, self.axes),
        )

    def slid(self, inputs: TensorSpec, channels: int) -> TensorSpec:
        sizes = self.sizes(inputs)
        return self.computed(with_space(inputs, sizes, self.data_format, channels))

    def places(self, inputs: TensorSpec, times: int) -> int | None:
        """The number of places of the kernel, times a factor."""
        return elements(self.sizes(inputs), times=times)
