"""Losses, number by number: `keras.ops` from `keras/src/ops/nn.py`."""

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_axis, require_rank
from layergraph.objects.values import Axis
from layergraph.ops.base import Op
from layergraph.ops.constants import Number
from layergraph.ops.operand_rules import (
    require_one_dtype,
    require_operand_dtype,
    require_operand_rank,
    require_operand_sizes,
    require_same_shape,
)
from layergraph.ops.promotion import as_float
from layergraph.ops.rules import FLOATS, NUMBERS_AND_TRUTH, require_dtype
from layergraph.tensors import ShapeError, TensorSpec


class BinaryCrossentropy(Op):
    """-t log(o) - (1 - t) log(1 - o), number by number: two of one shape → the same shape.

    With `from_logits`, o is the sigmoid of `output`.
    """

    from_logits: bool = False

    def infer(self, target: TensorSpec, output: TensorSpec) -> TensorSpec:
        operands = self.operands(target=target, output=output)
        require_operand_dtype(operands[1], FLOATS)
        require_one_dtype((operands[1], operands[0]))
        require_same_shape(operands, known_alike=True)
        return output


class CategoricalCrossentropy(Op):
    """-Σ t log(o) along the last axis: two of the shape (…, classes) → (…).

    With `from_logits`, o is the softmax of `output`; without, it is made to add up to 1.
    """

    from_logits: bool = False
    axis: Axis = -1

    def infer(self, target: TensorSpec, output: TensorSpec) -> TensorSpec:
        operands = self.operands(target=target, output=output)
        require_operand_dtype(operands[1], FLOATS)
        if self.from_logits:
            require_operand_dtype(operands[0], NUMBERS_AND_TRUTH)
        else:
            require_one_dtype((operands[1], operands[0]))
        _require_last(output, self.axis)
        require_same_shape(operands, known_alike=True)
        return output.with_dims(output.dims[:-1])


class SparseCategoricalCrossentropy(Op):
    """-log(o) at the class that `target` gives: (…) or (…, 1), (…, classes) → (…).

    With `from_logits`, o is the softmax of `output`.
    """

    from_logits: bool = False
    axis: Axis = -1

    def infer(self, target: TensorSpec, output: TensorSpec) -> TensorSpec:
        places, given = self.operands(target=target, output=output)
        require_operand_dtype(given, FLOATS)
        require_operand_dtype(places, NUMBERS_AND_TRUTH)
        _require_last(output, self.axis)
        if target.rank == output.rank and target.last_dim == 1:
            places = places._replace(dims=places.dims[:-1])
        require_operand_rank(places, (output.rank - 1,), "those of `output` but the classes")
        for axis in range(output.rank - 1):
            message = f"`target` and `output` of {{node}} differ on axis {axis}"
            require_operand_sizes((given, axis), (places, axis), message, known_alike=True)
        return output.with_dims(output.dims[:-1])


class Psnr(Op):
    """How much larger than their difference two may be, in decibels: of one shape → one number.

    20 log10(`max_val`) - 10 log10(mean of (x1 - x2)²), over the whole batch.
    """

    max_val: Number

    def infer(self, x1: TensorSpec, x2: TensorSpec) -> TensorSpec:
        operands = self.operands(x1=x1, x2=x2)
        require_dtype(x1, (*FLOATS, "int32", "int64"))
        require_one_dtype(operands)
        require_same_shape(operands)
        if not x1.is_float and isinstance(self.max_val, float):
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`max_val` of {{node}} is {self.max_val}, which is no {x1.dtype}",
                label=f"{{0}} is {x1.dtype}",
                argument="max_val",
                help="give a whole number, or put `ops.cast` with `dtype: float32` before {node}",
            )
        return TensorSpec((), as_float(x1.dtype))


def _require_last(output: TensorSpec, axis: int) -> None:
    """Keras takes the classes to be on the last axis, whatever it is told."""
    require_rank(output, at_least=1, input=1)
    if require_axis(output, axis, input=1) != output.rank - 1:
        raise ShapeError(
            codes.ARGUMENT_MISFIT,
            f"`axis` of {{node}} is {axis}, and Keras takes classes along its last axis alone",
            label=f"{{1}} is {output}",
            inputs=(1,),
            argument="axis",
            help="`ops.moveaxis` before {node} puts the classes there",
        )
