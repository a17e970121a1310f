"""Convolutions: `keras.layers` from `keras/src/layers/convolutional`."""

from math import prod
from typing import Literal, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.arguments import per_axis
from layergraph.layers.base import Weight, Weights
from layergraph.layers.convolution_base import Convolution, OneAxis, ThreeAxes, TwoAxes
from layergraph.layers.lora import refuse_constrained_lora
from layergraph.layers.rules import elements
from layergraph.layers.spatial import known_channels, slide, with_space
from layergraph.objects.arguments import Constraint, Initializer, Regularizer
from layergraph.objects.base import complaint
from layergraph.objects.values import PositiveInt
from layergraph.tensors import Dim, ShapeError, TensorSpec


class _Sliding(Convolution):
    """The base of convolutions whose kernel slides over the input."""

    def _sizes(self, inputs: TensorSpec) -> tuple[Dim, ...]:
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

    def _slid(self, inputs: TensorSpec, channels: int) -> TensorSpec:
        sizes = self._sizes(inputs)
        return self.computed(with_space(inputs, sizes, self.data_format, channels))

    def _places(self, inputs: TensorSpec, times: int) -> int | None:
        """The number of places of the kernel, times a factor."""
        return elements(self._sizes(inputs), times=times)


class _Full(_Sliding):
    """The base of convolutions in which every output channel sees every input channel."""

    filters: PositiveInt
    groups: PositiveInt = 1
    kernel_initializer: Initializer = "glorot_uniform"
    kernel_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    lora_rank: PositiveInt | None = None
    lora_alpha: float | None = None

    @model_validator(mode="after")
    def _arguments_fit(self) -> Self:
        self.refuse_strides_with_dilation()
        refuse_constrained_lora(self.lora_rank, self.kernel_constraint, "kernel_constraint")
        if self.filters % self.groups:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must divide `filters` evenly, and {self.groups} does not divide {self.filters}",
                at=("groups",),
                help="every group makes the same number of filters",
            )
        return self

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        channels = self.channels(inputs)
        if channels % self.groups:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"{{node}} cannot split {channels} channels into {self.groups} groups",
                label=f"{{0}} is {inputs}: {self.groups} does not divide {channels}",
                argument="groups",
                help="take a number of groups that divides both the channels and `filters`",
            )
        return self._slid(inputs, self.filters)

    def weights(self, inputs: TensorSpec) -> Weights:
        seen = known_channels(inputs, self.data_format) // self.groups
        kernel = (*self.window, seen, self.filters)
        weights = {"kernel": Weight(kernel, trainable=self.lora_rank is None)}
        weights |= self.bias_of(self.filters)
        if self.lora_rank is not None:
            weights["lora_kernel_a"] = Weight((*kernel[:-1], self.lora_rank), dtype="float32")
            weights["lora_kernel_b"] = Weight((self.lora_rank, self.filters), dtype="float32")
        return weights

    def multiply_adds(self, inputs: TensorSpec) -> int | None:
        seen = known_channels(inputs, self.data_format) // self.groups
        return self._places(inputs, times=prod(self.window) * seen * self.filters)


class Conv1D(OneAxis, _Full):
    """Convolution along time: (batch, steps, channels) → (batch, new steps, filters).

    With `padding: causal`, a step sees itself and earlier ones alone.
    """

    padding: Literal["valid", "same", "causal"] = "valid"  # type: ignore[assignment]  # wider


class Conv2D(TwoAxes, _Full):
    """Convolution over images: (batch, height, width, channels) → (batch, …, filters)."""


class Conv3D(ThreeAxes, _Full):
    """Convolution over volumes: (batch, depth, height, width, channels) → (batch, …, filters)."""


class _Depthwise(_Sliding):
    """The base of convolutions that keep the channels apart."""

    depth_multiplier: PositiveInt = 1
    depthwise_initializer: Initializer = "glorot_uniform"
    depthwise_regularizer: Regularizer | None = None
    depthwise_constraint: Constraint | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        return self._slid(inputs, self.channels(inputs) * self.depth_multiplier)

    def weights(self, inputs: TensorSpec) -> Weights:
        channels = known_channels(inputs, self.data_format)
        kernel = Weight((*self.window, channels, self.depth_multiplier))
        return {"kernel": kernel, **self.bias_of(channels * self.depth_multiplier)}

    def multiply_adds(self, inputs: TensorSpec) -> int | None:
        channels = known_channels(inputs, self.data_format)
        return self._places(inputs, times=prod(self.window) * channels * self.depth_multiplier)


class DepthwiseConv1D(OneAxis, _Depthwise):
    """A convolution along time for each channel by itself.

    (batch, steps, channels) → (batch, new steps, channels * depth_multiplier).
    """


class DepthwiseConv2D(TwoAxes, _Depthwise):
    """A convolution over images for each channel by itself.

    (batch, height, width, channels) → (batch, …, channels * depth_multiplier).
    """


class _Separable(_Depthwise):
    """The base of depthwise convolutions followed by one that mixes the channels."""

    filters: PositiveInt
    pointwise_initializer: Initializer = "glorot_uniform"
    pointwise_regularizer: Regularizer | None = None
    pointwise_constraint: Constraint | None = None

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        self.channels(inputs)
        return self._slid(inputs, self.filters)

    def weights(self, inputs: TensorSpec) -> Weights:
        channels = known_channels(inputs, self.data_format)
        mixed = channels * self.depth_multiplier
        return {
            "depthwise_kernel": Weight((*self.window, channels, self.depth_multiplier)),
            "pointwise_kernel": Weight((*(1,) * self.axes, mixed, self.filters)),
            **self.bias_of(self.filters),
        }

    def multiply_adds(self, inputs: TensorSpec) -> int | None:
        mixed = known_channels(inputs, self.data_format) * self.depth_multiplier
        return self._places(inputs, times=mixed * (prod(self.window) + self.filters))


class SeparableConv1D(OneAxis, _Separable):
    """A depthwise convolution along time, then a mix of its channels.

    (batch, steps, channels) → (batch, new steps, filters).
    """


class SeparableConv2D(TwoAxes, _Separable):
    """A depthwise convolution over images, then a mix of its channels.

    (batch, height, width, channels) → (batch, …, filters).
    """
