"""Products of tensors: `keras.ops` from `keras/src/ops/numpy.py`."""

from layergraph.diagnostics import codes
from layergraph.layers.rules import elements, mismatch_code
from layergraph.ops.argument_types import ContractedAxes
from layergraph.ops.arithmetic import refuse_truth_values
from layergraph.ops.base import Op, Operand
from layergraph.ops.constants import Constant
from layergraph.ops.rules import broadcast, samples_left_out
from layergraph.tensors import (
    Dim,
    ShapeError,
    SizesDiffer,
    TensorSpec,
    require_equal,
)


class _Product(Op):
    """The base of products of two, each of which is a tensor or a constant."""

    x1: Constant | None = None
    x2: Constant | None = None

    def multiply_adds(
        self, x1: TensorSpec | None = None, x2: TensorSpec | None = None
    ) -> int | None:
        output = self.infer(x1, x2)
        first, second = self.operands(x1=x1, x2=x2)
        assert isinstance(output, TensorSpec)
        contracted = tuple(first.dims[axis] for axis in self._contracted(first, second)[0])
        return elements(samples_left_out((*output.dims, *contracted)))

    def infer(self, x1: TensorSpec | None = None, x2: TensorSpec | None = None) -> TensorSpec:
        raise NotImplementedError

    def _contracted(
        self, first: Operand, second: Operand
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The axes of each along which products are summed up: here the last, and one before it."""
        if not first.dims or not second.dims:
            return (), ()
        return (len(first.dims) - 1,), (max(len(second.dims) - 2, 0),)


class Matmul(_Product):
    """Product of matrices, the last two axes of each: (…, n, k), (…, k, m) → (…, n, m).

    A vector counts as a row on the left, and as a column on the right.
    """

    def infer(self, x1: TensorSpec | None = None, x2: TensorSpec | None = None) -> TensorSpec:
        operands = self.operands(x1=x1, x2=x2)
        first, second = operands
        for operand in operands:
            if not operand.dims:
                raise ShapeError(
                    codes.WRONG_RANK,
                    f"{{node}} needs a vector or matrices, and `{operand.name}` is a single number",
                    inputs=operand.inputs,
                    argument=None if operand.inputs else operand.name,
                    help="`ops.multiply` multiplies by a number",
                )
        bytes_alone = first.dtype == second.dtype == "int8" and 1 not in map(
            len, (first.dims, second.dims)
        )
        dtype = "int32" if bytes_alone else self.promoted(operands)
        _require_contractible(first, second, self._contracted(first, second))
        leading = broadcast([operand._replace(dims=operand.dims[:-2]) for operand in operands])
        rows, columns = first.dims[-2:-1], second.dims[-1:] if len(second.dims) > 1 else ()
        return TensorSpec((*leading, *rows, *columns), dtype)


class Dot(_Product):
    """Sum of products along the last axis of one and the last but one of the other.

    (…, k), (…, k, m) → (…, …, m), or along the only axis of a vector: (…, k), (k,) → (…). A single
    number multiplies all.
    """

    def infer(self, x1: TensorSpec | None = None, x2: TensorSpec | None = None) -> TensorSpec:
        operands = self.operands(x1=x1, x2=x2)
        first, second = operands
        dtype = self.promoted(operands)
        if not first.dims or not second.dims:
            return TensorSpec(broadcast(operands), refuse_truth_values(operands, dtype))
        (left,), (right,) = axes = self._contracted(first, second)
        _require_contractible(first, second, axes)
        if len(second.dims) == 1 < len(first.dims):
            _require_known_alike(first, second, left, right)
        dims = (*first.dims[:-1], *second.dims[:right], *second.dims[right + 1 :])
        return TensorSpec(dims, dtype)


class Tensordot(_Product):
    """Sum of products along `axes` of each, or the last of one and the first of the other.

    (a, b, k), (k, c, d) with `axes: 1` → (a, b, c, d).
    """

    axes: ContractedAxes = 2

    def infer(self, x1: TensorSpec | None = None, x2: TensorSpec | None = None) -> TensorSpec:
        operands = self.operands(x1=x1, x2=x2)
        first, second = operands
        dtype = self.promoted(operands)
        axes = self._contracted(first, second)
        _require_contractible(first, second, axes)
        kept = (
            size
            for operand, gone in zip(operands, axes, strict=True)
            for axis, size in enumerate(operand.dims)
            if axis not in gone
        )
        return TensorSpec(tuple(kept), dtype)

    def _contracted(
        self, first: Operand, second: Operand
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        left, right = len(first.dims), len(second.dims)
        if isinstance(self.axes, int):
            given = (tuple(range(left - self.axes, left)), tuple(range(self.axes)))
            sound = self.axes <= min(left, right)
        else:
            given = (
                tuple(axis % left if -left <= axis < left else -1 for axis in self.axes[0]),
                tuple(axis % right if -right <= axis < right else -1 for axis in self.axes[1]),
            )
            sound = all(-1 not in axes and len(set(axes)) == len(axes) for axes in given)
        if sound:
            return given
        raise ShapeError(
            codes.ARGUMENT_MISFIT,
            "`axes` of {node} names axes that are not there, or one twice",
            label=f"{first.called} is {first.shape} and {second.called} is {second.shape}",
            inputs=(*first.inputs, *second.inputs),
            argument="axes",
        )


def _require_contractible(
    first: Operand, second: Operand, axes: tuple[tuple[int, ...], tuple[int, ...]]
) -> None:
    """Along each pair of axes the sizes can be equal."""
    for left, right in zip(*axes, strict=True):
        size, other = first.dims[left], second.dims[right]
        try:
            require_equal(size, other)
        except SizesDiffer:
            raise _differ(first, second, size, other) from None


def _require_known_alike(first: Operand, second: Operand, left: int, right: int) -> None:
    """Keras takes a known size beside an unknown one for two that differ, for a vector here."""
    size, other = first.dims[left], second.dims[right]
    if isinstance(size, int) != isinstance(other, int):
        raise _differ(first, second, size, other)


def _differ(first: Operand, second: Operand, size: Dim, other: Dim) -> ShapeError:
    return ShapeError(
        mismatch_code(size, other),
        "{node} sums products along two axes, whose sizes differ",
        label=f"{first.called} is {first.shape} and {second.called} is {second.shape}: "
        f"{size} and {other} must be equal",
        inputs=(*first.inputs, *second.inputs),
    )
