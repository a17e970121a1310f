"""The bits of whole numbers: `keras.ops` from `keras/src/ops/numpy.py`."""

from typing import ClassVar

from layergraph.diagnostics import codes
from layergraph.layers.rules import require_rank
from layergraph.ops.base import Op, Operand
from layergraph.ops.constants import ArrayConstant, Constant, NumberDType, every_number
from layergraph.ops.elementwise import OfOne
from layergraph.ops.rules import INTEGERS, NUMBERS, broadcast, require_dtype
from layergraph.tensors import ShapeError, TensorSpec


class BitwiseInvert(OfOne):
    """Every bit of x the other way round: any shape → the same shape."""

    takes: ClassVar[tuple[str, ...]] = INTEGERS


class _OfBits(Op):
    """The base of what computes bit by bit: x, and a y that broadcasts to its shape → that shape.

    Each of the two is a tensor or an array of numbers.
    """

    x: ArrayConstant | None = None
    y: Constant | None = None

    def infer(self, x: TensorSpec | None = None, y: TensorSpec | None = None) -> TensorSpec:
        operands = self.operands(x=x, y=y)
        first, second = operands
        dtype = self._computed_dtype(operands)
        if dtype not in INTEGERS or second.constant is True or second.constant is False:
            raise ShapeError(
                codes.WRONG_DTYPE,
                "{node} computes with the bits of whole numbers",
                label=f"{first.called} is {first.dtype} and {second.called} is {second.dtype}",
                inputs=(*first.inputs, *second.inputs),
                help="`ops.logical_and` and the like take truth values",
            )
        dims = broadcast(operands)
        if len(dims) > len(first.dims) or any(
            size == 1 != whole for size, whole in zip(first.dims, dims, strict=True)
        ):
            raise ShapeError(
                codes.SHAPE_MISMATCH,
                "{node} gives the shape of `x`, which `y` does not broadcast to",
                label=f"{first.called} is {first.shape} and {second.called} is {second.shape}",
                inputs=(*first.inputs, *second.inputs),
                help="give `x` its whole shape first, with `ops.broadcast_to` or `ops.repeat`",
            )
        return TensorSpec(first.dims, dtype)

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        return self.promoted(operands)


class _OfTwo(_OfBits):
    """The base of what Keras takes no single number for."""

    y: ArrayConstant | None = None


class BitwiseAnd(_OfTwo):
    """The bits that x and y both have: x, and a y that broadcasts to its shape → that shape."""


class BitwiseOr(_OfTwo):
    """The bits that x or y has: x, and a y that broadcasts to its shape → that shape."""


class BitwiseXor(_OfTwo):
    """The bits that x or y alone has: x, and a y that broadcasts to its shape → that shape."""


class _Shift(_OfBits):
    """The base of what moves bits, by one number or by one for each."""

    def _computed_dtype(self, operands: tuple[Operand, ...]) -> str:
        moved, places = operands
        promoted = self.promoted(operands)
        dtype = moved.dtype if places.dtype == "int" else promoted
        if places.dtype != "bool" and places.constant is not None and dtype in INTEGERS:
            self._require_within(every_number(places.constant), dtype)
        return dtype

    def _require_within(self, places: list[int], dtype: str) -> None:
        """TensorFlow says nothing of what else comes out."""
        outside = next((place for place in places if not 0 <= place < _bits(dtype)), None)
        if outside is not None:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"`y` of {{node}} is {outside}, which is no number of places in {dtype}",
                inputs=(),
                argument="y",
                help=f"from 0 to {_bits(dtype) - 1}",
            )


class BitwiseLeftShift(_Shift):
    """x × 2^y, without the bits that do not fit: x, and a y that broadcasts to it → its shape."""


class BitwiseRightShift(_Shift):
    """x / 2^y, rounded down: x, and a y that broadcasts to its shape → that shape."""


class View(Op):
    """The bits of x read as numbers of another dtype: (…, n) → (…, n × bits / bits of `dtype`)."""

    dtype: NumberDType | None = None

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_dtype(x, NUMBERS)
        dtype = self.dtype or x.dtype
        if dtype == "bool":
            raise self._misfit(x, "truth values have no bits to read")
        if _bits(dtype) == _bits(x.dtype):
            return x.with_dtype(dtype)
        require_rank(x, at_least=1)
        if not isinstance(x.last_dim, int):
            raise ShapeError(
                codes.UNKNOWN_SIZE,
                "{node} needs to know the size of the last axis",
                label=f"{{0}} is {x}",
            )
        bits = x.last_dim * _bits(x.dtype)
        if bits % _bits(dtype):
            raise self._misfit(x, f"{bits} bits are no multiple of {_bits(dtype)}")
        return x.with_last_dim(bits // _bits(dtype)).with_dtype(dtype)

    def _misfit(self, x: TensorSpec, why: str) -> ShapeError:
        return ShapeError(
            codes.ARGUMENT_MISFIT,
            f"{{node}} cannot read its input as {self.dtype}: {why}",
            label=f"{{0}} is {x} of {x.dtype}",
            argument="dtype",
        )


def _bits(dtype: str) -> int:
    """How many bits a number takes: what stands behind the letters of its dtype."""
    return int(dtype.lstrip("abcdefghijklmnopqrstuvwxyz"))
