"""Numbers put at places: `keras.ops` from `keras/src/ops/core.py`."""

from typing import Literal

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_rank
from layergraph.ops.argument_types import Shape, Starts
from layergraph.ops.base import Op, Operand
from layergraph.ops.constants import ArrayConstant
from layergraph.ops.operand_rules import (
    require_one_dtype,
    require_operand_dtype,
    require_operand_rank,
    require_operand_sizes,
)
from layergraph.ops.rules import ANYTHING, NUMBERS, NUMBERS_AND_TRUTH, require_dtype
from layergraph.tensors import Dim, ShapeError, TensorSpec

_INDICES = ("int32", "int64")


class Scatter(Op):
    """`values` at `indices` in a tensor of the shape `shape`, and 0 elsewhere.

    (…, k), (…, b) → shape, where an index has k numbers, for the first k axes, and b are the axes
    that are left. Values at one place are added up.
    """

    shape: Shape

    def infer(self, indices: TensorSpec, values: TensorSpec) -> TensorSpec:
        places, given = self.operands(indices=indices, values=values)
        require_operand_dtype(places, _INDICES)
        require_operand_dtype(given, ANYTHING)
        target = Operand("shape", self.shape, values.dtype)
        _require_updates(target, places, given)
        return TensorSpec(self.shape, values.dtype)


class ScatterUpdate(Op):
    """`inputs`, with `updates` at `indices`: (a, b), (n, k), (n, …) → (a, b).

    An index has k numbers, for the first k axes. With `reduction`, what is there is added to,
    multiplied, or kept where it is more or less.
    """

    indices: ArrayConstant | None = None
    updates: ArrayConstant | None = None
    reduction: Literal["add", "max", "min", "mul"] | None = None

    def infer(
        self,
        inputs: TensorSpec,
        indices: TensorSpec | None = None,
        updates: TensorSpec | None = None,
    ) -> TensorSpec:
        target, places, given = self.operands(inputs=inputs, indices=indices, updates=updates)
        accepted = {None: ANYTHING, "mul": NUMBERS}
        require_dtype(inputs, accepted.get(self.reduction, NUMBERS))
        require_operand_dtype(places, _INDICES)
        require_one_dtype((target, given))
        if self.reduction == "mul":
            require_operand_rank(places, (2,), "(updates, numbers of an index)")
        _require_updates(target, places, given)
        return inputs


class SliceUpdate(Op):
    """`inputs`, with `updates` from `start_indices` on: (a, b), (c, d) → (a, b)."""

    start_indices: Starts
    updates: ArrayConstant | None = None

    def infer(self, inputs: TensorSpec, updates: TensorSpec | None = None) -> TensorSpec:
        require_dtype(inputs, NUMBERS_AND_TRUTH)
        require_rank(inputs, len(self.start_indices), help="give a start for every axis")
        target, given = self.operands(inputs=inputs, updates=updates)
        require_one_dtype((target, given))
        require_operand_rank(given, (inputs.rank,), f"as {target.called} has")
        for axis, (size, part, start) in enumerate(
            zip(inputs.dims, given.dims, self.start_indices, strict=True)
        ):
            if isinstance(size, int) and isinstance(part, int) and start + part > size:
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    f"{{node}} reaches beyond its input on axis {axis}",
                    label=f"{target.called} is {target.shape}: from {start} on, "
                    f"{max(size - start, 0)} are left for {part}",
                    argument="start_indices",
                )
        return inputs


def _require_updates(target: Operand, places: Operand, updates: Operand) -> None:
    """There is an update for each index, of the sizes that the index leaves."""
    if len(places.dims) < 2:
        raise ShapeError(
            codes.WRONG_RANK,
            "the indices of {node} need at least 2 axes, (updates, numbers of an index)",
            label=f"{places.called} is {places.shape}",
            inputs=places.inputs,
            argument=None if places.inputs else places.name,
            help="`ops.expand_dims` with `axis: -1` makes indices of single numbers",
        )
    left = target.dims[_depth(target, places) :]
    wanted: tuple[Dim, ...] = (*places.dims[:-1], *left)
    expected = Operand(f"{places.name}", wanted, updates.dtype, places.number)
    require_operand_rank(
        updates,
        (len(wanted),),
        f"{len(places.dims) - 1} for the indices and {len(left)} that an index leaves",
    )
    for axis in range(len(wanted)):
        message = f"`{updates.name}` of {{node}} does not fit on axis {axis}: it has to be " + str(
            TensorSpec(wanted)
        )
        require_operand_sizes((expected, axis), (updates, axis), message)


def _depth(target: Operand, places: Operand) -> int:
    """The number of numbers of an index."""
    depth = places.dims[-1]
    if isinstance(depth, int) and 1 <= depth <= len(target.dims):
        return depth
    raise ShapeError(
        codes.SHAPE_MISMATCH,
        f"an index of {{node}} has {depth or 'no known number of'} numbers, and "
        f"`{target.name}` {len(target.dims)} axes",
        label=f"{places.called} is {places.shape} and {target.called} is {target.shape}",
        inputs=(*target.inputs, *places.inputs),
        help="the last axis of the indices has a number for each of the first axes",
    )
