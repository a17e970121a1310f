"""Padding with zeros: `keras.layers` from `keras/src/layers/reshaping`."""

from typing import Any

from layergraph.layers.arguments import Sides1D, Sides2D, Sides3D, per_side
from layergraph.layers.resizing import SpatialResizing
from layergraph.layers.spatial import space, with_space
from layergraph.tensors import TensorSpec, plus


class _ZeroPadding(SpatialResizing):
    """The base of layers that add zeros around."""

    padding: Any

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        tensor = self.checked_input(inputs)
        sides = per_side(self.padding, self.axes)
        sizes = zip(space(tensor, self.data_format), sides, strict=True)
        padded = tuple(plus(size, before + behind) for size, (before, behind) in sizes)
        return with_space(tensor, padded, self.data_format)


class ZeroPadding1D(_ZeroPadding):
    """Zeros before and behind: (batch, steps, channels) → (batch, more steps, channels)."""

    axes = 1
    padding: Sides1D = 1


class ZeroPadding2D(_ZeroPadding):
    """Zeros around an image: (batch, height, width, channels) → (batch, more, more, channels)."""

    axes = 2
    padding: Sides2D = (1, 1)


class ZeroPadding3D(_ZeroPadding):
    """Zeros around a volume: (batch, depth, height, width, channels) → (batch, …, channels)."""

    axes = 3
    padding: Sides3D = ((1, 1), (1, 1), (1, 1))
