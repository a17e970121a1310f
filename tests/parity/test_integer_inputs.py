"""Integers as inputs: Keras says what comes of them only when it computes.

Its symbolic answer is a float tensor for every layer here. We refuse what then fails.
"""

import numpy as np
import pytest

from layergraph.targets.keras_objects import keras_arguments, keras_class
from layergraph.tensors import ShapeError
from tests.parity.against_keras import described, spec

FILTERS = {"filters": 2, "kernel_size": 2}
CASES = [
    ("Dense", {"units": 2}, 1),
    ("Embedding", {"input_dim": 2, "output_dim": 2}, 1),
    ("Identity", {}, 1),
    ("Masking", {}, 1),
    ("Conv1D", FILTERS, 1),
    ("Conv2D", FILTERS, 2),
    ("Conv3D", FILTERS, 3),
    ("DepthwiseConv1D", {"kernel_size": 2}, 1),
    ("DepthwiseConv2D", {"kernel_size": 2}, 2),
    ("SeparableConv1D", FILTERS, 1),
    ("SeparableConv2D", FILTERS, 2),
    ("Conv1DTranspose", FILTERS, 1),
    ("Conv2DTranspose", FILTERS, 2),
    ("Conv3DTranspose", FILTERS, 3),
    ("MaxPooling1D", {}, 1),
    ("MaxPooling2D", {}, 2),
    ("EinsumDense", {"equation": "abc,cd->abd", "output_shape": [None, 2]}, 1),
    ("AdaptiveMaxPooling1D", {"output_size": 2}, 1),
    ("AdaptiveMaxPooling2D", {"output_size": 2}, 2),
    ("AdaptiveMaxPooling3D", {"output_size": 2}, 3),
    ("AdaptiveAveragePooling1D", {"output_size": 2}, 1),
    ("AdaptiveAveragePooling2D", {"output_size": 2}, 2),
    ("AdaptiveAveragePooling3D", {"output_size": 2}, 3),
    ("STFTSpectrogram", {"frame_length": 2}, 1),
    ("AveragePooling1D", {"pool_size": 2}, 1),
    ("AveragePooling2D", {"pool_size": 2}, 2),
    ("AveragePooling3D", {"pool_size": 2}, 3),
    ("GlobalMaxPooling2D", {}, 2),
    ("GlobalAveragePooling2D", {}, 2),
    ("Flatten", {}, 2),
    ("Reshape", {"target_shape": [-1]}, 2),
    ("Permute", {"dims": [2, 1]}, 1),
    ("ZeroPadding2D", {}, 2),
    ("Cropping2D", {}, 2),
    ("UpSampling2D", {}, 2),
    ("ReLU", {}, 1),
    ("LeakyReLU", {}, 1),
    ("ELU", {}, 1),
    ("PReLU", {}, 1),
    ("Softmax", {}, 1),
    ("Dropout", {"rate": 0.5}, 1),
    ("GaussianNoise", {"stddev": 0.5}, 1),
    ("ActivityRegularization", {}, 1),
]


@pytest.mark.parametrize(("name", "arguments", "axes"), CASES, ids=[case[0] for case in CASES])
def test_integers(name, arguments, axes):
    shape = (*(4,) * axes, 3)
    layer = described(name).model_validate(arguments)
    try:
        layer.infer(spec(*shape, dtype="int32"))
        ours = "taken"
    except ShapeError:
        ours = "refused"
    try:
        keras_class(type(layer))(**keras_arguments(layer))(np.zeros((1, *shape), "int32"))
        theirs = "taken"
    except Exception:  # noqa: BLE001  TensorFlow refuses in many ways
        theirs = "refused"
    assert ours == theirs
