"""Recurrent layers: `keras.layers` from `keras/src/layers/rnn`."""

# ruff: noqa: ARG002  (every rule takes all tensors of the call)

from collections.abc import Sequence
from typing import ClassVar, Literal

from layergraph.diagnostics import codes
from layergraph.layers.arguments import Activation
from layergraph.layers.base import CallArguments, Layer, Training, Weight, Weights
from layergraph.layers.rules import (
    elements,
    known,
    require_mask,
    require_numbers,
    require_rank,
    require_same_size,
)
from layergraph.objects.arguments import Constraint, Initializer, Regularizer
from layergraph.objects.values import PositiveInt, Rate, Seed
from layergraph.tensors import ShapeError, TensorSpec

UseCudnn = Literal["auto"] | bool


class RecurrentCall(Training):
    """Whether dropout is at work."""

    training: bool | None = False


class Recurrent(Layer):
    """The base of what walks along a sequence: (batch, time, features) → (batch, units).

    With `return_sequences` it gives (batch, time, units); with `return_state` the last states
    follow, (batch, units) each. The multiply-adds are those of the products with the two kernels.
    """

    cell: ClassVar[str]
    gates: ClassVar[int]
    states: ClassVar[int] = 1

    units: PositiveInt
    activation: Activation | None = "tanh"
    use_bias: bool = True
    kernel_initializer: Initializer = "glorot_uniform"
    recurrent_initializer: Initializer = "orthogonal"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer | None = None
    recurrent_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    recurrent_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None
    dropout: Rate = 0.0
    recurrent_dropout: Rate = 0.0
    return_sequences: bool = False
    return_state: bool = False
    go_backwards: bool = False
    stateful: bool = False
    unroll: bool = False
    seed: Seed | None = None

    Call: ClassVar[type[CallArguments]] = RecurrentCall

    def infer(
        self,
        sequences: TensorSpec,
        initial_state: Sequence[TensorSpec] | None = None,
        mask: TensorSpec | None = None,
    ) -> TensorSpec | tuple[TensorSpec, ...]:
        self.require_sequences(sequences)
        if initial_state is not None:
            require_states(initial_state, sequences, self.units, self.states)
        if mask is not None:
            require_mask(mask, sequences, axes=2, input=1 + len(initial_state or ()))
        batch, time, _ = sequences.dims
        state = self.computed(TensorSpec((batch, self.units)))
        output = state
        if self.return_sequences:
            output = state.with_dims((batch, time, self.units))
        return (output, *[state] * self.states) if self.return_state else output

    def weights(
        self,
        sequences: TensorSpec,
        initial_state: Sequence[TensorSpec] | None = None,
        mask: TensorSpec | None = None,
    ) -> Weights:
        columns = self.gates * self.units
        weights = {
            f"{self.cell}/kernel": Weight((known(sequences, -1), columns)),
            f"{self.cell}/recurrent_kernel": Weight((self.units, columns)),
        }
        if self.use_bias:
            weights[f"{self.cell}/bias"] = Weight(self.bias_shape)
        return weights

    def multiply_adds(
        self,
        sequences: TensorSpec,
        initial_state: Sequence[TensorSpec] | None = None,
        mask: TensorSpec | None = None,
    ) -> int | None:
        each = (known(sequences, -1) + self.units) * self.gates * self.units
        return elements(sequences.dims[1:2], times=each)

    @property
    def bias_shape(self) -> tuple[int, ...]:
        """The shape of the bias, where there is one."""
        return (self.gates * self.units,)

    def require_sequences(self, sequences: TensorSpec) -> None:
        """Refuse what it cannot walk along.

        Raises:
            ShapeError: wrong-dtype, wrong-rank, unknown-size, or argument-misfit.
        """
        require_numbers(sequences)
        require_rank(
            sequences,
            3,
            layout="(batch, time, features)",
            help="make steps of it: `Embedding` for tokens, else `Reshape` to [time, features]"
            if sequences.rank == 2
            else "bring it to one axis of features: `TimeDistributed` with `{type: Flatten}`",
        )
        known(sequences, -1)
        if self.stateful and not isinstance(sequences.dims[0], int):
            raise ShapeError(
                codes.UNKNOWN_SIZE,
                "{node} is stateful, and needs to know the size of the batch",
                label=f"{{0}} is {sequences}",
                argument="stateful",
                help="give the input a `batch_size`, or drop `stateful`",
            )
        if self.unroll and not isinstance(sequences.dims[1], int):
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                "{node} cannot unroll over a time of unknown size",
                label=f"{{0}} is {sequences}",
                argument="unroll",
                help="give the size in the input's `shape`, or drop `unroll`",
            )


class SimpleRNN(Recurrent):
    """The plain recurrent network, h' = activation(x W + h U + b): see `Recurrent`."""

    cell = "simple_rnn_cell"
    gates = 1


class LSTM(Recurrent):
    """Long short-term memory, with the states h and c: see `Recurrent`.

    Hochreiter and Schmidhuber, "Long Short-Term Memory" (1997).
    """

    cell = "lstm_cell"
    gates = 4
    states = 2

    recurrent_activation: Activation | None = "sigmoid"
    unit_forget_bias: bool = True
    use_cudnn: UseCudnn = "auto"


class GRU(Recurrent):
    """Gated recurrent unit: see `Recurrent`.

    Cho et al. (2014), arXiv:1406.1078. With `reset_after`, which cuDNN needs, there is a bias
    for the input and another for the state.
    """

    cell = "gru_cell"
    gates = 3

    recurrent_activation: Activation | None = "sigmoid"
    reset_after: bool = True
    use_cudnn: UseCudnn = "auto"

    @property
    def bias_shape(self) -> tuple[int, ...]:
        """The shape of the bias, where there is one."""
        columns = self.gates * self.units
        return (2, columns) if self.reset_after else (columns,)


def require_states(
    states: Sequence[TensorSpec], sequences: TensorSpec, units: int, count: int
) -> None:
    """Refuse initial states that are not `count` tensors (batch, units).

    Keras takes any, and fails when it runs.

    Raises:
        ShapeError: wrong-number-of-tensors, wrong-dtype, wrong-rank, shape-mismatch.
    """
    numbers = tuple(range(1, 1 + len(states)))
    if len(states) != count:
        tensors = "1 tensor" if count == 1 else f"{count} tensors"
        raise ShapeError(
            codes.WRONG_NUMBER_OF_TENSORS,
            f"{{node}} needs {tensors} of initial state, and is given {len(states)}",
            inputs=numbers or (0,),
            help=f"name {tensors} in `initial_state`",
        )
    for number, state in zip(numbers, states, strict=True):
        require_numbers(state, input=number)
        require_rank(state, 2, layout="(batch, units)", input=number)
        require_same_size(
            (sequences, 0, 0), (state, 0, number), "inputs of {node} differ on axis 0"
        )
        if isinstance(state.dims[1], int) and state.dims[1] != units:
            raise ShapeError(
                codes.SHAPE_MISMATCH,
                f"an initial state of {{node}} has another size than its {units} units",
                label=f"{{{number}}} is {state}: {units} and {state.dims[1]} must be equal",
                inputs=(number,),
            )
