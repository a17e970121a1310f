"""A recurrent layer in both directions: `keras.layers.Bidirectional`."""

# ruff: noqa: ARG002  (every rule takes all tensors of the call)

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import CallArguments, Mask, Masks, Training, Weights
from layergraph.layers.inner_layers import LayerArgument, OuterLayer, blamed, inner_weights
from layergraph.layers.recurrence import Recurrence, grouped, require_states
from layergraph.layers.rules import require_mask
from layergraph.objects.base import complaint
from layergraph.tensors import ShapeError, TensorSpec, times


class Bidirectional(OuterLayer):
    """A recurrent layer along time in both directions: (batch, time, features) → what it gives.

    The two outputs are joined along the last axis, so that its size doubles, or added, averaged or
    multiplied; with `merge_mode: null` both come out. The states of both come after. Schuster and
    Paliwal, "Bidirectional Recurrent Neural Networks" (1997).
    """

    supports_masking = True

    layer: LayerArgument
    merge_mode: Literal["concat", "sum", "ave", "mul"] | None = "concat"
    initial_weights: list[Any] | None = Field(default=None, alias="weights")
    backward_layer: LayerArgument | None = None

    Call: ClassVar[type[CallArguments]] = Training

    @model_validator(mode="after")
    def _check_directions(self) -> Self:
        for argument, layer in (("layer", self.layer), ("backward_layer", self.backward_layer)):
            if layer is not None and not isinstance(layer, Recurrence):
                raise complaint(
                    codes.NOT_A_CHOICE,
                    f"must be a recurrent layer, not `{layer.type_name()}`",
                    at=(argument,),
                    help="choose `LSTM`, `GRU`, `SimpleRNN`, `RNN` or `ConvLSTM1D` to `ConvLSTM3D`",
                )
        if self.forward.go_backwards and self.backward_layer is None:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "goes backwards, which `Bidirectional` lets a copy of it do",
                at=("layer",),
                help="drop its `go_backwards`",
            )
        if self.forward.go_backwards == self.backward.go_backwards:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "must go the other way than `layer`",
                at=("backward_layer",),
                help=f"set its `go_backwards: {str(not self.forward.go_backwards).lower()}`",
            )
        for what, ours, other in self._in_common():
            if ours != other:
                raise complaint(
                    codes.CONFLICTING_ARGUMENTS,
                    f"must have the {what} of `layer`, {ours}, not {other}",
                    at=("backward_layer",),
                )
        if self.forward.stateful and self.forward.return_state:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "is stateful and returns its state, which Keras does not take in both directions",
                at=("layer",),
                help="drop its `stateful`, or its `return_state`",
            )
        return self

    def _in_common(self) -> Iterator[tuple[str, Any, Any]]:
        """What both directions must agree in: what it is, and what each of them has."""
        for argument in ("stateful", "return_sequences", "return_state"):
            yield f"`{argument}`", getattr(self.forward, argument), getattr(self.backward, argument)
        if self.forward.output_size is not None and self.backward.output_size is not None:
            yield "size of output", self.forward.output_size, self.backward.output_size
        if self.forward.return_state:
            ours, other = self.forward.state_groups, self.backward.state_groups
            yield "number of states", sum(ours), sum(other)

    @property
    def forward(self) -> Recurrence:
        """The layer that walks forwards."""
        assert isinstance(self.layer, Recurrence)
        return self.layer

    @property
    def backward(self) -> Recurrence:
        """The layer that walks backwards: a copy of the other one, where none is given."""
        if self.backward_layer is None:
            return self.forward.model_copy(update={"go_backwards": True})
        assert isinstance(self.backward_layer, Recurrence)
        return self.backward_layer

    def infer(
        self,
        sequences: TensorSpec,
        initial_state: Sequence[TensorSpec] | None = None,
        mask: TensorSpec | None = None,
    ) -> TensorSpec | tuple[TensorSpec, ...]:
        with blamed("layer"):
            forward = _listed(self.forward.infer(sequences))
        with blamed("backward_layer"):
            backward = _listed(self.backward.infer(sequences))
        self._require_alike(forward, backward)
        if initial_state is not None:
            self._require_states(initial_state, sequences)
        if mask is not None:
            require_mask(mask, sequences, axes=2, input=1 + len(initial_state or ()))
            with blamed("layer"):
                self.forward.infer(sequences, mask=mask)
        output, *states = forward
        if self.merge_mode == "concat":
            output = output.with_last_dim(times(output.last_dim, 2))
        outputs = [output, output] if self.merge_mode is None else [output]
        found = tuple(self.computed(tensor) for tensor in (*outputs, *states, *states))
        return found[0] if len(found) == 1 else found

    def _require_alike(
        self, forward: tuple[TensorSpec, ...], backward: tuple[TensorSpec, ...]
    ) -> None:
        """Refuse directions that give different shapes: Keras declares those of `layer` for both.

        Raises:
            ShapeError: argument-misfit.
        """
        for ours, other in zip(forward, backward, strict=True):
            if ours.dims != other.dims:
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    "the two directions of {node} give tensors of different shapes",
                    label=f"`layer` gives {ours}, and `backward_layer` {other}",
                    argument="backward_layer",
                    help="give it the arguments of `layer`, but for `go_backwards`",
                )

    def _require_states(self, states: Sequence[TensorSpec], sequences: TensorSpec) -> None:
        """Refuse states that are not those of `layer`, and then those of `backward_layer`.

        Raises:
            ShapeError: argument-misfit, or what `require_states` raises.
        """
        ours, other = self.forward.state_groups, self.backward.state_groups
        if len(ours) != len(other):
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                "{node} is given states, and its two directions have not as many",
                label=f"`layer` has {len(ours)}, and `backward_layer` {len(other)}",
                argument="backward_layer",
                help="Keras halves the list: make both directions layers of one type",
            )
        wanted = (*self.forward.step(sequences)[1], *self.backward.step(sequences)[1])
        require_states(states, wanted, sequences)

    def arranged(self, argument: str, tensors: list[Any]) -> list[Any]:
        """The states in the groups of both directions."""
        if argument != "initial_state":
            return tensors
        return grouped(tensors, self.forward.state_groups + self.backward.state_groups)

    def weights(
        self,
        sequences: TensorSpec,
        initial_state: Sequence[TensorSpec] | None = None,
        mask: TensorSpec | None = None,
    ) -> Weights:
        name = self.layer.default_name()
        if self.backward_layer is None:
            back = f"backward_{name}"
        else:
            back = self.backward_layer.default_name()
        return {
            **inner_weights(f"forward_{name}", self.forward, sequences),
            **inner_weights(back, self.backward, sequences),
        }

    def compute_mask(
        self, mask: Mask | Masks, sequences: TensorSpec, **further: Any
    ) -> Mask | Masks:
        """That of the steps, where they come out, for each of the outputs."""
        if not self.forward.return_sequences or isinstance(mask, tuple):
            return None
        return (mask, mask) if self.merge_mode is None else mask

    @property
    def knows_weights(self) -> bool:
        """Whether those of both directions are known."""
        return self.forward.knows_weights and self.backward.knows_weights

    def multiply_adds(
        self,
        sequences: TensorSpec,
        initial_state: Sequence[TensorSpec] | None = None,
        mask: TensorSpec | None = None,
    ) -> int | None:
        both = self.forward.multiply_adds(sequences), self.backward.multiply_adds(sequences)
        return None if None in both else sum(count for count in both if count is not None)


def _listed(found: TensorSpec | tuple[TensorSpec, ...]) -> tuple[TensorSpec, ...]:
    return found if isinstance(found, tuple) else (found,)
