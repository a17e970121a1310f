"""What recurrent layers with a cell of their own share."""

# ruff: noqa: ARG002  (every rule takes all tensors of the call)

from collections.abc import Sequence
from typing import Literal

from layergraph.layers.base import Weights
from layergraph.layers.gates import Gates
from layergraph.layers.recurrence import Recurrence
from layergraph.layers.rules import known
from layergraph.tensors import TensorSpec

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
