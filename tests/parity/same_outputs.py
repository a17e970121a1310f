"""Two models of images with the same weights in the same order: do they compute the same?"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np


def assert_they_compute_the_same(ours: keras.Model, theirs: keras.Model) -> None:
    """Give both the same weights, and compare what their last layers are given and give.

    Both compute it in float32, so sums may round differently: the largest value is the scale.
    """
    random = np.random.default_rng(0)
    images = random.normal(scale=100, size=(2, *theirs.input_shape[1:]))
    theirs.set_weights([_drawn(random, w) for w in theirs.weights])
    _adapt_statistics(theirs, images)
    ours.set_weights(theirs.get_weights())
    for mine, wanted in zip(_probed(ours, images), _probed(theirs, images), strict=True):
        assert np.isfinite(wanted).all()
        assert not np.allclose(wanted[0], wanted[1], rtol=0.01, atol=0)  # the images matter
        np.testing.assert_allclose(mine, wanted, rtol=1e-6, atol=1e-6 * np.abs(wanted).max())


def _drawn(random: np.random.Generator, weight: Any) -> np.ndarray:
    """Values for one weight: not the zeros and ones that some start with, and do not count."""
    if weight.name == "gamma":
        return random.uniform(0.5, 1.5, size=weight.shape)
    if weight.name in ("beta", "bias"):
        return random.normal(scale=0.1, size=weight.shape)
    return np.asarray(weight)


def _adapt_statistics(model: keras.Model, images: np.ndarray) -> None:
    """Make the moving statistics those of the images: made up, they drown what the images say."""
    layers = [x for x in model.layers if isinstance(x, keras.layers.BatchNormalization)]
    momenta = [layer.momentum for layer in layers]
    for layer in layers:
        layer.momentum = 0.0
    model(images, training=True)
    for layer, momentum in zip(layers, momenta, strict=True):
        layer.momentum = momentum


def _probed(model: keras.Model, images: np.ndarray) -> list[np.ndarray]:
    head = model.layers[-1]
    probe = keras.Model(model.inputs, [head.input, head.output])
    return [np.asarray(tensor) for tensor in probe([images])]
