"""Initializers, as in `keras.initializers`."""

from typing import Annotated, Literal

from pydantic import Field

from layergraph.objects.base import KerasObject
from layergraph.objects.values import Axis, NonNegative, Positive, Seed

Axes = Annotated[tuple[Axis, ...], Field(strict=False)]
Window = Literal[
    "barthann",
    "bartlett",
    "blackman",
    "blackmanharris",
    "bohman",
    "boxcar",
    "cosine",
    "exponential",
    "flattop",
    "hamming",
    "hann",
    "lanczos",
    "nuttall",
    "parzen",
    "poisson",
    "taylor",
    "triang",
    "tukey",
]


class Zeros(KerasObject):
    """All 0."""


class Ones(KerasObject):
    """All 1."""


class Constant(KerasObject):
    """All the same value."""

    value: float = 0.0


class Identity(KerasObject):
    """The identity matrix times `gain`; only for matrices."""

    gain: float = 1.0


class Orthogonal(KerasObject):
    """Rows or columns of a random orthogonal matrix times `gain` (Saxe et al., 2014)."""

    gain: float = 1.0
    seed: Seed | None = None


class RandomNormal(KerasObject):
    """Normal around `mean`."""

    mean: float = 0.0
    stddev: NonNegative = 0.05
    seed: Seed | None = None


class TruncatedNormal(KerasObject):
    """Normal around `mean`, drawn again beyond two standard deviations."""

    mean: float = 0.0
    stddev: NonNegative = 0.05
    seed: Seed | None = None


class RandomUniform(KerasObject):
    """Uniform from `minval` to `maxval`."""

    minval: float = -0.05
    maxval: float = 0.05
    seed: Seed | None = None


class FanScaled(KerasObject):
    """What initializers share whose width follows from a weight's fan-in and fan-out.

    `input_axes` and `output_axes` say which axes of the weight count as input and as output.
    """

    seed: Seed | None = None
    input_axes: Axes | None = None
    output_axes: Axes | None = None


class VarianceScaling(FanScaled):
    """Random with variance `scale` / n, n being the fan that `mode` says."""

    scale: Positive = 1.0
    mode: Literal["fan_in", "fan_out", "fan_avg"] = "fan_in"
    distribution: Literal["normal", "truncated_normal", "untruncated_normal", "uniform"] = (
        "truncated_normal"
    )


class GlorotUniform(FanScaled):
    """Uniform within ±sqrt(6 / (fan_in + fan_out)) (Glorot and Bengio, 2010)."""


class GlorotNormal(FanScaled):
    """Truncated normal, stddev sqrt(2 / (fan_in + fan_out)) (Glorot and Bengio, 2010)."""


class HeUniform(FanScaled):
    """Uniform within ±sqrt(6 / fan_in) (He et al., 2015)."""


class HeNormal(FanScaled):
    """Truncated normal, stddev sqrt(2 / fan_in) (He et al., 2015)."""


class LecunUniform(FanScaled):
    """Uniform within ±sqrt(3 / fan_in) (Klambauer et al., 2017)."""


class LecunNormal(FanScaled):
    """Truncated normal, stddev sqrt(1 / fan_in) (Klambauer et al., 2017)."""


class STFT(KerasObject):
    """The kernel of a short-time Fourier transform: its real or its imaginary half."""

    side: Literal["real", "imag"] = "real"
    window: Window | None = "hann"
    scaling: Literal["density", "spectrum"] | None = "density"
    periodic: bool = False
