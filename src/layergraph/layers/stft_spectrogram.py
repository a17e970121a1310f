"""Sound by frequency: `keras/src/layers/preprocessing/stft_spectrogram.py`."""

from typing import Annotated, Literal, Self, get_args

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.arguments import DataFormat, Padding
from layergraph.layers.base import Layer, Weight, Weights
from layergraph.layers.rules import elements, require_floats
from layergraph.layers.sound_windows import named_or_listed, refuse_window_of_length
from layergraph.layers.spatial import known_channels, require_space, slide, with_space
from layergraph.objects.base import Checked, complaint
from layergraph.objects.initializers import Window
from layergraph.objects.values import FloatDType, PositiveInt
from layergraph.tensors import Dim, ShapeError, TensorSpec

Mode = Literal["log", "magnitude", "psd", "real", "imag", "angle", "stft"]


class STFTSpectrogram(Layer):
    """The short-time Fourier transform of each channel, by convolutions whose kernels are weights.

    (batch, samples, channels) → (batch, frames, channels · frequencies), or with `expand_dims`
    (batch, frames, frequencies, channels). There are fft_length // 2 + 1 frequencies, and with
    `mode: stft` twice as many.
    """

    mode: Mode = "log"
    frame_length: PositiveInt = 256
    frame_step: PositiveInt | None = None
    fft_length: PositiveInt | None = None
    window: Annotated[
        Window | tuple[float, ...] | None, Checked(named_or_listed(get_args(Window)))
    ] = "hann"
    periodic: bool = False
    scaling: Literal["density", "spectrum"] | None = "density"
    padding: Padding = "valid"
    expand_dims: bool = False
    data_format: DataFormat | None = None
    dtype: FloatDType | None = None

    @model_validator(mode="after")
    def _arguments_fit(self) -> Self:
        if self._step > self.frame_length:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must be at most `frame_length`, {self.frame_length}, not {self._step}",
                at=("frame_step",),
                help="a larger `frame_length`",
            )
        if self._step < 1:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "is 1, half of which, 0, is no `frame_step`",
                at=("frame_length",),
                help="set `frame_step: 1`",
            )
        if self.fft_length is not None and self.fft_length < self.frame_length:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must be at least `frame_length`, {self.frame_length}, not {self.fft_length}",
                at=("fft_length",),
                help="leave it out for the next power of two",
            )
        if self.mode == "psd" and self._frequencies < 2:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                "cannot be `psd` of one frequency",
                at=("mode",),
                help="set `fft_length: 2`",
            )
        refuse_window_of_length(self.window, self.frame_length, "frame_length")
        return self

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_floats(inputs)
        require_space(inputs, 1, self.data_format)
        if self.cast_input(inputs).dtype == "bfloat16":
            raise ShapeError(
                codes.WRONG_DTYPE,
                "{node} cannot compute in bfloat16",
                label=f"{{0}} is {inputs.dtype}, and the layer computes in {self.compute_dtype}",
                help="compute in float32, and put `ops.cast` behind the layer",
            )
        channels = known_channels(inputs, self.data_format)
        (frames,) = self._frames(inputs)
        frequencies = self._frequencies * (2 if self.mode == "stft" else 1)
        if not self.expand_dims:
            output = with_space(inputs, (frames,), self.data_format, frequencies * channels)
        else:
            output = with_space(inputs, (frames, frequencies), self.data_format, channels)
        return self.computed(output)

    def weights(self, inputs: TensorSpec) -> Weights:  # noqa: ARG002
        kernel = Weight((self.frame_length, 1, self._frequencies))
        return {f"{part}_kernel": kernel for part in self._parts}

    def multiply_adds(self, inputs: TensorSpec) -> int | None:
        """Those of one convolution, or two, over each channel."""
        kernels = len(self._parts) * self.frame_length * self._frequencies
        channels = known_channels(inputs, self.data_format)
        return elements(self._frames(inputs), times=kernels * channels)

    @property
    def _parts(self) -> tuple[str, ...]:
        """The parts of complex numbers that the mode needs."""
        return (self.mode,) if self.mode in ("real", "imag") else ("real", "imag")

    @property
    def _step(self) -> int:
        return self.frame_step or self.frame_length // 2

    @property
    def _frequencies(self) -> int:
        """Half of the Fourier transform's length, by default the next power of two, and one."""
        length = self.fft_length or 2 ** (self.frame_length - 1).bit_length()
        return length // 2 + 1

    def _frames(self, inputs: TensorSpec) -> tuple[Dim, ...]:
        return slide(
            inputs,
            (self.frame_length,),
            (self._step,),
            self.padding,
            self.data_format,
            argument="frame_length",
        )
