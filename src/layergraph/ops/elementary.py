"""Elementary functions: `keras.ops` from `keras/src/ops/numpy.py` and `keras/src/ops/math.py`."""

from layergraph.ops.elementwise import OfOneInFloats, OfOneOfFloats


class Sqrt(OfOneInFloats):
    """√x: any shape → the same shape."""


class Exp(OfOneInFloats):
    """e to the power of x: any shape → the same shape."""


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


class Floor(OfOneInFloats):
    """The largest whole number up to x: any shape → the same shape."""


class Ceil(OfOneInFloats):
    """The smallest whole number from x: any shape → the same shape."""


class Erf(OfOneOfFloats):
    """The error function of x: any shape → the same shape."""


class Erfinv(OfOneOfFloats):
    """The number whose error function is x: any shape → the same shape."""
