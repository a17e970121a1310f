"""Calls of spectrograms.

`MelSpectrogram` looks at nothing until it computes: that the input is no (batch, samples), too
short, or has fewer frames than declared, that a window is unknown or of another length, and that
float64 meets its float32 filters. `STFTSpectrogram` so refuses bfloat16 and whole numbers.
"""

from hypothesis import strategies as st

from tests.parity.against_keras import spec
from tests.parity.draws import DTYPES, FORMATS, PADDINGS, laid_out, mostly, shapes
from tests.parity.layer_calls import LayerCall

FLOATS = st.sampled_from(["float32", "float16", "float64"])


def has_the_frames_declared(samples, length, stride):
    computed = 1 + (samples + 2 * (length // 2) - length) // stride
    return computed == (samples + stride + 1) // stride


@st.composite
def mel(draw):
    length, stride = draw(st.integers(2, 16)), draw(st.integers(2, 8))
    frame = draw(mostly(st.integers(1, length), st.integers(length + 1, 18)))
    arguments = draw(
        st.fixed_dictionaries(
            {"fft_length": st.just(length), "sequence_stride": st.just(stride)},
            optional={
                "sequence_length": st.just(frame),
                "sampling_rate": st.sampled_from([100, 16000]),
                "num_mel_bins": st.integers(1, 6),
                "min_freq": st.sampled_from([0, 20.0]),
                "max_freq": st.sampled_from([50, 4000.0]),
                "power_to_db": st.booleans(),
                "top_db": st.sampled_from([0, 60.0]),
                "mag_exp": st.sampled_from([1, 2.0]),
                "min_power": st.just(1e-3),
                "ref_power": st.just(2.0),
                "trainable": st.booleans(),
                "autocast": st.booleans(),
                "dtype": st.sampled_from(["float16", "mixed_bfloat16", "int32"]),
            },
        )
    )
    values = [1.0] * arguments.get("sequence_length", length)
    arguments |= draw(
        st.fixed_dictionaries(
            {}, optional={"window": st.sampled_from(["hann", "hamming", None, values])}
        )
    )
    fitting = [n for n in range(length // 2 + 1, 40) if has_the_frames_declared(n, length, stride)]
    tensor = spec(draw(st.sampled_from([None, *fitting])), dtype=draw(DTYPES))
    return LayerCall(arguments, (tensor,), masked=draw(st.booleans()))


@st.composite
def stft(draw):
    length = draw(mostly(st.integers(2, 9), st.integers(-1, 1)))
    values = [0.5] * draw(mostly(st.just(max(length, 1)), st.integers(1, 9)))
    windows = st.sampled_from(["hann", "tukey", None, values])
    arguments = draw(
        st.fixed_dictionaries(
            {"frame_length": st.just(length)},
            optional={
                "mode": mostly(
                    st.sampled_from(["log", "magnitude", "psd", "real", "imag", "angle", "stft"]),
                    st.just("power"),
                ),
                "frame_step": mostly(st.integers(1, max(length, 1)), st.integers(0, 10)),
                "fft_length": mostly(
                    st.just(16), st.sampled_from([1, 2, 4, 8])
                ),  # else Keras warns
                "window": mostly(windows, st.sampled_from(["kaiser", "no window"])),
                "periodic": st.booleans(),
                "scaling": st.sampled_from(["density", "spectrum", None]),
                "padding": PADDINGS,
                "expand_dims": st.booleans(),
                "data_format": FORMATS,
                "trainable": st.booleans(),
                "autocast": st.booleans(),
                "dtype": st.sampled_from(["float16", "float64", "mixed_float16"]),
            },
        )
    )
    shape = laid_out(draw(shapes(1, most=30)), arguments)
    return LayerCall(arguments, (spec(*shape, dtype=draw(FLOATS)),), masked=draw(st.booleans()))


CALLS = {"MelSpectrogram": mel(), "STFTSpectrogram": stft()}
