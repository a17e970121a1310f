"""What walks along a sequence, whatever it does at a step; and the states that it carries."""

# ruff: noqa: ARG002  (every rule takes all tensors of the call)

from collections.abc import Sequence
from typing import Any, ClassVar

from layergraph.diagnostics import codes
from layergraph.layers.base import CallArguments, Layer, Mask, Masks, Training
from layergraph.layers.rules import (
    elements,
    require_mask,
    require_numbers,
    require_rank,
    require_same_size,
)
from layergraph.objects.values import FloatDType
from layergraph.tensors import ShapeError, SizesDiffer, TensorSpec, require_equal


class RecurrentCall(Training):
    """Whether dropout is at work."""

    training: bool | None = False


class Recurrence(Layer):
    """The base of what walks along a sequence: (batch, time, …) → what the last step gives.

    With `return_sequences` it gives what every step gives, (batch, time, …); with `return_state`
    the last states follow. A subclass says what a step is given, gives and costs.
    """

    supports_masking = True

    return_sequences: bool = False
    return_state: bool = False
    go_backwards: bool = False
    stateful: bool = False
    unroll: bool = False
    zero_output_for_mask: bool = False
    dtype: FloatDType | None = None

    Call: ClassVar[type[CallArguments]] = RecurrentCall

    @property
    def state_groups(self) -> tuple[int, ...]:
        """How many states there are, one by one: a group of several is a list in Keras."""
        raise NotImplementedError

    @property
    def output_size(self) -> int | None:
        """How many features or channels come out, where that is known without a tensor."""
        raise NotImplementedError

    def step(self, sequences: TensorSpec) -> tuple[TensorSpec, tuple[TensorSpec, ...]]:
        """What a step gives, and the states after it."""
        raise NotImplementedError

    def multiply_adds_of_step(self, sequences: TensorSpec) -> int | None:
        """The multiply-adds of one step, for one sample."""
        raise NotImplementedError

    def infer(
        self,
        sequences: TensorSpec,
        initial_state: Sequence[TensorSpec] | None = None,
        mask: TensorSpec | None = None,
    ) -> TensorSpec | tuple[TensorSpec, ...]:
        self.require_sequences(sequences)
        output, states = self.step(sequences)
        output, *states_after = (self.computed(tensor) for tensor in (output, *states))
        if initial_state is not None:
            require_states(initial_state, states, sequences)
        if mask is not None:
            require_mask(mask, sequences, axes=2, input=1 + len(initial_state or ()))
        if self.return_sequences:
            batch, *sizes = output.dims
            output = output.with_dims((batch, sequences.dims[1], *sizes))
        return (output, *states_after) if self.return_state else output

    def multiply_adds(
        self,
        sequences: TensorSpec,
        initial_state: Sequence[TensorSpec] | None = None,
        mask: TensorSpec | None = None,
    ) -> int | None:
        each = self.multiply_adds_of_step(sequences)
        return None if each is None else elements(sequences.dims[1:2], times=each)

    def compute_mask(
        self, mask: Mask | Masks, sequences: TensorSpec, **further: Any
    ) -> Mask | Masks:
        """That of the steps, where they come out; states have none."""
        return mask if self.return_sequences else None

    def arranged(self, argument: str, tensors: list[Any]) -> list[Any]:
        """The states in their groups."""
        return grouped(tensors, self.state_groups) if argument == "initial_state" else tensors

    def require_sequences(self, sequences: TensorSpec) -> None:
        """Refuse what it cannot walk along.

        Raises:
            ShapeError: wrong-dtype, wrong-rank, unknown-size, or argument-misfit.
        """
        require_numbers(sequences)
        self.require_axes(sequences)
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

    def require_axes(self, sequences: TensorSpec) -> None:
        """Refuse a tensor whose axes it cannot use.

        Raises:
            ShapeError: wrong-rank, unknown-size, wrong-dtype.
        """
        require_features_in_time(sequences)


def require_features_in_time(sequences: TensorSpec) -> None:
    """Refuse what is not (batch, time, features).

    Raises:
        ShapeError: wrong-rank.
    """
    require_rank(
        sequences,
        3,
        layout="(batch, time, features)",
        help="make steps of it: `Embedding` for tokens, else `Reshape` to [time, features]"
        if sequences.rank == 2
        else "bring it to one axis of features: `TimeDistributed` with `{type: Flatten}`",
    )


def step_of(sequences: TensorSpec) -> TensorSpec:
    """A sequence without its time."""
    return sequences.with_dims((sequences.dims[0], *sequences.dims[2:]))


def grouped(states: list[Any], groups: Sequence[int]) -> list[Any]:
    """States one after another → in groups, each a list where it has more than one."""
    found: list[Any] = []
    start = 0
    for size in groups:
        found.append(states[start] if size == 1 else list(states[start : start + size]))
        start += size
    return found


def require_states(
    states: Sequence[TensorSpec],
    wanted: Sequence[TensorSpec],
    inputs: TensorSpec,
    argument: str = "initial_state",
) -> None:
    """Refuse states that are not what a layer carries on; Keras fails with them when it runs.

    Args:
        states: what is given.
        wanted: what the states have to be.
        inputs: the first tensor of the call, whose batch they share.
        argument: the argument of the call that they are.

    Raises:
        ShapeError: wrong-number-of-tensors, wrong-dtype, wrong-rank, shape-mismatch.
    """
    numbers = tuple(range(1, 1 + len(states)))
    if len(states) != len(wanted):
        tensors = "1 tensor" if len(wanted) == 1 else f"{len(wanted)} tensors"
        raise ShapeError(
            codes.WRONG_NUMBER_OF_TENSORS,
            f"{{node}} needs {tensors} as `{argument}`, and is given {len(states)}",
            inputs=numbers or (0,),
            help=f"name {tensors} in `{argument}`: {', '.join(map(str, wanted))}",
        )
    for number, state, whole in zip(numbers, states, wanted, strict=True):
        require_numbers(state, input=number)
        require_rank(state, whole.rank, layout=str(whole), input=number)
        require_same_size((inputs, 0, 0), (state, 0, number), "inputs of {node} differ on axis 0")
        for axis in range(1, whole.rank):
            _require_size(state, whole, axis, number)


def _require_size(state: TensorSpec, wanted: TensorSpec, axis: int, number: int) -> None:
    size, has = wanted.dims[axis], state.dims[axis]
    try:
        require_equal(size, has)
    except SizesDiffer:
        raise ShapeError(
            codes.SHAPE_MISMATCH,
            f"a state that {{node}} is given is not {wanted}, as its own are",
            label=f"{{{number}}} is {state}: {size} and {has} must be equal",
            inputs=(number,),
        ) from None
