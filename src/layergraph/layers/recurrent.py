"""Recurrent layers: `keras.layers` from `keras/src/layers/rnn`."""

# ruff: noqa: ARG002  (every rule takes all tensors of the call)

from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import TypeAdapter, model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import Layer, Weights
from layergraph.layers.gates import Gates, LongShortTermGates, PlainGates, UpdateResetGates
from layergraph.layers.inner_layers import OuterLayer, inner_weights
from layergraph.layers.recurrence import Recurrence, step_of
from layergraph.layers.recurrent_cells import (
    Cell,
    StackedCell,
    StackedRNNCells,
    checked_cell,
    states_of,
    stepped,
)
from layergraph.layers.rules import known
from layergraph.objects.base import Checked, complaint
from layergraph.tensors import ShapeError, TensorSpec

UseCudnn = Literal["auto"] | bool


class Recurrent(Recurrence, Gates):
    """The base of layers with a cell of their own: (batch, time, features) → (batch, units).

    With `return_sequences` it gives (batch, time, units); with `return_state` the last states
    follow, (batch, units) each. The multiply-adds are those of the products with the two kernels.
    """

    @property
    def state_groups(self) -> tuple[int, ...]:
        """How many states there are, one by one."""
        return (1,) * self.states

    @property
    def output_size(self) -> int | None:
        """How many features come out."""
        return self.units

    def step(self, sequences: TensorSpec) -> tuple[TensorSpec, tuple[TensorSpec, ...]]:
        state = self.computed(TensorSpec((sequences.dims[0], self.units)))
        return state, (state,) * self.states

    def require_axes(self, sequences: TensorSpec) -> None:
        super().require_axes(sequences)
        self.require_inputs(sequences)

    def weights(
        self,
        sequences: TensorSpec,
        initial_state: Sequence[TensorSpec] | None = None,
        mask: TensorSpec | None = None,
    ) -> Weights:
        features = known(sequences, -1)
        return {
            f"{self.default_name()}_cell/{path}": weight
            for path, weight in self.weights_of_step(features).items()
        }

    def multiply_adds_of_step(self, sequences: TensorSpec) -> int | None:
        return self.products(sequences)


class SimpleRNN(Recurrent, PlainGates):
    """The plain recurrent network, h' = activation(x W + h U + b): see `Recurrent`."""


class LSTM(Recurrent, LongShortTermGates):
    """Long short-term memory, with the states h and c: see `Recurrent`.

    Hochreiter and Schmidhuber, "Long Short-Term Memory" (1997).
    """

    use_cudnn: UseCudnn = "auto"


class GRU(Recurrent, UpdateResetGates):
    """Gated recurrent unit: see `Recurrent`.

    Cho et al. (2014), arXiv:1406.1078. With `reset_after`, which cuDNN needs, there is a bias
    for the input and another for the state.
    """

    use_cudnn: UseCudnn = "auto"


@cache
def _cells() -> TypeAdapter[list[Any]]:
    return TypeAdapter(list[StackedCell])


def _cell(value: Any) -> Any:
    """One cell, or a list of them, which Keras makes a stack of."""
    if isinstance(value, list | tuple):
        if not value:
            raise complaint(codes.OUT_OF_RANGE, "must name at least one cell")
        return StackedRNNCells(cells=_cells().validate_python(list(value)))
    return checked_cell(value)


CellArgument = Annotated[Layer, Checked(_cell, takes=Layer | list[StackedCell])]


class RNN(OuterLayer, Recurrence):
    """A cell, or several on top of each other, along time: (batch, time, features) → its output.

    With `return_sequences` it gives the output of every step, (batch, time, …); with
    `return_state` the last states follow, those of a stack one cell after the other.
    """

    cell: CellArgument

    @model_validator(mode="after")
    def _check_stack(self) -> Self:
        if not isinstance(self.cell, StackedRNNCells):
            return self
        wanted = self.cell.compute_dtype
        for cell in self.cell.cells:
            if isinstance(cell, Cell) and cell.compute_dtype != wanted:
                raise complaint(
                    codes.CONFLICTING_ARGUMENTS,
                    f"has a cell that computes in {cell.compute_dtype}, and carries its state "
                    f"along in {wanted}",
                    at=("cell",),
                    help="give a `StackedRNNCells` the `dtype` of all its `cells`",
                )
        if self.unroll and self._is_one_of_several_states:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "cannot unroll a stack of one cell with several states, as Keras takes its states "
                "apart",
                at=("unroll",),
                help="give the cell itself, and no list",
            )
        return self

    @property
    def _is_one_of_several_states(self) -> bool:
        """Whether it has the one stack that Keras does not carry along as it does all others."""
        return isinstance(self.cell, StackedRNNCells) and (
            len(self.state_groups) == 1 and self.state_groups[0] > 1
        )

    @property
    def state_groups(self) -> tuple[int, ...]:
        """How many states there are, one by one, or for each cell of a stack."""
        if isinstance(self.cell, StackedRNNCells):
            return self.cell.state_groups
        return (1,) * states_of(self.cell)

    @property
    def output_size(self) -> int | None:
        """How many features come out."""
        last = self.cell.cells[-1] if isinstance(self.cell, StackedRNNCells) else self.cell
        return last.units if isinstance(last, Cell) else None

    def step(self, sequences: TensorSpec) -> tuple[TensorSpec, tuple[TensorSpec, ...]]:
        output, *states = stepped(self.cell, step_of(self.cast_input(sequences)))
        return output, tuple(states)

    def infer(
        self,
        sequences: TensorSpec,
        initial_state: Sequence[TensorSpec] | None = None,
        mask: TensorSpec | None = None,
    ) -> TensorSpec | tuple[TensorSpec, ...]:
        if mask is not None and self._is_one_of_several_states:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                "{node} cannot mask a stack of one cell with several states",
                argument="cell",
                help="give the cell itself, and no list",
            )
        return super().infer(sequences, initial_state, mask)

    def weights(
        self,
        sequences: TensorSpec,
        initial_state: Sequence[TensorSpec] | None = None,
        mask: TensorSpec | None = None,
    ) -> Weights:
        return inner_weights(self.cell.default_name(), self.cell, step_of(sequences))

    @property
    def knows_weights(self) -> bool:
        """Whether those of its cells are known."""
        return self.cell.knows_weights

    def multiply_adds_of_step(self, sequences: TensorSpec) -> int | None:
        return self.cell.multiply_adds(step_of(sequences))
