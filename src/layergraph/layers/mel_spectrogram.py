"""Sound by pitch: `keras/src/layers/preprocessing/mel_spectrogram.py`."""

from typing import Annotated, Literal, Self, get_args

from pydantic import model_validator

from layergraph.diagnostics import codes
from layergraph.layers.base import Layer
from layergraph.layers.rules import elements, require_numbers, require_rank
from layergraph.layers.sound_windows import named_or_listed, refuse_window_of_length
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import NonNegative, Positive, PositiveInt
from layergraph.tensors import Dim, ShapeError, TensorSpec, floor_divided, plus

MelWindow = Literal["hann", "hamming"]


class MelSpectrogram(Layer):
    """The Mel spectrogram of sound: (batch, samples) → (batch, num_mel_bins, frames).

    A frame begins every `sequence_stride` samples, the first at the first sample, to which the
    sound is reflected at both ends. Multiply-adds are those of the projection onto the Mel bins;
    those of the Fourier transform are not counted.
    """

    fft_length: PositiveInt = 2048
    sequence_stride: PositiveInt = 512
    sequence_length: PositiveInt | None = None
    window: Annotated[
        MelWindow | tuple[float, ...] | None, Checked(named_or_listed(get_args(MelWindow)))
    ] = "hann"
    sampling_rate: PositiveInt = 16000
    num_mel_bins: PositiveInt = 128
    min_freq: NonNegative = 20.0
    max_freq: Positive | None = None
    power_to_db: bool = True
    top_db: NonNegative = 80.0
    mag_exp: Positive = 2.0
    min_power: NonNegative = 1e-10
    ref_power: float = 1.0

    @model_validator(mode="after")
    def _arguments_fit(self) -> Self:
        length = self.sequence_length or self.fft_length
        if length > self.fft_length:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must be at most `fft_length`, {self.fft_length}, not {length}",
                at=("sequence_length",),
            )
        refuse_window_of_length(self.window, length, "sequence_length")
        highest = self.max_freq or self.sampling_rate // 2
        if self.min_freq >= highest:
            raise complaint(
                codes.CONFLICTING_ARGUMENTS,
                f"must be less than `max_freq`, {highest}, not {self.min_freq}",
                at=("min_freq",),
                help="`max_freq` is half of `sampling_rate` where it is not given"
                if self.max_freq is None
                else None,
            )
        if self.dtype in ("float64", "string"):
            raise complaint(
                codes.NOT_A_CHOICE,
                f"cannot be {self.dtype}, as the Mel bins are computed in float32",
                at=("dtype",),
                help="put `ops.cast` behind the layer",
            )
        return self

    def infer(self, inputs: TensorSpec) -> TensorSpec:
        require_numbers(inputs)
        require_rank(
            inputs,
            2,
            layout="(batch, samples)",
            help="each sample is one sound: take channels apart first",
        )
        samples = inputs.dims[1]
        if isinstance(samples, int):
            self._require_samples(inputs, samples)
        dims = (inputs.dims[0], self.num_mel_bins, self._frames(samples))
        return self.computed(inputs.with_dims(dims))

    def multiply_adds(self, inputs: TensorSpec) -> int | None:
        frequencies = self.fft_length // 2 + 1
        return elements((self._frames(inputs.dims[1]),), times=frequencies * self.num_mel_bins)

    def _frames(self, samples: Dim) -> Dim:
        """As Keras declares them (`compute_output_shape`)."""
        return floor_divided(plus(samples, self.sequence_stride + 1), self.sequence_stride)

    def _require_samples(self, inputs: TensorSpec, samples: int) -> None:
        """Refuse what is too short to reflect, and what has not as many frames as Keras declares.

        Keras reckons with a sample more than there are. Where that makes another frame, all that
        follows would be built for it, and fail when it computes.
        """
        reflected = self.fft_length // 2
        if samples <= reflected:
            raise ShapeError(
                codes.IMPOSSIBLE_SIZE,
                "the input of {node} is too short for its `fft_length`",
                label=f"{{0}} is {inputs}: {samples} must be more than half of {self.fft_length}",
                argument="fft_length",
                help=f"an `fft_length` of at most {2 * samples - 2}, or longer sounds",
            )
        declared = self._frames(samples)
        computed = 1 + (samples + 2 * reflected - self.fft_length) // self.sequence_stride
        if declared != computed:
            raise ShapeError(
                codes.ARGUMENT_MISFIT,
                f"Keras declares {declared} frames of {{node}}, and computes {computed}",
                label=f"{{0}} is {inputs}, with a frame every {self.sequence_stride} samples",
                argument="sequence_stride",
                help="another `sequence_stride`, or another number of samples",
            )
