"""The multiply-adds of layers whose counts are sums of several products."""

import pytest

from layergraph.layers.catalog import LAYERS
from tests.unit.layers.mistakes import spec

HEADS = {"head_dim": 4, "num_query_heads": 6, "num_key_value_heads": 2}
TABLE = {"input_dim": 11, "output_dim": 3}
STFT = {"frame_length": 8, "frame_step": 4}


def counted(name, arguments, *tensors, **call):
    layer = LAYERS.find(name).checked(arguments)
    named = {"call": layer.Call(**call)} if layer.infers_from_call() else {}
    return layer.multiply_adds(*tensors, **named)


@pytest.mark.parametrize(
    ("equation", "output_shape", "shape", "count"),
    [
        ("abc,cd->abd", [None, 4], (5, 8), 5 * 8 * 4),
        ("abc,cde->abde", [None, 2, 4], (5, 8), 5 * 8 * 2 * 4),
        ("abc,cd->ad", 4, (5, 8), 5 * 8 * 4),
        ("abc,bcd->abd", [5, 4], (5, 8), 5 * 8 * 4),
        ("...c,cd->...d", 4, (5, 5, 8), 5 * 5 * 8 * 4),
        ("ab...,bc->ac...", 4, (8, 5, 6), 8 * 4 * 5 * 6),
        ("abc,cd->abd", [None, 4], (None, 8), None),
    ],
)
def test_einsum_dense(equation, output_shape, shape, count):
    arguments = {"equation": equation, "output_shape": output_shape}
    assert counted("EinsumDense", arguments, spec(*shape)) == count


def test_grouped_query_attention():
    queries, keys, values = 5 * 8 * 24, 7 * 9 * 8, 7 * 8 * 8
    scores, outputs = 5 * 7 * 24 * 2, 5 * 24 * 8
    tensors = spec(5, 8), spec(7, 8), spec(7, 9)
    total = queries + keys + values + scores + outputs
    assert counted("GroupQueryAttention", HEADS, *tensors) == total
    assert counted("GroupQueryAttention", HEADS | {"use_gate": True}, *tensors) == total + queries
    assert counted("GroupQueryAttention", HEADS, spec(None, 8), spec(7, 8)) is None


def test_reversible_embedding():
    assert counted("ReversibleEmbedding", TABLE, spec(5)) == 0
    assert counted("ReversibleEmbedding", TABLE, spec(5, 3), reverse=True) == 5 * 3 * 11


def test_spectrograms():
    frames, frequencies = 7, 5
    assert counted("STFTSpectrogram", STFT, spec(32, 2)) == frames * 2 * frequencies * 8 * 2
    real = STFT | {"mode": "real"}
    assert counted("STFTSpectrogram", real, spec(32, 2)) == frames * 2 * frequencies * 8
    mel = {"fft_length": 16, "sequence_stride": 4, "num_mel_bins": 3}
    assert counted("MelSpectrogram", mel, spec(32)) == 9 * 9 * 3
    assert counted("MelSpectrogram", mel, spec(None)) is None


def test_pipeline():
    layers = [{"type": "Dense", "units": 3}, "Flatten", {"type": "Dense", "units": 2}]
    assert counted("Pipeline", {"layers": layers}, spec(4, 5)) == 4 * 5 * 3 + 12 * 2
    assert counted("Pipeline", {"layers": layers[:1]}, spec(None, 5)) is None
