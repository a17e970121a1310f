"""Signals and their frequencies: `keras.ops` from `keras/src/ops/math.py`."""

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Self

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.layers.rules import require_known_alike, require_rank, require_same_size
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import PositiveInt, number
from layergraph.ops.base import Op
from layergraph.ops.rules import require_dtype
from layergraph.tensors import Dim, ShapeError, TensorSpec, floor_divided, plus, slid, times

_TAKES = ("float32", "float64")


class ExtractSequences(Op):
    """Stretches of `sequence_length` along the last axis: (…, n) → (…, k, sequence_length).

    Each begins `sequence_stride` behind the one before.
    """

    sequence_length: PositiveInt
    sequence_stride: PositiveInt

    def infer(self, x: TensorSpec) -> TensorSpec:
        require_rank(x, at_least=1)
        places = slid(x.last_dim, self.sequence_length, self.sequence_stride)
        _require_some(x, places, self.sequence_length, "sequence_length")
        return x.with_dims((*x.dims[:-1], places, self.sequence_length))


class _OfComplex(Op):
    """The base of functions of complex numbers, as two tensors: their real and imaginary parts."""

    last: ClassVar[int] = 1
    """The number of last axes that are transformed, whose sizes have to be known."""

    def infer(self, x: Sequence[TensorSpec]) -> tuple[TensorSpec, TensorSpec]:
        real = _require_complex(x, self.last)
        for axis in range(real.rank - self.last, real.rank):
            if not isinstance(real.dims[axis], int):
                raise ShapeError(
                    codes.UNKNOWN_SIZE,
                    f"{{node}} needs to know the size of axis {axis}",
                    label=f"{{0}} is {real}",
                    help="give it in the input's `shape`",
                )
        return real, real


class Fft(_OfComplex):
    """Fourier transform along the last axis.

    Real and imaginary parts (…, n), (…, n) → those of the transform (…, n), (…, n).
    """


class Fft2(_OfComplex):
    """Fourier transform along the last two axes.

    Real and imaginary parts (…, n, m), (…, n, m) → those of the transform (…, n, m), (…, n, m).
    """

    last: ClassVar[int] = 2


class Ifft2(Fft2):
    """`fft2` backwards: (…, n, m), (…, n, m) → (…, n, m), (…, n, m)."""


class Rfft(Op):
    """Fourier transform of real numbers along the last axis.

    (…, n) → real and imaginary parts (…, n // 2 + 1), (…, n // 2 + 1). With `fft_length`, n is made
    that by zeros behind, or cut.
    """

    fft_length: PositiveInt | None = None

    def infer(self, x: TensorSpec) -> tuple[TensorSpec, TensorSpec]:
        require_dtype(x, _TAKES)
        require_rank(x, at_least=1)
        length: Dim = self.fft_length or x.last_dim
        made = x.with_last_dim(plus(floor_divided(length, 2), 1))
        return made, made


class Irfft(Op):
    """`rfft` backwards: real and imaginary parts (…, k), (…, k) → (…, 2 (k - 1)).

    With `fft_length`, that many come out.
    """

    fft_length: PositiveInt | None = None

    def infer(self, x: Sequence[TensorSpec]) -> TensorSpec:
        real = _require_complex(x, 1)
        if self.fft_length is not None:
            return real.with_last_dim(self.fft_length)
        if real.last_dim == 1:
            raise ShapeError(
                codes.IMPOSSIBLE_SIZE,
                "nothing comes out of {node}, whose input has one frequency",
                label=f"{{0}} is {real}",
                help="give the number of what comes out as `fft_length`",
            )
        return real.with_last_dim(times(plus(real.last_dim, -1), 2))


def _window(value: Any) -> str | tuple[float, ...]:
    """The name of a window, or its numbers."""
    if value in ("hann", "hamming"):
        return str(value)
    if not isinstance(value, list | tuple):
        predicate = f"must be `hann`, `hamming` or a list of numbers, not {shown(value)}"
        raise complaint(codes.WRONG_TYPE, predicate)
    return tuple(number(item, (place,)) for place, item in enumerate(value))


class _ShortTime(Op):
    """The base of Fourier transforms of stretches of a signal."""

    sequence_length: PositiveInt
    sequence_stride: PositiveInt
    fft_length: PositiveInt
    window: Annotated[str | tuple[float, ...], Checked(_window)] | None = "hann"
    center: bool = True

    @model_validator(mode="after")
    def _lengths_fit(self) -> Self:
        if self.fft_length < self.sequence_length:
            predicate = (
                f"must be at least `sequence_length`, {self.sequence_length}, not {self.fft_length}"
            )
            raise complaint(codes.CONFLICTING_ARGUMENTS, predicate, at=("fft_length",))
        if isinstance(self.window, tuple) and len(self.window) != self.sequence_length:
            predicate = (
                f"must have `sequence_length` numbers, {self.sequence_length}, not "
                f"{len(self.window)}"
            )
            raise complaint(codes.CONFLICTING_ARGUMENTS, predicate, at=("window",))
        return self

    @property
    def frequencies(self) -> int:
        """The number of frequencies of each stretch."""
        return self.fft_length // 2 + 1

    @property
    def margin(self) -> int:
        """What `center` adds at each side of the signal, its mirror image."""
        return self.fft_length // 2 if self.center else 0


class Stft(_ShortTime):
    """Fourier transforms of stretches of a signal, each `sequence_stride` behind the one before.

    (…, n) → real and imaginary parts (…, k, fft_length // 2 + 1), twice. A stretch is multiplied
    by `window`; with `center` the signal is mirrored at its ends.
    """

    def infer(self, x: TensorSpec) -> tuple[TensorSpec, TensorSpec]:
        require_dtype(x, _TAKES)
        require_rank(x, at_least=1)
        size = x.last_dim
        if isinstance(size, int) and self.margin >= size:
            raise ShapeError(
                codes.IMPOSSIBLE_SIZE,
                "the signal of {node} is too short to be mirrored at its ends",
                label=f"{{0}} is {x}: {size} is not more than half of `fft_length`, "
                f"{self.fft_length}",
                argument="fft_length",
                help="`center: false`, or a smaller `fft_length`",
            )
        places = slid(plus(size, 2 * self.margin), self.fft_length, self.sequence_stride)
        _require_some(x, places, self.fft_length, "fft_length")
        made = x.with_dims((*x.dims[:-1], places, self.frequencies))
        return made, made


class Istft(_ShortTime):
    """`stft` backwards: real and imaginary parts (…, k, fft_length // 2 + 1), twice → (…, n).

    With `length`, n is that.
    """

    length: PositiveInt | None = None

    def infer(self, x: Sequence[TensorSpec]) -> TensorSpec:
        real = _require_complex(x, 2)
        if isinstance(real.last_dim, int) and real.last_dim != self.frequencies:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"{{node}} needs {self.frequencies} frequencies, half of `fft_length` and one",
                label=f"{{0}} is {real}, which has {real.last_dim}",
                argument="fft_length",
                help="give the `fft_length` that `ops.stft` was given",
            )
        whole = plus(times(plus(real.dims[-2], -1), self.sequence_stride), self.fft_length)
        left = plus(whole, -self.margin if self.length else -2 * self.margin)
        if isinstance(left, int) and left < (self.length or 1):
            raise ShapeError(
                codes.IMPOSSIBLE_SIZE,
                f"{{node}} has {max(left, 0)} numbers to give"
                + (f", and not {self.length}" if self.length else ""),
                label=f"{{0}} is {real}",
                argument="length" if self.length else "fft_length",
                help="leave `length` out, or give a smaller one" if self.length else None,
            )
        return real.with_dims((*real.dims[:-2], self.length or left))


def _require_complex(x: Sequence[TensorSpec], axes: int) -> TensorSpec:
    """Either of the two tensors that complex numbers are, which have one shape and dtype.

    Raises:
        ShapeError: wrong-number-of-tensors, wrong-rank, wrong-dtype, shape-mismatch, or
            size-conflict.
    """
    if len(x) != 2:
        raise ShapeError(
            codes.WRONG_NUMBER_OF_TENSORS,
            f"{{node}} takes two tensors, real and imaginary parts, and is called on {len(x)}",
            inputs=(),
            help="`ops.zeros_like` gives imaginary parts of 0",
        )
    real, imaginary = x
    require_dtype(real, _TAKES)
    require_dtype(imaginary, (real.dtype,), input=1)
    require_rank(real, at_least=axes)
    require_rank(imaginary, real.rank, input=1)
    for axis in range(real.rank):
        message = f"real and imaginary parts of {{node}} differ on axis {axis}"
        require_same_size((real, axis, 0), (imaginary, axis, 1), message)
        require_known_alike((real, axis, 0), (imaginary, axis, 1), message)
    return real


def _require_some(x: TensorSpec, places: Dim, length: int, argument: str) -> None:
    if isinstance(places, int) and places < 1:
        raise ShapeError(
            codes.IMPOSSIBLE_SIZE,
            f"the last axis of {{node}}'s input is shorter than `{argument}`",
            label=f"{{0}} is {x}: {x.last_dim} is less than {length}",
            argument=argument,
            help=f"give a smaller `{argument}`",
        )
