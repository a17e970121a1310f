"""Normalizations by what is given: `keras.ops` from `keras/src/ops/nn.py`."""

from typing import ClassVar

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_axes, require_axis, require_rank
from layergraph.objects.values import Axes, Axis, NonNegative
from layergraph.ops.base import Op, Operand
from layergraph.ops.constants import ArrayConstant
from layergraph.ops.operand_rules import (
    require_broadcasts_to,
    require_one_dtype,
    require_operand_dtype,
    require_operand_rank,
    require_operand_sizes,
)
from layergraph.ops.rules import FLOATS, NUMBERS, NUMBERS_AND_TRUTH, require_dtype
from layergraph.tensors import ShapeError, TensorSpec


class BatchNormalization(Op):
    """(x - mean) / √(variance + `epsilon`) × scale + offset: any shape → the same shape.

    Mean, variance, scale and offset are vectors of the size of axis `axis`, in one dtype, which
    need not be that of x. Without `scale`, Keras takes no `offset`.
    """

    may_be_left_out: ClassVar[tuple[str, ...]] = ("offset", "scale")

    axis: Axis
    mean: ArrayConstant | None = None
    variance: ArrayConstant | None = None
    offset: ArrayConstant | None = None
    scale: ArrayConstant | None = None
    epsilon: NonNegative = 0.001

    def infer(
        self,
        x: TensorSpec,
        mean: TensorSpec | None = None,
        variance: TensorSpec | None = None,
        offset: TensorSpec | None = None,
        scale: TensorSpec | None = None,
    ) -> TensorSpec:
        require_dtype(x, NUMBERS)
        axis = require_axis(x, self.axis)
        whole, *vectors = self.operands(
            x=x, mean=mean, variance=variance, offset=offset, scale=scale
        )
        for vector in vectors:
            require_operand_rank(vector, (1,), "as a vector has")
            message = f"`{vector.name}` of {{node}} is not of the size of axis {axis}"
            require_operand_sizes((whole, axis), (vector, 0), message, known_alike=True)
            require_operand_dtype(vector, FLOATS)
        require_one_dtype(vectors)
        given = [vector.name for vector in vectors]
        if "offset" in given and "scale" not in given:
            raise ShapeError(
                codes.MISSING_CALL_ARGUMENT,
                "{node} is given `offset` without `scale`, which Keras takes together alone",
                inputs=(),
                help="give `scale` too: ones change nothing",
            )
        return x


class LayerNormalization(Op):
    """x less its mean, divided by its deviation, both along `axis`: any shape → the same shape.

    `gamma` multiplies it and `beta` is added: of the sizes along `axis`, in the order of the axes.
    """

    may_be_left_out: ClassVar[tuple[str, ...]] = ("gamma", "beta")

    gamma: ArrayConstant | None = None
    beta: ArrayConstant | None = None
    axis: Axes = -1
    epsilon: NonNegative | None = None

    def infer(
        self, x: TensorSpec, gamma: TensorSpec | None = None, beta: TensorSpec | None = None
    ) -> TensorSpec:
        require_dtype(x, NUMBERS_AND_TRUTH)
        require_rank(x, at_least=1)
        axes = require_axes(x, self.axis)
        whole, *vectors = self.operands(x=x, gamma=gamma, beta=beta)
        for vector in vectors:
            require_operand_dtype(vector, NUMBERS_AND_TRUTH)
            _require_along(whole, vector, tuple(sorted(axes)))
        return x


class RmsNormalization(Op):
    """x, divided by the root of the mean of its squares along `axis`: any shape → the same shape.

    `scale` multiplies it, and broadcasts to the shape of x. Zhang and Sennrich, "Root mean square
    layer normalization" (2019).
    """

    may_be_left_out: ClassVar[tuple[str, ...]] = ("scale",)

    scale: ArrayConstant | None = None
    axis: Axes = -1
    epsilon: NonNegative | None = None

    def infer(self, x: TensorSpec, scale: TensorSpec | None = None) -> TensorSpec:
        require_dtype(x, NUMBERS_AND_TRUTH)
        require_rank(x, at_least=1)
        require_axes(x, self.axis)
        whole, *factors = self.operands(x=x, scale=scale)
        for factor in factors:
            require_operand_dtype(factor, NUMBERS_AND_TRUTH)
            require_broadcasts_to(whole.dims, whole, factor)
        return x


def _require_along(whole: Operand, vector: Operand, axes: tuple[int, ...]) -> None:
    """A factor has the sizes of the whole along `axes`."""
    message = f"`{vector.name}` of {{node}} does not have the sizes along `axis`"
    if len(vector.dims) != len(axes):
        raise ShapeError(
            codes.WRONG_RANK,
            message,
            label=f"{whole.called} is {whole.shape} and {vector.called} is {vector.shape}, for "
            f"{'axis' if len(axes) == 1 else 'axes'} {', '.join(map(str, axes))}",
            inputs=(*whole.inputs, *vector.inputs),
            argument=None if vector.inputs else vector.name,
        )
    for number, axis in enumerate(axes):
        require_operand_sizes((whole, axis), (vector, number), message)
        if not isinstance(whole.dims[axis], int):
            raise ShapeError(
                codes.UNKNOWN_SIZE,
                f"{{node}} needs to know the size of axis {axis}, for its `{vector.name}`",
                label=f"{whole.called} is {whole.shape}",
                inputs=whole.inputs,
            )
