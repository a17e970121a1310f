"""What all convolutions share: arguments, the axes they run along, and the checks on both."""

from typing import ClassVar

from layergraph.diagnostics import codes
from layergraph.layers.arguments import (
    Activation,
    DataFormat,
    Padding,
    Window1D,
    Window2D,
    Window3D,
    per_axis,
)
from layergraph.layers.base import Layer, Weight
from layergraph.layers.rules import require_floats
from layergraph.layers.spatial import known_channels, require_space
from layergraph.objects.arguments import Constraint, Initializer, Regularizer
from layergraph.objects.base import complaint
from layergraph.objects.values import FloatDType
from layergraph.tensors import TensorSpec


class Convolution(Layer):
    """The base of every convolution, transposed ones too."""

    axes: ClassVar[int]

    kernel_size: int | tuple[int, ...]
    strides: int | tuple[int, ...] = 1
    padding: Padding = "valid"
    data_format: DataFormat | None = None
    dilation_rate: int | tuple[int, ...] = 1
    activation: Activation | None = None
    use_bias: bool = True
    bias_initializer: Initializer = "zeros"
    bias_regularizer: Regularizer | None = None
    bias_constraint: Constraint | None = None
    dtype: FloatDType | None = None

    @property
    def window(self) -> tuple[int, ...]:
        """The kernel's size along each axis."""
        return per_axis(self.kernel_size, self.axes)

    def channels(self, inputs: TensorSpec) -> int:
        """The input's channels, once it is known to be an input for this layer.

        Raises:
            ShapeError: wrong-dtype, wrong-rank, unknown-size.
        """
        require_floats(inputs)
        require_space(inputs, self.axes, self.data_format)
        return known_channels(inputs, self.data_format)

    def bias_of(self, size: int) -> dict[str, Weight]:
        """The weights of the bias, if there is one."""
        return {"bias": Weight((size,))} if self.use_bias else {}

    def refuse_strides_with_dilation(self) -> None:
        """Refuse strides and dilation together, as TensorFlow's kernels do.

        Raises:
            PydanticCustomError: conflicting-arguments.
        """
        strides = max(per_axis(self.strides, self.axes))
        dilation = max(per_axis(self.dilation_rate, self.axes))
        if strides > 1 and dilation > 1:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"is {dilation} beside `strides` of {strides}: only one of them may exceed 1",
                at=("dilation_rate",),
                help="set `strides: 1`, or `dilation_rate: 1`",
            )


class OneAxis(Convolution):
    """A convolution along one axis."""

    axes = 1
    kernel_size: Window1D
    strides: Window1D = 1
    dilation_rate: Window1D = 1


class TwoAxes(Convolution):
    """A convolution over two axes."""

    axes = 2
    kernel_size: Window2D
    strides: Window2D = (1, 1)
    dilation_rate: Window2D = (1, 1)


class ThreeAxes(Convolution):
    """A convolution over three axes."""

    axes = 3
    kernel_size: Window3D
    strides: Window3D = (1, 1, 1)
    dilation_rate: Window3D = (1, 1, 1)
