"""Segments of a tensor, by their numbers: `keras.ops` from `keras/src/ops/math.py`."""

from typing import ClassVar, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_rank
from layergraph.objects.base import complaint
from layergraph.objects.values import PositiveInt
from layergraph.ops.base import Op
from layergraph.ops.operand_rules import (
    require_operand_dtype,
    require_operand_rank,
    require_operand_sizes,
)
from layergraph.ops.rules import NUMBERS, require_dtype
from layergraph.tensors import Dim, TensorSpec


class _OfSegments(Op):
    """The base of what reduces all that has the same number in `segment_ids`.

    (n, …), (n,) → (num_segments, …). Where they are sorted, there are as many as the numbers say.
    """

    takes_ids: ClassVar[tuple[str, ...]] = ("int32", "int64")

    num_segments: PositiveInt | None = None
    sorted: bool = False

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if self.sorted and self.num_segments is not None:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "cannot be combined with `sorted: true`",
                at=("num_segments",),
                help="drop one of the two",
            )
        if not self.sorted and self.num_segments is None:
            raise complaint(
                codes.MISSING_ARGUMENT,
                f"is missing, which {self.called()} needs unless the segments are sorted",
                at=("num_segments",),
                help="add `num_segments: …`",
            )
        return self

    def infer(self, data: TensorSpec, segment_ids: TensorSpec) -> TensorSpec:
        require_dtype(data, NUMBERS)
        require_rank(data, at_least=1)
        numbers, ids = self.operands(data=data, segment_ids=segment_ids)
        require_operand_dtype(ids, self.takes_ids)
        require_operand_rank(ids, (1,), "a number for each place on axis 0 of `data`")
        message = "`segment_ids` of {node} is not of the size of axis 0 of `data`"
        require_operand_sizes((numbers, 0), (ids, 0), message)
        made: Dim = self.num_segments
        return data.with_dims((made, *data.dims[1:]))


class SegmentSum(_OfSegments):
    """Sum of what has one number in `segment_ids`: (n, …), (n,) → (num_segments, …). Of none 0.

    Without `num_segments` the numbers have to be `sorted`, and their last one says how many.
    """

    takes_ids: ClassVar[tuple[str, ...]] = ("int16", "int32", "int64")


class SegmentProd(_OfSegments):
    """Product of what has one number in `segment_ids`: (n, …), (n,) → (num_segments, …). Of none 1.

    Without `num_segments` the numbers have to be `sorted`, and their last one says how many.
    """


class SegmentMax(_OfSegments):
    """Largest of what has one number in `segment_ids`: (n, …), (n,) → (num_segments, …).

    Without `num_segments` the numbers have to be `sorted`, and their last one says how many.
    """


class SegmentMin(_OfSegments):
    """Least of what has one number in `segment_ids`: (n, …), (n,) → (num_segments, …).

    Without `num_segments` the numbers have to be `sorted`, and their last one says how many.
    """
