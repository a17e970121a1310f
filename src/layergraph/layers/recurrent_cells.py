"""Cells, what a recurrent layer does at a step: `keras.layers` from `keras/src/layers/rnn`.

A cell is an argument of `RNN`, or a layer of its own that is called on its states.
"""

# ruff: noqa: ARG002  (every rule takes all tensors of the call)

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import CallArguments, Layer, Weights
from layergraph.layers.custom_layer import CustomLayer
from layergraph.layers.gates import Gates
from layergraph.layers.gru import UpdateResetGates
from layergraph.layers.inner_layers import OuterLayer, inner_weights, layer_argument, names_of
from layergraph.layers.lstm import LongShortTermGates
from layergraph.layers.recurrence import RecurrentCall, grouped, require_states
from layergraph.layers.rules import known, require_floats, require_rank
from layergraph.layers.simple_rnn import PlainGates
from layergraph.objects.base import Checked, complaint
from layergraph.tensors import ShapeError, TensorSpec

Stepped = tuple[TensorSpec, ...]
"""What a cell gives: its output, and then the states after the step."""


class AnyCell(Layer):
    """The base of what is called on features and states, and gives an output and states."""

    Call: ClassVar[type[CallArguments]] = RecurrentCall

    def infer(self, inputs: TensorSpec, states: Sequence[TensorSpec]) -> Stepped:
        found = self.stepped(inputs)
        require_states(states, found[1:], inputs, argument="states")
        for number, state in enumerate(states, start=1):
            require_floats(state, input=number)
        return found

    def stepped(self, inputs: TensorSpec) -> Stepped:
        """What a step on these features gives.

        Raises:
            ShapeError: wrong-dtype, wrong-rank, unknown-size.
        """
        raise NotImplementedError


class Cell(AnyCell, Gates):
    """The base of cells: (batch, features) and (batch, units) for each state → the same again.

    The output, (batch, units), comes first, and then the states.
    """

    def infer(self, inputs: TensorSpec, states: Sequence[TensorSpec]) -> Stepped:
        for number, state in enumerate(states, start=1):
            self._require_dtype(state, input=number)
        return super().infer(inputs, states)

    def stepped(self, inputs: TensorSpec) -> Stepped:
        require_rank(inputs, 2, layout="(batch, features)", help="`RNN` takes it along a time")
        self.require_inputs(inputs)
        self._require_dtype(inputs)
        state = self.computed(TensorSpec((inputs.dims[0], self.units)))
        return (state, *[state] * self.states)

    def _require_dtype(self, tensor: TensorSpec, input: int = 0) -> None:
        """Refuse floats of another dtype without `autocast`: Keras mixes some of them, and fails.

        Raises:
            ShapeError: wrong-dtype.
        """
        if self.autocast or not tensor.is_float or tensor.dtype == self.compute_dtype:
            return
        raise ShapeError(
            codes.WRONG_DTYPE,
            f"{{node}} computes in {self.compute_dtype}, and casts nothing to it",
            label=f"{{{input}}} is {tensor.dtype}",
            inputs=(input,),
            help="drop `autocast: false`",
        )

    def weights(self, inputs: TensorSpec, states: Sequence[TensorSpec] = ()) -> Weights:
        return self.weights_of_step(known(inputs, -1))

    def multiply_adds(self, inputs: TensorSpec, states: Sequence[TensorSpec] = ()) -> int | None:
        return self.products(inputs)


class SimpleRNNCell(Cell, PlainGates):
    """A step of `SimpleRNN`, h' = activation(x W + h U + b)."""

    def infer(self, sequence: TensorSpec, states: Sequence[TensorSpec]) -> Stepped:
        return super().infer(sequence, states)

    def weights(self, sequence: TensorSpec, states: Sequence[TensorSpec] = ()) -> Weights:
        return super().weights(sequence)

    def multiply_adds(self, sequence: TensorSpec, states: Sequence[TensorSpec] = ()) -> int | None:
        return super().multiply_adds(sequence)


class LSTMCell(Cell, LongShortTermGates):
    """A step of `LSTM`, with the states h and c.

    Hochreiter and Schmidhuber, "Long Short-Term Memory" (1997).
    """


class GRUCell(Cell, UpdateResetGates):
    """A step of `GRU`.

    Cho et al. (2014), arXiv:1406.1078. With `reset_after`, which cuDNN needs, there is a bias
    for the input and another for the state.
    """


def _one_cell(value: Any) -> Any:
    """A cell that stands in a stack."""
    return _checked_cell(layer_argument(value), ())


def _checked_cell(cell: Any, also: tuple[type[Layer], ...]) -> Any:
    if isinstance(cell, CustomLayer):
        if len(cell.declared.keys.outputs or ()) < 2:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"is `{cell.type_name()}`, which is declared without states, as no cell is",
                help="declare what a step gives and then each state: `outputs: [[8], [8]]`",
            )
        return cell
    if isinstance(cell, (Cell, *also)):
        return cell
    if isinstance(cell, StackedRNNCells):
        predicate = "is a stack of cells in a stack"
        help = "write all cells in one list"
    else:
        predicate = f"must be a cell, not `{cell.type_name()}`"
        help = "choose `SimpleRNNCell`, `LSTMCell` or `GRUCell`"
    raise complaint(codes.NOT_A_CHOICE, predicate, help=help)


StackedCell = Annotated[Layer, Checked(_one_cell)]


class StackedRNNCells(OuterLayer, AnyCell):
    """Cells one on top of the other: each takes what the one below gives, and has its own states.

    The states of all of them come one after another, the lowest cell's first.
    """

    cells: list[StackedCell]

    @model_validator(mode="after")
    def _check_cells(self) -> Self:
        if self.cells:
            return self
        raise complaint(codes.OUT_OF_RANGE, "must name at least one cell", at=("cells",))

    @property
    def state_groups(self) -> tuple[int, ...]:
        """How many states each cell has."""
        return tuple(states_of(cell) for cell in self.cells)

    def stepped(self, inputs: TensorSpec) -> Stepped:
        states: list[TensorSpec] = []
        output = self.cast_input(inputs)
        for cell in self.cells:
            output, *after = stepped(cell, output)
            states += after
        return (output, *states)

    def weights(self, inputs: TensorSpec, states: Sequence[TensorSpec] = ()) -> Weights:
        found: dict[str, Any] = {}
        inputs = self.cast_input(inputs)
        for name, cell in zip(names_of(self.cells), self.cells, strict=True):
            found |= inner_weights(name, cell, inputs)
            inputs = stepped(cell, inputs)[0]
        return found

    @property
    def knows_weights(self) -> bool:
        """Whether those of all its cells are known."""
        return all(cell.knows_weights for cell in self.cells)

    def multiply_adds(self, inputs: TensorSpec, states: Sequence[TensorSpec] = ()) -> int | None:
        total = 0
        inputs = self.cast_input(inputs)
        for cell in self.cells:
            count = cell.multiply_adds(inputs)
            if count is None:
                return None
            total += count
            inputs = stepped(cell, inputs)[0]
        return total

    def arranged(self, argument: str, tensors: list[Any]) -> list[Any]:
        """The states of each cell by themselves."""
        return grouped(tensors, self.state_groups) if argument == "states" else tensors


def checked_cell(value: Any) -> Any:
    """A cell, or a stack of them, that is an argument.

    Raises:
        PydanticCustomError: where it is something else.
        ValidationError: where its own arguments are wrong.
    """
    return _checked_cell(layer_argument(value), (StackedRNNCells,))


def states_of(cell: Any) -> int:
    """How many states a cell has."""
    if isinstance(cell, Cell):
        return cell.states
    if isinstance(cell, StackedRNNCells):
        return sum(cell.state_groups)
    return len(cell.declared.keys.outputs) - 1


def stepped(cell: Any, inputs: TensorSpec) -> Stepped:
    """What a cell gives at a step: a user's own, what its declaration says.

    Raises:
        ShapeError: wrong-dtype, wrong-rank, unknown-size.
    """
    if isinstance(cell, CustomLayer):
        found = cell.infer(inputs)
        assert isinstance(found, tuple)
        return found
    assert isinstance(cell, AnyCell)
    return cell.stepped(inputs)
