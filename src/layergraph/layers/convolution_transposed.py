"""Transposed convolutions: `keras.layers` from `keras/src/layers/convolutional`."""

from math import prod
from typing import Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.arguments import OutputPadding1D, OutputPadding2D, OutputPadding3D, per_axis
from layergraph.layers.base import Weight, Weights
from layergraph.layers.convolution_base import Convolution, OneAxis, ThreeAxes, TwoAxes
from layergraph.layers.rules import elements
from layergraph.layers.spatial import axis_in_space, known_channels, space, with_space
from layergraph.objects.arguments import Constraint, Initializer, Regularizer
from layergraph.objects.base import complaint
from layergraph.objects.values import PositiveInt
from layergraph.tensors import Dim, ShapeError, TensorSpec, transposed


class _Transposed(Convolution):
    """The base of transposed convolutions, which make their input larger by their strides."""

    filters: PositiveInt
    output_padding: int | tuple[int, ...] | None = None
    kernel_initializer: Initializer = "glorot_uniform"
    kernel_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None

    @model_validator(mode="after")
    def _arguments_fit(self) -> Self:
        self.refuse_strides_with_dilation()
        if self.output_padding is None:
            return self
        strides = per_axis(self.strides, self.axes)
        for added, stride in zip(per_axis(self.output_padding, self.axes), strides, strict=True):
            if added >= stride:
                raise complaint(
                    codes.CONFLICTING_ARGUMENTS,
                    f"must be less than `strides` along every axis, and {added} is not less "
                    f"than {stride}",
                    at=("output_padding",),
                    help="leave it out, or take larger `strides`",
                )
        return self

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        self.channels(inputs)
        sizes = tuple(
            self._transposed(inputs, number, size)
            for number, size in enumerate(space(inputs, self.data_format))
        )
        return self.computed(with_space(inputs, sizes, self.data_format, self.filters))

    def weights(self, inputs: TensorSpec) -> Weights:
        channels = known_channels(inputs, self.data_format)
        kernel = Weight((*self.window, self.filters, channels))
        return {"kernel": kernel, **self.bias_of(self.filters)}

    def multiply_adds(self, inputs: TensorSpec) -> int | None:
        channels = known_channels(inputs, self.data_format)
        places = space(inputs, self.data_format)
        return elements(places, times=prod(self.window) * channels * self.filters)

    def _transposed(self, inputs: TensorSpec, number: int, size: Dim) -> Dim:
        added = self.output_padding
        made = transposed(
            size,
            self.window[number],
            per_axis(self.strides, self.axes)[number],
            self.padding,
            per_axis(self.dilation_rate, self.axes)[number],
            None if added is None else per_axis(added, self.axes)[number],
        )
        if made == 0:
            axis = axis_in_space(number, self.data_format)
            raise ShapeError(
                codes.IMPOSSIBLE_SIZE,
                f"nothing is left of axis {axis} in {{node}}",
                label=f"{{0}} is {inputs}: with this `output_padding`, {size} becomes 0",
                argument="output_padding",
                help="leave `output_padding` out, or take a kernel of odd size",
            )
        return made


class Conv1DTranspose(OneAxis, _Transposed):
    """A convolution along time, backwards: (batch, steps, channels) → (batch, …, filters)."""

    output_padding: OutputPadding1D | None = None


class Conv2DTranspose(TwoAxes, _Transposed):
    """A convolution over images, backwards: (batch, height, width, channels) → (…, filters)."""

    output_padding: OutputPadding2D | None = None


class Conv3DTranspose(ThreeAxes, _Transposed):
    """A convolution over volumes, backwards.

    (batch, depth, height, width, channels) → (batch, …, filters).
    """

    output_padding: OutputPadding3D | None = None
