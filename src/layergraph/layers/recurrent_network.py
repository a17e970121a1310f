"""A layer around cells: `keras.layers.RNN`."""

# ruff: noqa: ARG002  (every rule takes all tensors of the call)

from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, Self

from pydantic import TypeAdapter, model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import Layer, Weights
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
from layergraph.objects.base import Checked, complaint
from layergraph.tensors import ShapeError, TensorSpec


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
