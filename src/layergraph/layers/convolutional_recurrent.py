"""Convolutional LSTMs: `keras.layers` from `keras/src/layers/rnn`."""

# ruff: noqa: ARG002  (every rule takes all tensors of the call)

from collections.abc import Sequence
from math import prod
from typing import ClassVar, Self

from pydantic import model_validator

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
from layergraph.layers.base import Weight, Weights
from layergraph.layers.gates import refuse_orthogonal_bfloat16
from layergraph.layers.inner_layers import OuterLayer
from layergraph.layers.recurrence import Recurrence, step_of
from layergraph.layers.rules import elements, require_floats, require_rank
from layergraph.layers.spatial import known_channels, slide, space, with_space
from layergraph.objects.arguments import Constraint, Initializer, Regularizer
from layergraph.objects.base import complaint
from layergraph.objects.values import PositiveInt, Rate, Seed
from layergraph.tensors import ShapeError, TensorSpec

_AXES = {1: "steps", 2: "height, width", 3: "depth, height, width"}


class ConvLSTM(OuterLayer, Recurrence):
    """The base of LSTMs whose products are convolutions: (batch, time, …) → (batch, …).

    A step convolves the image of its time with one kernel, as `Conv1D` to `Conv3D` do with
    `strides`, `padding` and `dilation_rate`; and the state h with another, `same`. The states h
    and c are images too, of `filters` channels. Shi et al. (2015), arXiv:1506.04214.
    """

    axes: ClassVar[int]

    filters: PositiveInt
    kernel_size: int | tuple[int, ...]
    strides: int | tuple[int, ...] = 1
    padding: Padding = "valid"
    data_format: DataFormat | None = None
    dilation_rate: int | tuple[int, ...] = 1
    activation: Activation | None = "tanh"
    recurrent_activation: Activation | None = "sigmoid"
    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    recurrent_initializer: Initializer = "orthogonal"
    bias_initializer: Initializer = "zeros"
    unit_forget_bias: bool = True
    kernel_regularizer: Regularizer | None = None
    recurrent_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    recurrent_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None
    dropout: Rate = 0.0
    recurrent_dropout: Rate = 0.0
    seed: Seed | None = None

    @model_validator(mode="after")
    def _check_arguments(self) -> Self:
        refuse_orthogonal_bfloat16(self, self.kernel_initializer, self.recurrent_initializer)
        strides = max(per_axis(self.strides, self.axes))
        dilation = max(per_axis(self.dilation_rate, self.axes))
        if strides > 1 and dilation > 1:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"is {dilation} beside `strides` of {strides}: only one of them may exceed 1",
                at=("dilation_rate",),
                help="set `strides: 1`, or `dilation_rate: 1`",
            )
        return self

    @property
    def window(self) -> tuple[int, ...]:
        """The kernels' size along each axis."""
        return per_axis(self.kernel_size, self.axes)

    @property
    def state_groups(self) -> tuple[int, ...]:
        """The states h and c."""
        return (1, 1)

    @property
    def output_size(self) -> int | None:
        """How many channels come out."""
        return self.filters

    def require_axes(self, sequences: TensorSpec) -> None:
        require_floats(sequences)
        first = self.data_format == "channels_first"
        axes = f"channels, {_AXES[self.axes]}" if first else f"{_AXES[self.axes]}, channels"
        require_rank(
            sequences,
            self.axes + 3,
            layout=f"(batch, time, {axes})",
            help=f"that is what `ConvLSTM{sequences.rank - 3}D` takes"
            if 4 <= sequences.rank <= 6
            else None,
        )
        image = step_of(sequences)
        known_channels(image, self.data_format)
        if not all(isinstance(size, int) for size in space(image, self.data_format)):
            raise ShapeError(
                codes.UNKNOWN_SIZE,
                "{node} needs to know the size of its images to make its states",
                label=f"{{0}} is {sequences}",
                help="give the sizes in the input's `shape`, or bring all images to one size: "
                "`TimeDistributed` with `{type: Resizing, height: …, width: …}`"
                if self.axes == 2
                else "give the sizes in the input's `shape`",
            )

    def step(self, sequences: TensorSpec) -> tuple[TensorSpec, tuple[TensorSpec, ...]]:
        image = step_of(sequences)
        sizes = slide(
            image,
            self.window,
            per_axis(self.strides, self.axes),
            self.padding,
            self.data_format,
            argument="kernel_size",
            dilations=per_axis(self.dilation_rate, self.axes),
        )
        state = with_space(image, sizes, self.data_format, self.filters)
        return state, (state, state)

    def weights(
        self,
        sequences: TensorSpec,
        initial_state: Sequence[TensorSpec] | None = None,
        mask: TensorSpec | None = None,
    ) -> Weights:
        channels, columns = known_channels(step_of(sequences), self.data_format), 4 * self.filters
        weights = {
            "conv_lstm_cell/kernel": Weight((*self.window, channels, columns)),
            "conv_lstm_cell/recurrent_kernel": Weight((*self.window, self.filters, columns)),
        }
        if self.use_bias:
            weights["conv_lstm_cell/bias"] = Weight((columns,))
        return weights

    def multiply_adds_of_step(self, sequences: TensorSpec) -> int | None:
        """Those of both convolutions, at each place of the state."""
        state, _ = self.step(sequences)
        channels = known_channels(step_of(sequences), self.data_format) + self.filters
        each = prod(self.window) * channels * 4 * self.filters
        return elements(space(state, self.data_format), times=each)


class ConvLSTM1D(ConvLSTM):
    """An LSTM over sequences of one axis: see `ConvLSTM`."""

    axes = 1
    kernel_size: Window1D
    strides: Window1D = 1
    dilation_rate: Window1D = 1


class ConvLSTM2D(ConvLSTM):
    """An LSTM over images: see `ConvLSTM`."""

    axes = 2
    kernel_size: Window2D
    strides: Window2D = 1
    dilation_rate: Window2D = 1


class ConvLSTM3D(ConvLSTM):
    """An LSTM over volumes: see `ConvLSTM`."""

    axes = 3
    kernel_size: Window3D
    strides: Window3D = 1
    dilation_rate: Window3D = 1
