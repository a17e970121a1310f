"""The gallery's well-known models against `keras.applications`, weight for weight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import keras
import pytest

import layergraph as lg
from tests.parity.known_without_keras import assert_all_is_known
from tests.parity.same_outputs import assert_they_compute_the_same

pytestmark = pytest.mark.slow


class Application(NamedTuple):
    """A gallery file, and params that keep its images small."""

    file: str
    params: dict[str, Any]


# By the function of `keras.applications` that builds the same model.
APPLICATIONS = {
    "ResNet50": Application("resnet50", {"size": 64}),
    "ResNet101": Application("resnet50", {"size": 64, "depths": [3, 4, 23, 3]}),
    "ResNet152": Application("resnet50", {"size": 64, "depths": [3, 8, 36, 3]}),
    "ResNet50V2": Application("resnet50_v2", {"size": 64}),
    "ResNet152V2": Application("resnet50_v2", {"size": 64, "depths": [3, 8, 36, 3]}),
    "MobileNetV2": Application("mobilenet_v2", {"size": 96}),
    "DenseNet121": Application("densenet121", {"size": 64}),
    "DenseNet201": Application("densenet121", {"size": 64, "depths": [6, 12, 48, 32]}),
    "VGG16": Application("vgg16", {"size": 64}),
    "VGG19": Application("vgg16", {"size": 64, "depths": [2, 2, 4, 4, 4]}),
    "InceptionV3": Application("inception_v3", {"size": 96}),
    "Xception": Application("xception", {"size": 96}),
    "EfficientNetB0": Application("efficientnet_b0", {"size": 77}),
}


class Pair(NamedTuple):
    """A graph, its model, and the one of `keras.applications`."""

    graph: Any
    model: keras.Model
    application: keras.Model


@pytest.fixture(scope="module", params=APPLICATIONS)
def pair(request: pytest.FixtureRequest) -> Iterator[Pair]:
    file, params = APPLICATIONS[request.param]
    graph = lg.load(f"graphs/{file}.yaml", params=params)
    keras.backend.clear_session()  # so that the names Keras makes up begin to count anew
    (image,) = graph.inputs.values()
    build = getattr(keras.applications, request.param)
    yield Pair(graph, lg.compile(graph), build(weights=None, input_shape=image.shape[1:]))
    keras.backend.clear_session()


def made_up(layer: keras.Layer) -> bool:
    """Whether Keras has made up the layer's name: of its class, and a number."""
    base = keras.src.utils.naming.to_snake_case(type(layer).__name__)
    return layer.name == base or layer.name.removeprefix(f"{base}_").isdigit()


def described(layer: keras.Layer) -> tuple[type, dict[str, Any]]:
    """A layer's class and arguments; channels are its last axis, however it is counted."""
    config = {key: value for key, value in layer.get_config().items() if key != "name"}
    if config.get("axis") == -1:
        config["axis"] = 3
    return type(layer), config


def test_layers_are_the_applications(pair):
    for mine, wanted in zip(pair.model.layers, pair.application.layers, strict=True):
        assert described(mine) == described(wanted)
        assert mine.name == wanted.name or made_up(wanted)


def test_weights_are_the_applications(pair):
    ours, theirs = (
        [(layer, w) for layer in model.layers for w in layer.weights]
        for model in (pair.model, pair.application)
    )
    assert [w for _, w in ours] == pair.model.weights
    for (_, mine), (layer, wanted) in zip(ours, theirs, strict=True):
        assert (mine.name, mine.shape, mine.dtype) == (wanted.name, wanted.shape, wanted.dtype)
        assert mine.trainable == wanted.trainable
        assert mine.path == wanted.path or made_up(layer)


def test_it_computes_what_the_application_computes(pair):
    assert_they_compute_the_same(pair.model, pair.application)


def test_what_is_known_without_keras_is_what_keras_says(pair):
    assert_all_is_known(pair.graph, pair.model)
