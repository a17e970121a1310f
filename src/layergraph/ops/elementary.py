"""Elementary functions: `keras.ops` from `keras/src/ops/numpy.py` and `keras/src/ops/math.py`."""

from typing import ClassVar

from layergraph.ops.elementwise import OfOneInFloats, OfOneOfFloats
from layergraph.ops.promotion import as_float
from layergraph.ops.rules import INTEGERS, NUMBERS_AND_TRUTH


class Sqrt(OfOneInFloats):
    """√x: any shape → the same shape."""


class _InWideFloats(OfOneInFloats):
    """The base of what computes int64 in float64, and other whole numbers in float32."""

    def _computed_dtype(self, dtype: str) -> str:
        return "float64" if dtype == "int64" else as_float(dtype)


class Cbrt(_InWideFloats):
    """The cube root of x, of negative numbers too: any shape → the same shape."""


class Exp(OfOneInFloats):
    """e to the power of x: any shape → the same shape."""


class Exp2(OfOneInFloats):
    """2 to the power of x: any shape → the same shape."""

    # Keras has TensorFlow raise a float32 number, which a traced graph does with float32 alone.
    takes: ClassVar[tuple[str, ...]] = ("float32", *INTEGERS, "bool")


class Expm1(OfOneInFloats):
    """e to the power of x, less 1: any shape → the same shape."""


class Log(OfOneInFloats):
    """Natural logarithm of x: any shape → the same shape."""


class Log1p(OfOneInFloats):
    """Natural logarithm of 1 + x: any shape → the same shape."""


class Log2(OfOneInFloats):
    """Logarithm of x to the base 2: any shape → the same shape."""


class Log10(OfOneInFloats):
    """Logarithm of x to the base 10: any shape → the same shape."""


class Sin(OfOneInFloats):
    """Sine of x, in radians: any shape → the same shape."""


class Cos(OfOneInFloats):
    """Cosine of x, in radians: any shape → the same shape."""


class Tan(OfOneInFloats):
    """Tangent of x, in radians: any shape → the same shape."""


class Arcsin(OfOneInFloats):
    """The angle whose sine is x: any shape → the same shape."""


class Arccos(OfOneInFloats):
    """The angle whose cosine is x: any shape → the same shape."""


class Arctan(OfOneInFloats):
    """The angle whose tangent is x: any shape → the same shape."""


class Sinc(OfOneInFloats):
    """sin(πx) / πx, and 1 at 0: any shape → the same shape."""


class _OfAngles(_InWideFloats):
    """The base of what converts angles, for which TensorFlow has no factor in uint64."""

    takes: ClassVar[tuple[str, ...]] = tuple(
        dtype for dtype in NUMBERS_AND_TRUTH if dtype != "uint64"
    )


class Deg2rad(_OfAngles):
    """Degrees in radians: any shape → the same shape."""


class Rad2deg(_OfAngles):
    """Radians in degrees: any shape → the same shape."""


class Sinh(OfOneInFloats):
    """Hyperbolic sine of x: any shape → the same shape."""


class Cosh(OfOneInFloats):
    """Hyperbolic cosine of x: any shape → the same shape."""


class Tanh(OfOneInFloats):
    """Hyperbolic tangent of x: any shape → the same shape."""


class Arcsinh(OfOneInFloats):
    """The number whose hyperbolic sine is x: any shape → the same shape."""


class Arccosh(OfOneInFloats):
    """The number whose hyperbolic cosine is x: any shape → the same shape."""


class Arctanh(OfOneInFloats):
    """The number whose hyperbolic tangent is x: any shape → the same shape."""


class Fabs(OfOneInFloats):
    """x without its sign, in floating point: any shape → the same shape."""


class Floor(OfOneInFloats):
    """The largest whole number up to x: any shape → the same shape."""


class Ceil(OfOneInFloats):
    """The smallest whole number from x: any shape → the same shape."""


class Erf(OfOneOfFloats):
    """The error function of x: any shape → the same shape."""


class Erfc(OfOneOfFloats):
    """1 less the error function of x: any shape → the same shape."""


class Erfinv(OfOneOfFloats):
    """The number whose error function is x: any shape → the same shape."""


class I0(_InWideFloats):
    """The modified Bessel function of the first kind, of order 0: any shape → the same shape."""

    takes: ClassVar[tuple[str, ...]] = tuple(
        dtype for dtype in NUMBERS_AND_TRUTH if dtype != "bfloat16"
    )
