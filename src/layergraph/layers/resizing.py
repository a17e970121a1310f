"""Padding, cropping and upsampling: `keras.layers` from `keras/src/layers/reshaping`."""

from typing import Any, ClassVar, Literal

from layergraph.diagnostics import codes
from layergraph.layers.arguments import (
    DataFormat,
    Sides1D,
    Sides2D,
    Sides3D,
    Window2D,
    Window3D,
    per_axis,
    per_side,
)
from layergraph.layers.base import Layer
from layergraph.layers.rules import require_numbers
from layergraph.layers.spatial import axis_in_space, require_space, space, with_space
from layergraph.objects.values import PositiveInt
from layergraph.tensors import ShapeError, TensorSpec, plus, times


class _Resizing(Layer):
    """The base of layers that change the sizes in space and keep the channels."""

    axes: ClassVar[int]
    data_format: DataFormat | None = None

    def _checked(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        require_space(inputs, self.axes, self.data_format)
        return self.computed(inputs)


class _ZeroPadding(_Resizing):
    """The base of layers that add zeros around."""

    padding: Any

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        tensor = self._checked(inputs)
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


class _Cropping(_Resizing):
    """The base of layers that cut off the rim."""

    cropping: Any

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        tensor = self._checked(inputs)
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


class _UpSampling(_Resizing):
    """The base of layers that make the sizes in space a multiple of what they were."""

    size: Any

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        tensor = self._checked(inputs)
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
