"""Activations: `keras.ops` from `keras/src/ops/nn.py`."""

from typing import ClassVar

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_axes, require_axis, require_rank
from layergraph.objects.values import Axes, Axis, NonNegative, PositiveInt
from layergraph.ops.base import Op
from layergraph.ops.constants import Number
from layergraph.ops.elementwise import OfOne, OfOneInFloats, OfOneOfFloats
from layergraph.ops.promotion import as_float
from layergraph.ops.rules import FLOATS, NUMBERS, NUMBERS_AND_TRUTH, require_dtype
from layergraph.tensors import ShapeError, TensorSpec, floor_divided


class Relu(OfOne):
    """x where it is positive, 0 elsewhere: any shape → the same shape."""

    takes: ClassVar[tuple[str, ...]] = NUMBERS


class Relu6(OfOne):
    """x between 0 and 6: any shape → the same shape."""

    takes: ClassVar[tuple[str, ...]] = NUMBERS


class LeakyRelu(OfOneInFloats):
    """x where it is positive, `negative_slope` × x elsewhere: any shape → the same shape."""

    takes: ClassVar[tuple[str, ...]] = NUMBERS

    negative_slope: float = 0.2


class Sigmoid(OfOneOfFloats):
    """1 / (1 + e^-x): any shape → the same shape."""


class LogSigmoid(OfOneOfFloats):
    """log(1 / (1 + e^-x)): any shape → the same shape."""


class Softplus(OfOneOfFloats):
    """log(1 + e^x): any shape → the same shape."""


class Softsign(OfOneOfFloats):
    """x / (1 + |x|): any shape → the same shape."""


class Silu(OfOneOfFloats):
    """x × sigmoid(x): any shape → the same shape."""


class Selu(OfOneOfFloats):
    """`elu`, scaled so that means and variances stay as they are: any shape → the same shape.

    Klambauer et al., "Self-normalizing neural networks" (2017).
    """


class HardSigmoid(OfOneOfFloats):
    """`sigmoid` in three straight pieces: any shape → the same shape."""


class HardSilu(OfOneOfFloats):
    """x × hard_sigmoid(x): any shape → the same shape."""


class HardTanh(OfOneOfFloats):
    """x between -1 and 1: any shape → the same shape."""


class TanhShrink(OfOneOfFloats):
    """x - tanh(x): any shape → the same shape."""


class SparsePlus(OfOneOfFloats):
    """0 up to -1, x from 1, and a curve between: any shape → the same shape."""


class SparseSigmoid(OfOneOfFloats):
    """0 up to -1, 1 from 1, and a line between: any shape → the same shape."""


class Gelu(OfOneOfFloats):
    """x × Φ(x), with Φ of the normal distribution, or near it: any shape → the same shape."""

    approximate: bool = True


class Elu(OfOneOfFloats):
    """x where it is positive, `alpha` × (e^x - 1) elsewhere: any shape → the same shape."""

    alpha: float = 1.0


class Celu(OfOneOfFloats):
    """x where it is positive, `alpha` × (e^(x / alpha) - 1) elsewhere: any shape → the same."""

    alpha: float = 1.0


class SoftShrink(OfOneOfFloats):
    """x moved towards 0 by `threshold`, and 0 within it: any shape → the same shape."""

    threshold: NonNegative = 0.5


class HardShrink(OfOneOfFloats):
    """x, and 0 within `threshold` of 0: any shape → the same shape."""

    threshold: NonNegative = 0.5


class Squareplus(OfOneOfFloats):
    """(x + √(x² + b)) / 2: any shape → the same shape."""

    b: NonNegative = 4


class Threshold(Op):
    """x where it is more than `threshold`, `default_value` elsewhere: any shape → the same."""

    threshold: Number
    default_value: Number

    def infer(self, x: TensorSpec) -> TensorSpec:
        whole = isinstance(self.threshold, int) and isinstance(self.default_value, int)
        require_dtype(x, NUMBERS if whole else FLOATS)
        return x


class _AlongAxis(Op):
    """The base of what adds up to something along an axis: any shape → the same shape.

    Keras declares several axes too, and fails when it computes. Without an axis, it is the last.
    """

    axis: Axis | None = -1

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, FLOATS)
        if self.axis is not None:
            require_axis(x, self.axis)
        return x


class Softmax(_AlongAxis):
    """e^x, divided by its sum along `axis`: any shape → the same shape."""


class LogSoftmax(_AlongAxis):
    """Logarithm of `softmax`: any shape → the same shape."""


class Sparsemax(Op):
    """The point nearest to x among those that add up to 1 along `axis`: any shape → the same.

    Martins and Astudillo, "From softmax to sparsemax" (2016). TensorFlow does not compute it in
    float16.
    """

    axis: Axis = -1

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, ("float32", "float64", "bfloat16"))
        require_axis(x, self.axis)
        return x


class Glu(Op):
    """One half of x along `axis` × sigmoid of the other half: (…, 2 n) → (…, n)."""

    axis: Axis = -1

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, FLOATS)
        axis = require_axis(x, self.axis)
        size = x.dims[axis]
        if isinstance(size, int) and size % 2:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"{{node}} halves axis {axis}, whose size is odd",
                label=f"{{0}} is {x}",
                argument="axis",
            )
        return x.with_dims((*x.dims[:axis], floor_divided(size, 2), *x.dims[axis + 1 :]))


class Normalize(Op):
    """x divided by its norm along `axis`, of the order `order`: any shape → the same shape.

    A norm below `epsilon` counts as `epsilon`.
    """

    axis: Axes | None = -1
    order: PositiveInt = 2
    epsilon: NonNegative | None = None

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, FLOATS if self.order == 2 else NUMBERS_AND_TRUTH)
        require_rank(x, at_least=1)
        if self.axis is not None:
            require_axes(x, self.axis)
        return x.with_dtype(as_float(x.dtype))
