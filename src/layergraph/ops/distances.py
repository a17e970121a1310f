"""Distances and places: `keras.ops` from `keras/src/ops/math.py` and `numpy.py`."""

from typing import Literal

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_rank
from layergraph.objects.values import PositiveInt
from layergraph.ops.base import Op
from layergraph.ops.constants import ArrayConstant
from layergraph.ops.operand_rules import (
    require_one_dtype,
    require_operand_dtype,
    require_operand_rank,
    require_operand_sizes,
)
from layergraph.ops.promotion import as_float
from layergraph.ops.rules import FLOATS, NUMBERS, broadcast
from layergraph.tensors import ShapeError, TensorSpec


class Cdist(Op):
    """Distances of every vector of x to every one of y: (…, n, d), (…, m, d) → (…, n, m)."""

    x: ArrayConstant | None = None
    y: ArrayConstant | None = None

    def infer(self, x: TensorSpec | None = None, y: TensorSpec | None = None) -> TensorSpec:
        operands = self.operands(x=x, y=y)
        first, second = operands
        for operand in operands:
            require_operand_dtype(operand, (*FLOATS, "int32", "int64"))
            if len(operand.dims) < 2:
                raise ShapeError(
                    codes.WRONG_RANK,
                    f"`{operand.name}` of {{node}} needs at least 2 axes, (…, vectors, numbers)",
                    label=f"{operand.called} is {operand.shape}",
                    inputs=operand.inputs,
                    argument=None if operand.inputs else operand.name,
                )
        require_one_dtype(operands)
        message = "the vectors of `x` and `y` of {node} have different numbers of numbers"
        require_operand_sizes((first, -1), (second, -1), message)
        leading = broadcast([operand._replace(dims=operand.dims[:-2]) for operand in operands])
        return TensorSpec((*leading, first.dims[-2], second.dims[-2]), as_float(first.dtype))


class Searchsorted(Op):
    """Where in a sorted vector each of `values` would go: (n,), (k,) → (k,).

    Before what is equal, or with `side: right` behind it.
    """

    sorted_sequence: ArrayConstant | None = None
    values: ArrayConstant | None = None
    side: Literal["left", "right"] = "left"

    def infer(
        self, sorted_sequence: TensorSpec | None = None, values: TensorSpec | None = None
    ) -> TensorSpec:
        operands = self.operands(sorted_sequence=sorted_sequence, values=values)
        sequence, places = operands
        for operand in operands:
            require_operand_dtype(operand, NUMBERS)
            require_operand_rank(operand, (1,), "as a vector has")
        require_one_dtype(operands)
        if not isinstance(sequence.dims[0], int):
            raise ShapeError(
                codes.UNKNOWN_SIZE,
                "{node} needs to know the size of `sorted_sequence`",
                label=f"{sequence.called} is {sequence.shape}",
                inputs=sequence.inputs,
                help="give it as a constant: `sorted_sequence: […]`",
            )
        return TensorSpec(places.dims, "int32")


class InTopK(Op):
    """Whether a class is among the `k` with the largest predictions: (n,), (n, c) → (n,)."""

    k: PositiveInt

    def infer(self, targets: TensorSpec, predictions: TensorSpec) -> TensorSpec:
        places, given = self.operands(targets=targets, predictions=predictions)
        require_operand_dtype(places, ("int32", "int64"))
        require_operand_dtype(given, ("float32",))
        require_rank(targets, 1)
        require_rank(predictions, 2, layout="(batch, classes)", input=1)
        message = "`targets` and `predictions` of {node} are of two batches"
        require_operand_sizes((places, 0), (given, 0), message)
        return targets.with_dtype("bool")
