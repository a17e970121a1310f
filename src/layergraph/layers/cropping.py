"""Cropping: `keras.layers` from `keras/src/layers/reshaping`."""

from typing import Any, ClassVar

from layergraph.diagnostics import codes
from layergraph.layers.arguments import Sides1D, Sides2D, Sides3D, per_side
from layergraph.layers.resizing import SpatialResizing
from layergraph.layers.spatial import axis_in_space, space, with_space
from layergraph.tensors import ShapeError, TensorSpec, plus


class _Cropping(SpatialResizing):
    """The base of layers that cut off the rim."""

    cropping: Any

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        tensor = self.checked_input(inputs)
        left = []
        for number, (before, behind) in enumerate(per_side(self.cropping, self.axes)):
            size = space(tensor, self.data_format)[number]
            rest = plus(size, -before - behind)
            if isinstance(rest, int) and rest < 1:
                axis = axis_in_space(number, self.data_format)
                raise ShapeError(
                    codes.IMPOSSIBLE_SIZE,
                    f"{{node}} leaves nothing of axis {axis}",
                    label=f"{{0}} is {inputs}: {before} + {behind} are cut from {size}",
                    argument="cropping",
                    help=f"cut less than {size} from axis {axis}",
                )
            left.append(rest)
        return with_space(tensor, tuple(left), self.data_format)


class Cropping1D(_Cropping):
    """Without its first and last steps: (batch, steps, channels) → (batch, fewer, channels)."""

    axes = 1
    data_format: ClassVar[None] = None  # type: ignore[misc]
    cropping: Sides1D = (1, 1)


class Cropping2D(_Cropping):
    """An image without its rim: (batch, height, width, channels) → (batch, …, channels)."""

    axes = 2
    cropping: Sides2D = ((0, 0), (0, 0))


class Cropping3D(_Cropping):
    """A volume without its rim: (batch, depth, height, width, channels) → (batch, …, channels)."""

    axes = 3
    cropping: Sides3D = ((1, 1), (1, 1), (1, 1))
