"""Sequences whose places in a signal are not known: `keras.ops` from `keras/src/ops/nn.py`."""

from typing import Literal

from layergraph.layers.rules import require_rank
from layergraph.objects.values import NonNegativeInt, PositiveInt
from layergraph.ops.base import Op
from layergraph.ops.operand_rules import (
    require_operand_dtype,
    require_operand_rank,
    require_operand_sizes,
)
from layergraph.ops.promotion import result_type
from layergraph.ops.rules import NUMBERS_AND_TRUTH, require_dtype
from layergraph.tensors import TensorSpec

_LENGTHS = ("int32", "int64", "int8", "uint8")


class CtcLoss(Op):
    """Loss of transcribing a signal, for each sample.

    (batch, labels), (batch, steps, classes), (batch,), (batch,) → (batch,). The last two say how
    many labels and steps count. `mask_index` is the class that stands for no label. Graves et al.,
    "Connectionist temporal classification" (2006).
    """

    mask_index: NonNegativeInt = 0

    def infer(
        self,
        target: TensorSpec,
        output: TensorSpec,
        target_length: TensorSpec,
        output_length: TensorSpec,
    ) -> TensorSpec:
        labels, signal, *lengths = self.operands(
            target=target, output=output, target_length=target_length, output_length=output_length
        )
        require_operand_dtype(labels, NUMBERS_AND_TRUTH)
        require_operand_rank(labels, (2,), "(batch, labels)")
        require_operand_dtype(signal, NUMBERS_AND_TRUTH)
        require_operand_rank(signal, (3,), "(batch, steps, classes)")
        for length, accepted in zip(lengths, (_LENGTHS, NUMBERS_AND_TRUTH), strict=True):
            require_operand_dtype(length, accepted)
            require_operand_rank(length, (1,), "(batch,)")
        for other in (labels, *lengths):
            message = f"`output` and `{other.name}` of {{node}} are of two batches"
            require_operand_sizes((signal, 0), (other, 0), message, known_alike=True)
        return TensorSpec(target.dims[:1], result_type(output.dtype, "float32"))


class CtcDecode(Op):
    """The likeliest labels of a signal, and how likely they are.

    (batch, steps, classes), (batch,) → (paths, batch, steps), (batch, paths), where paths are
    `top_paths` of a beam search, or one. -1 is no label. The second tensor says how many steps
    count, and `mask_index` is the class that stands for no label.
    """

    strategy: Literal["greedy", "beam_search"] = "greedy"
    beam_width: PositiveInt = 100
    top_paths: PositiveInt = 1
    merge_repeated: bool = True
    mask_index: NonNegativeInt = 0

    def infer(
        self, inputs: TensorSpec, sequence_lengths: TensorSpec
    ) -> tuple[TensorSpec, TensorSpec]:
        require_dtype(inputs, NUMBERS_AND_TRUTH)
        require_rank(inputs, 3, layout="(batch, steps, classes)")
        signal, lengths = self.operands(inputs=inputs, sequence_lengths=sequence_lengths)
        require_operand_dtype(lengths, NUMBERS_AND_TRUTH)
        require_operand_rank(lengths, (1,), "(batch,)")
        message = "`inputs` and `sequence_lengths` of {node} are of two batches"
        require_operand_sizes((signal, 0), (lengths, 0), message)
        paths = 1 if self.strategy == "greedy" else self.top_paths
        batch, steps, _ = inputs.dims
        return (
            TensorSpec((paths, batch, steps), "int32"),
            TensorSpec((batch, paths), result_type(inputs.dtype, "float32")),
        )
