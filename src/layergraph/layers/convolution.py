"""Convolutions: `keras.layers` from `keras/src/layers/convolutional`."""

from math import prod
from typing import Literal, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import Weight, Weights
from layergraph.layers.convolution_base import OneAxis, ThreeAxes, TwoAxes
from layergraph.layers.lora import refuse_constrained_lora
from layergraph.layers.sliding_convolution import SlidingConvolution
from layergraph.layers.spatial import known_channels
from layergraph.objects.arguments import Constraint, Initializer, Regularizer
from layergraph.objects.base import complaint
from layergraph.objects.values import PositiveInt
from layergraph.tensors import ShapeError, TensorSpec


class _Full(SlidingConvolution):
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
        return self.slid(inputs, self.filters)

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
        return self.places(inputs, times=prod(self.window) * seen * self.filters)


class Conv1D(OneAxis, _Full):
    """Convolution along time: (batch, steps, channels) → (batch, new steps, filters).

    With `padding: causal`, a step sees itself and earlier ones alone.
    """

    padding: Literal["valid", "same", "causal"] = "valid"  # type: ignore[assignment]  # wider


class Conv2D(TwoAxes, _Full):
    """Convolution over images: (batch, height, width, channels) → (batch, …, filters)."""


class Conv3D(ThreeAxes, _Full):
    """Convolution over volumes: (batch, depth, height, width, channels) → (batch, …, filters)."""
