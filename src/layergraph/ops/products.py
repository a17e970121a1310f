"""Products of vectors: `keras.ops` from `keras/src/ops/numpy.py`."""

from layergraph.diagnostics import codes
from layergraph.layers.rules import elements, mismatch_code, require_axis
from layergraph.objects.values import Axis
from layergraph.ops.arithmetic import refuse_truth_values, strong
from layergraph.ops.base import Op, Operand
from layergraph.ops.constants import ArrayConstant, Constant
from layergraph.ops.elementwise import OfTwo
from layergraph.ops.rules import broadcast, flat_size, samples_left_out
from layergraph.tensors import Dim, ShapeError, SizesDiffer, TensorSpec, require_equal


class Outer(OfTwo):
    """x1 × x2 for every two numbers, batch and all: any two shapes → (n, m).

    A number of the file counts as int32 or float32, and does not give way to the tensor's dtype.
    """

    def infer(self, x1: TensorSpec | None = None, x2: TensorSpec | None = None) -> TensorSpec:
        operands = self.operands(x1=x1, x2=x2)
        dims = tuple(flat_size(operand.dims) for operand in operands)
        return TensorSpec(dims, self.promoted(strong(operands)))


class Vdot(Op):
    """Sum of x1 × x2, each laid out in one axis, batch and all: two shapes of one size → ().

    A number of the file counts as int32 or float32, and does not give way to the tensor's dtype.
    """

    x1: Constant | None = None
    x2: Constant | None = None

    def infer(self, x1: TensorSpec | None = None, x2: TensorSpec | None = None) -> TensorSpec:
        first, second = operands = self.operands(x1=x1, x2=x2)
        sizes = flat_size(first.dims), flat_size(second.dims)
        try:
            require_equal(*sizes)
        except SizesDiffer:
            raise ShapeError(
                mismatch_code(*sizes),
                "{node} takes two tensors of as many numbers",
                label=f"{first.called} is {first.shape} and {second.called} is {second.shape}: "
                f"{sizes[0]} and {sizes[1]} must be equal",
                inputs=(*first.inputs, *second.inputs),
            ) from None
        return TensorSpec((), self.promoted(strong(operands)))

    def multiply_adds(
        self, x1: TensorSpec | None = None, x2: TensorSpec | None = None
    ) -> int | None:
        first, _ = self.operands(x1=x1, x2=x2)
        return elements(samples_left_out(first.dims))


class Cross(Op):
    """The vector across two: shapes that broadcast but for the axes of the vectors, of size 2 or 3.

    (…, 3), (…, 3) → (…, 3), where the axes are `axisa` of x1, `axisb` of x2 and `axisc` of what
    comes out, or `axis` of all. Of two vectors of 2 it is the third number alone: (…).
    """

    x1: ArrayConstant | None = None
    x2: ArrayConstant | None = None
    axisa: Axis = -1
    axisb: Axis = -1
    axisc: Axis = -1
    axis: Axis | None = None

    def infer(self, x1: TensorSpec | None = None, x2: TensorSpec | None = None) -> TensorSpec:
        operands = self.operands(x1=x1, x2=x2)
        dtype = refuse_truth_values(operands, self.promoted(operands))
        axes = (self.axisa, self.axisb) if self.axis is None else (self.axis, self.axis)
        names = ("axisa", "axisb") if self.axis is None else ("axis", "axis")
        sizes, rests = [], []
        for operand, given, name in zip(operands, axes, names, strict=True):
            axis = require_axis(TensorSpec(operand.dims), given, name, operand.number or 0)
            sizes.append(self._size(operand, axis))
            rests.append(operand._replace(dims=(*operand.dims[:axis], *operand.dims[axis + 1 :])))
        dims = broadcast(rests)
        vector: tuple[Dim, ...] = (3,) if 3 in sizes else ()
        place = self.axisc if self.axis is None else self.axis
        name = "axisc" if self.axis is None else "axis"
        axis = require_axis(TensorSpec((*dims, *vector)), place, name)
        return TensorSpec((*dims[:axis], *vector, *dims[axis:]), dtype)

    def _size(self, operand: Operand, axis: int) -> int:
        size = operand.dims[axis]
        if isinstance(size, int) and size in (2, 3):
            return size
        raise ShapeError(
            codes.ARGUMENT_MISFIT if isinstance(size, int) else codes.UNKNOWN_SIZE,
            f"{{node}} takes vectors of 2 or 3 numbers, and axis {axis} has {size}"
            if isinstance(size, int)
            else f"{{node}} needs to know the size of axis {axis}, which must be 2 or 3",
            label=f"{operand.called} is {operand.shape}",
            inputs=operand.inputs,
        )
