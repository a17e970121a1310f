"""The gallery's blocks that none of its files uses, against the same blocks in Keras."""

from __future__ import annotations

from typing import Any

import keras
from keras import layers as kl

import layergraph as lg
from tests.parity.known_without_keras import assert_all_is_known
from tests.parity.same_outputs import assert_they_compute_the_same


def assert_alike(name: str, theirs: keras.Model) -> None:
    """The file gives the weights of a model in their order, and from them the model's output."""
    graph = lg.load(f"tests/parity/graphs/{name}.yaml")
    ours = lg.compile(graph)
    assert_all_is_known(graph, ours)
    assert [type(layer) for layer in ours.layers] == [type(layer) for layer in theirs.layers]
    assert [(w.name, w.shape) for w in ours.weights] == [(w.name, w.shape) for w in theirs.weights]
    assert_they_compute_the_same(ours, theirs)


def basic(x: Any, filters: int, stride: int = 1, project: bool = False) -> Any:
    shortcut = x
    if project:
        shortcut = kl.Conv2D(filters, 1, strides=stride)(x)
        shortcut = kl.BatchNormalization(epsilon=1.001e-5)(shortcut)
    y = kl.Conv2D(filters, 3, strides=stride, padding="same")(x)
    y = kl.BatchNormalization(epsilon=1.001e-5)(y)
    y = kl.Activation("relu")(y)
    y = kl.Conv2D(filters, 3, padding="same")(y)
    y = kl.BatchNormalization(epsilon=1.001e-5)(y)
    return kl.Activation("relu")(kl.Add()([shortcut, y]))


def basic_v2(x: Any, filters: int, stride: int = 1, project: bool = False) -> Any:
    active = kl.Activation("relu")(kl.BatchNormalization(epsilon=1.001e-5)(x))
    shortcut = x
    if project:
        shortcut = kl.Conv2D(filters, 1, strides=stride)(active)
    elif stride > 1:
        shortcut = kl.MaxPooling2D(1, strides=stride)(x)
    y = kl.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(active)
    y = kl.Activation("relu")(kl.BatchNormalization(epsilon=1.001e-5)(y))
    y = kl.Conv2D(filters, 3, padding="same")(y)
    return kl.Add()([shortcut, y])


def test_basic_residual_blocks():
    image = keras.Input((16, 16, 4))
    x = basic(image, 4)
    x = basic(x, 6, stride=2, project=True)
    x = basic_v2(x, 6)
    x = basic_v2(x, 6, stride=2)
    x = basic_v2(x, 8, stride=2, project=True)
    assert_alike("basic_blocks", keras.Model(image, kl.Identity()(x)))


def test_depthwise_separable_block():
    assert_alike("mobilenet", keras.applications.MobileNet(weights=None, input_shape=(96, 96, 3)))
