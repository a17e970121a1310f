"""What spectrograms say of sounds and arguments that do not fit."""

from tests.unit.layers.mistakes import complaint, infer, refusal, spec

MEL = {"fft_length": 16, "sequence_stride": 4, "num_mel_bins": 5}
STFT = {"frame_length": 8}


def test_sounds_with_channels():
    assert refusal("MelSpectrogram", MEL, spec(30, 2)) == (
        "wrong-rank",
        "{node} needs a tensor of 2 axes (batch, samples)",
        "{0} is (batch, 30, 2), which has 3",
        None,
        "each sample is one sound: take channels apart first",
    )
    assert refusal("STFTSpectrogram", STFT, spec(30))[-1] == (
        "add a channel axis: Reshape to [30, 1]"
    )


def test_short_sounds():
    assert refusal("MelSpectrogram", MEL, spec(8)) == (
        "impossible-size",
        "the input of {node} is too short for its `fft_length`",
        "{0} is (batch, 8): 8 must be more than half of 16",
        "fft_length",
        "an `fft_length` of at most 14, or longer sounds",
    )
    assert infer("MelSpectrogram", MEL | {"fft_length": 14}, spec(8)).shape == (None, 5, 3)
    assert refusal("STFTSpectrogram", STFT, spec(5, 2)) == (
        "impossible-size",
        "the window of {node} is larger than its input on axis 1",
        "{0} is (batch, 5, 2): 5 is less than the window's 8",
        "frame_length",
        "`padding: same`, or a smaller `frame_length`",
    )


def test_frames_that_keras_declares_and_does_not_compute():
    assert refusal("MelSpectrogram", MEL, spec(31)) == (
        "argument-misfit",
        "Keras declares 9 frames of {node}, and computes 8",
        "{0} is (batch, 31), with a frame every 4 samples",
        "sequence_stride",
        "another `sequence_stride`, or another number of samples",
    )


def test_dtypes():
    assert refusal("STFTSpectrogram", STFT, spec(30, 2, dtype="int32"))[0] == "wrong-dtype"
    assert refusal("STFTSpectrogram", STFT | {"dtype": "mixed_bfloat16"}, spec(30, 2)) == (
        "wrong-dtype",
        "{node} cannot compute in bfloat16",
        "{0} is float32, and the layer computes in bfloat16",
        None,
        "compute in float32, and put `ops.cast` behind the layer",
    )
    assert refusal("MelSpectrogram", MEL, spec(30, dtype="string"))[0] == "wrong-dtype"
    assert complaint("MelSpectrogram", {"dtype": "float64"}) == (
        ("dtype",),
        "not-a-choice",
        "cannot be float64, as the Mel bins are computed in float32",
        "put `ops.cast` behind the layer",
    )


def test_windows():
    assert complaint("MelSpectrogram", {"window": "hanning"}) == (
        ("window",),
        "not-a-choice",
        'must be one of `hann`, `hamming`, not the string "hanning"',
        "did you mean `hann`?",
    )
    assert complaint("MelSpectrogram", {"window": [1.0, 2]})[:3] == (
        ("window",),
        "conflicting-arguments",
        "must have as many values as `sequence_length`, 2048, not 2",
    )
    assert complaint("STFTSpectrogram", {"window": [1, "2"]})[:2] == (("window", 1), "wrong-type")
    assert complaint("STFTSpectrogram", {"window": 2})[2] == (
        "must be the name of a window or a list of numbers, not 2"
    )


def test_lengths():
    for name, arguments, expected in [
        (
            "MelSpectrogram",
            {"fft_length": 8, "sequence_length": 9},
            (("sequence_length",), "must be at most `fft_length`, 8, not 9"),
        ),
        (
            "STFTSpectrogram",
            STFT | {"frame_step": 9},
            (("frame_step",), "must be at most `frame_length`, 8, not 9"),
        ),
        (
            "STFTSpectrogram",
            STFT | {"fft_length": 4},
            (("fft_length",), "must be at least `frame_length`, 8, not 4"),
        ),
        (
            "STFTSpectrogram",
            {"frame_length": 1},
            (("frame_length",), "is 1, half of which, 0, is no `frame_step`"),
        ),
        (
            "STFTSpectrogram",
            {"frame_length": 1, "frame_step": 1, "mode": "psd"},
            (("mode",), "cannot be `psd` of one frequency"),
        ),
    ]:
        found = complaint(name, arguments)
        assert (found[0], found[2], found[1]) == (*expected, "conflicting-arguments")


def test_frequencies():
    assert complaint("MelSpectrogram", {"sampling_rate": 30}) == (
        ("min_freq",),
        "conflicting-arguments",
        "must be less than `max_freq`, 15, not 20.0",
        "`max_freq` is half of `sampling_rate` where it is not given",
    )
