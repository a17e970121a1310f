"""What layers share that move elements and leave them as they are."""

from layergraph.layers.base import Layer
from layergraph.tensors import Dim, TensorSpec


class Moving(Layer):
    """The base of layers that keep the numbers, or whatever else they are, as they come."""

    def _moved(self, inputs: TensorSpec, sizes: tuple[Dim, ...]) -> TensorSpec:
        return self.cast_input(inputs.with_dims((inputs.dims[0], *sizes)))
