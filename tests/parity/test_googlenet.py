"""GoogLeNet's local response normalisation against TensorFlow's own, on images of usual values."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

import layergraph as lg


@pytest.mark.parametrize(("given", "normalised"), [("pool1", "norm1_out"), ("conv2", "norm2_out")])
def test_local_response_norm_is_tensorflows(given, normalised):
    model = lg.compile(lg.load("graphs/googlenet.yaml", params={"size": 65}))
    tensors = {operation.name: operation.output for operation in model.operations}
    probe = keras.Model(model.inputs, [tensors[given], tensors[normalised]])
    images = np.random.default_rng(0).normal(scale=100, size=(2, 65, 65, 3))
    x, ours = probe([images])
    wanted = tf.nn.local_response_normalization(x, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75)
    assert np.abs(ours - x / 2.0**0.75).max() > 0.1  # the neighbours count
    np.testing.assert_allclose(ours, wanted, rtol=1e-5)
