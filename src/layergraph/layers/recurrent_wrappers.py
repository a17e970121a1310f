"""Layers around a layer, along time: `keras.layers` from `keras/src/layers/rnn`."""

# ruff: noqa: ARG002  (every rule takes all tensors of the call)

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import CallArguments, Layer, Training, Weight, Weights
from layergraph.layers.catalog import LAYERS
from layergraph.layers.custom_layer import CustomLayer
from layergraph.layers.recurrent import Recurrent, require_states
from layergraph.layers.rules import elements, require_mask, require_rank
from layergraph.objects.base import Checked, complaint
from layergraph.objects.declared import CustomObject
from layergraph.tensors import ShapeError, TensorSpec


def _layer(value: Any) -> Any:
    """A layer as ``{type: LSTM, …}``, or as its name where that says it all."""
    layer = LAYERS.resolve({"type": value} if isinstance(value, str) else value)
    return CustomLayer.of(layer.declared, layer.given) if isinstance(layer, CustomObject) else layer


LayerArgument = Annotated[Layer, Checked(_layer)]


class Bidirectional(Layer):
    """A recurrent layer along time in both directions: (batch, time, features) → what it gives.

    The two outputs are joined along the last axis, so that `units` doubles, or added, averaged or
    multiplied; with `merge_mode: null` both come out. The states of both come after. Schuster and
    Paliwal, "Bidirectional Recurrent Neural Networks" (1997).
    """

    layer: LayerArgument
    merge_mode: Literal["concat", "sum", "ave", "mul"] | None = "concat"
    initial_weights: list[Any] | None = Field(default=None, alias="weights")
    backward_layer: LayerArgument | None = None

    Call: ClassVar[type[CallArguments]] = Training

    @model_validator(mode="after")
    def _check_directions(self) -> Self:
        for argument, layer in (("layer", self.layer), ("backward_layer", self.backward_layer)):
            if layer is not None and not isinstance(layer, Recurrent):
                raise complaint(
                    codes.NOT_A_CHOICE,
                    f"must be a recurrent layer, not `{layer.type_name()}`",
                    at=(argument,),
                    help="choose `SimpleRNN`, `LSTM` or `GRU`",
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
        for argument in ("stateful", "return_sequences", "return_state", "units", "states"):
            ours, other = getattr(self.forward, argument), getattr(self.backward, argument)
            if ours == other or (argument == "states" and not self.forward.return_state):
                continue
            what = "number of states" if argument == "states" else f"`{argument}`"
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must have the {what} of `layer`, {ours}, not {other}",
                at=("backward_layer",),
            )
        return self

    @property
    def forward(self) -> Recurrent:
        """The layer that walks forwards."""
        assert isinstance(self.layer, Recurrent)
        return self.layer

    @property
    def backward(self) -> Recurrent:
        """The layer that walks backwards: a copy of the other one, where none is given."""
        if self.backward_layer is None:
            return self.forward.model_copy(update={"go_backwards": True})
        assert isinstance(self.backward_layer, Recurrent)
        return self.backward_layer

    def infer(
        self,
        sequences: TensorSpec,
        initial_state: Sequence[TensorSpec] | None = None,
        mask: TensorSpec | None = None,
    ) -> TensorSpec | tuple[TensorSpec, ...]:
        for argument, layer in (("layer", self.forward), ("backward_layer", self.backward)):
            with _blamed(argument):
                layer.require_sequences(sequences)
        if initial_state is not None:
            count = self.forward.states + self.backward.states
            require_states(initial_state, sequences, self.forward.units, count)
        if mask is not None:
            require_mask(mask, sequences, axes=2, input=1 + len(initial_state or ()))
        given = self.forward.infer(sequences)
        output, *states = given if isinstance(given, tuple) else (given,)
        if self.merge_mode == "concat":
            output = output.with_last_dim(2 * self.forward.units)
        outputs = [output, output] if self.merge_mode is None else [output]
        found = tuple(self.computed(tensor) for tensor in (*outputs, *states, *states))
        return found[0] if len(found) == 1 else found

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
            **_inner_weights(f"forward_{name}", self.forward, sequences),
            **_inner_weights(back, self.backward, sequences),
        }

    def multiply_adds(
        self,
        sequences: TensorSpec,
        initial_state: Sequence[TensorSpec] | None = None,
        mask: TensorSpec | None = None,
    ) -> int | None:
        both = self.forward.multiply_adds(sequences), self.backward.multiply_adds(sequences)
        return None if None in both else sum(count for count in both if count is not None)


class TimeDistributed(Layer):
    """A layer at every step of time, with the same weights: (batch, time, …) → (batch, time, …).

    What follows the time is what the layer gives for (batch, …).
    """

    layer: LayerArgument

    Call: ClassVar[type[CallArguments]] = Training

    @model_validator(mode="after")
    def _check_layer(self) -> Self:
        first, *others = self.layer.tensor_arguments()
        if first.many or any(argument.required for argument in others):
            raise complaint(
                codes.NOT_A_CHOICE,
                f"must be a layer of one tensor, not `{self.layer.type_name()}`",
                at=("layer",),
            )
        return self

    def infer(self, inputs: TensorSpec, mask: TensorSpec | None = None) -> TensorSpec:
        require_rank(inputs, at_least=3, layout="(batch, time, …)")
        if mask is not None:
            require_mask(mask, inputs, axes=2, input=1)
        with _blamed("layer"):
            output = self.layer.infer(_step(inputs), **_defaults(self.layer))
        if isinstance(output, tuple):
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                "{node} cannot repeat a layer that gives several tensors",
                label=f"`{self.layer.type_name()}` gives {len(output)}",
                argument="layer",
            )
        return self.computed(output.with_dims((output.dims[0], inputs.dims[1], *output.dims[1:])))

    def weights(self, inputs: TensorSpec, mask: TensorSpec | None = None) -> Weights:
        return _inner_weights(self.layer.default_name(), self.layer, _step(inputs))

    @property
    def knows_weights(self) -> bool:
        """Whether those of its layer are known."""
        return self.layer.knows_weights

    def multiply_adds(self, inputs: TensorSpec, mask: TensorSpec | None = None) -> int | None:
        each = self.layer.multiply_adds(_step(inputs), **_defaults(self.layer))
        return None if each is None else elements(inputs.dims[1:2], times=each)


def _step(inputs: TensorSpec) -> TensorSpec:
    return inputs.with_dims((inputs.dims[0], *inputs.dims[2:]))


def _defaults(layer: Layer) -> dict[str, Any]:
    """The arguments of the layer's own call, which nobody can give."""
    return {"call": layer.Call()} if layer.infers_from_call() else {}


def _inner_weights(name: str, layer: Layer, inputs: TensorSpec) -> Weights:
    """The weights of a layer in a wrapper, which keep its dtype."""
    return {
        (f"{name}/{path}" if layer.names_weights else path): Weight(
            weight.shape,
            weight.trainable and not layer.frozen,
            weight.dtype or layer.variable_dtype,
        )
        for path, weight in layer.weights(inputs, **_defaults(layer)).items()
    }


@contextmanager
def _blamed(argument: str) -> Iterator[None]:
    """Blame an argument of the wrapper for what is wrong with one of the layer's in it."""
    try:
        yield
    except ShapeError as error:
        if error.argument is not None:
            error.argument = argument
        raise
