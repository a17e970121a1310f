"""Statistics: `keras.ops` from `keras/src/ops/numpy.py` and `keras/src/ops/nn.py`."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_axis
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import Axes, Axis, number
from layergraph.ops.base import Op, Operand
from layergraph.ops.constants import Array, ArrayConstant, as_constant, every_number
from layergraph.ops.promotion import as_float
from layergraph.ops.reductions import Reduction
from layergraph.ops.rules import FLOATS, NUMBERS_AND_TRUTH, reduced, require_dtype
from layergraph.tensors import Dim, ShapeError, TensorSpec


def _shares(most: int) -> Checked:
    """A number from 0 to `most`, or a list of them."""

    def check(value: Any) -> int | float | Array:
        constant = as_constant(value)
        if isinstance(constant, Array) and len(constant.shape) != 1:
            raise complaint(codes.WRONG_TYPE, "must be a number, or one list of numbers")
        if any(isinstance(share, bool) for share in every_number(constant)):
            raise complaint(codes.WRONG_TYPE, "must be a number, not a truth value")
        outside = next((share for share in every_number(constant) if not 0 <= share <= most), None)
        if outside is not None:
            raise complaint(codes.OUT_OF_RANGE, f"must be from 0 to {most}, not {outside}")
        return constant

    return Checked(check, least=0, most=most)


def _rising(value: Any) -> Array:
    """A list of numbers, none of which is less than the one before it."""
    constant = as_constant(value)
    if not isinstance(constant, Array) or len(constant.shape) != 1:
        raise complaint(codes.WRONG_TYPE, "must be one list of numbers")
    if list(constant.values) != sorted(constant.values):
        raise complaint(codes.OUT_OF_RANGE, "must rise")
    return constant


def _places(value: Any) -> tuple[float, ...]:
    if not isinstance(value, list | tuple):
        raise complaint(codes.WRONG_TYPE, "must be one list of numbers")
    return tuple(number(item, at=(place,)) for place, item in enumerate(value))


class _Quantiles(Reduction):
    """The base of what is sought in the sorted numbers along `axis`, as far on as `q` says.

    A list `q` makes a new axis in front, with what belongs to each.
    """

    q: float | Array

    def infer(self, x: TensorSpec) -> TensorSpec:
        found = super().infer(x)
        return found.with_dims((*(self.q.shape if isinstance(self.q, Array) else ()), *found.dims))

    def _computed_dtype(self, dtype: str) -> str:
        return as_float(dtype)


class Quantile(_Quantiles):
    """The number that the share `q` of all along `axis` is below, from 0 to 1: (…, n, …) → (…, …).

    A list `q` makes a new axis in front: (…, n, …) → (k, …, …).
    """

    q: Annotated[float | Array, _shares(most=1)]
    method: Literal["linear"] = "linear"  # Keras computes so whatever it is given


class Percentile(_Quantiles):
    """The number that `q` percent of all along `axis` are below, from 0 to 100: (…, n, …) → (…, …).

    A list `q` makes a new axis in front: (…, n, …) → (k, …, …).
    """

    q: Annotated[float | Array, _shares(most=100)]
    method: Literal["linear", "lower", "higher", "midpoint", "nearest"] = "linear"


class Moments(Op):
    """Mean and variance along `axes`: (…, n, …) → (…, …), (…, …)."""

    takes: ClassVar[tuple[str, ...]] = FLOATS

    axes: Axes | None
    keepdims: bool = False
    synchronized: bool = False

    def infer(self, x: TensorSpec) -> tuple[TensorSpec, TensorSpec]:
        require_dtype(x, self.takes)
        moment = x.with_dims(reduced(x, self.axes, keepdims=self.keepdims))
        return moment, moment


class Average(Op):
    """Mean along `axis`, with `weights` of the shape of x or of its axis: (…, n, …) → (…, …)."""

    axis: Axis | None = None
    weights_: ArrayConstant | None = Field(default=None, alias="weights")

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, NUMBERS_AND_TRUTH)
        dims = reduced(x, self.axis)
        if self.weights_ is None:
            return TensorSpec(dims, as_float(x.dtype))
        weights = Operand("weights", self.weights_.shape, self.weights_.dtype)
        along = () if self.axis is None else (x.dims[self.axis],)
        if not _alike(x.dims, weights.dims) and not _alike(along, weights.dims):
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`weights` of {{node}} are of the shape {weights.shape}, which is neither that of "
                "its input nor that of one axis",
                label=f"{{0}} is {x}",
                argument="weights",
            )
        return TensorSpec(dims, self.promoted((weights, Operand("x", x.dims, x.dtype, 0)), "float"))


def _alike(dims: tuple[Dim, ...], shape: tuple[Dim, ...]) -> bool:
    """Whether sizes can be those of an array; an unknown one may be any."""
    return len(dims) == len(shape) and all(
        not isinstance(size, int) or size == other for size, other in zip(dims, shape, strict=True)
    )


class Trapezoid(Op):
    """The area below y along `axis`, by the trapezoidal rule: (…, n, …) → (…, …).

    The places of the numbers are `dx` apart, or those of the list `x`.
    """

    x: Annotated[tuple[float, ...], Checked(_places)] | None = None
    dx: float = 1.0
    axis: Axis = -1

    def infer(self, y: TensorSpec) -> TensorSpec:
        require_dtype(y, NUMBERS_AND_TRUTH)
        axis = require_axis(y, self.axis)
        if self.axis < -1:
            raise self._misfit(y, "axis", f"cannot count axis {self.axis} from the end", axis)
        if self.x is not None:
            if self.axis > 0:
                raise self._misfit(y, "axis", "takes places along axis 0 or -1 alone", -1)
            size = y.dims[axis]
            if isinstance(size, int) and size != len(self.x):
                raise ShapeError(
                    codes.ARGUMENT_MISFIT,
                    f"`x` of {{node}} has {len(self.x)} places for {size} numbers",
                    label=f"{{0}} is {y}",
                    argument="x",
                )
        return TensorSpec((*y.dims[:axis], *y.dims[axis + 1 :]), as_float(y.dtype))

    def _misfit(self, y: TensorSpec, argument: str, why: str, instead: int) -> ShapeError:
        return ShapeError(
            codes.ARGUMENT_MISFIT,
            f"{{node}} {why}",
            label=f"{{0}} is {y}",
            argument=argument,
            help=f"write `axis: {instead}`",
        )


class Digitize(Op):
    """Between which of the rising `bins` each number is, from 0 to their number, in int32.

    Any shape → the same shape. A number that is one of the bins counts as above it.
    """

    takes: ClassVar[tuple[str, ...]] = tuple(
        dtype for dtype in NUMBERS_AND_TRUTH if dtype != "uint64"
    )

    bins: Annotated[Array, Checked(_rising)]

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, self.takes)
        return x.with_dtype("int32")
