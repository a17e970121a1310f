"""Every gallery file against its twin, the same model written by hand in Keras."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

import layergraph as lg
from tests.parity.known_without_keras import assert_all_is_known
from tests.parity.samples import learn_words, sample_inputs
from tests.parity.test_applications import APPLICATIONS
from tests.parity.twins import TWINS


@functools.cache
def built(name: str) -> tuple[Any, Any, Any]:
    """The graph, its model, and the twin."""
    graph = lg.load(f"graphs/{name}.yaml")
    keras.backend.clear_session()  # so that the twin's own names begin to count anew
    return graph, lg.compile(graph), TWINS[name]()


def without_names(config: dict[str, Any]) -> dict[str, Any]:
    """A compile config without the name that Keras counts up for each optimizer."""
    del config["optimizer"]["config"]["name"]
    return config


def test_every_gallery_file_has_a_twin():
    files = {path.stem for path in Path("graphs").glob("*.yaml")}
    applications = {application.file for application in APPLICATIONS.values()}
    assert files == {*TWINS, *applications}
    assert not applications & set(TWINS)


@pytest.mark.parametrize("name", TWINS)
def test_layers_and_weights_are_the_twins(name):
    _, model, twin = built(name)
    layers = {layer.name: layer.get_config() for layer in model.layers}
    assert layers == {layer.name: layer.get_config() for layer in twin.layers}
    weights = [(w.path, tuple(w.shape), w.dtype, w.trainable) for w in model.weights]
    assert weights == [(w.path, tuple(w.shape), w.dtype, w.trainable) for w in twin.weights]
    assert model.name == twin.name


@pytest.mark.parametrize("name", TWINS)
def test_it_is_compiled_as_the_twin(name):
    _, model, twin = built(name)
    assert without_names(model.get_compile_config()) == without_names(twin.get_compile_config())


@pytest.mark.parametrize("name", TWINS)
def test_it_computes_what_the_twin_computes(name):
    graph, model, twin = built(name)
    twin.set_weights(model.get_weights())
    inputs = {k: keras.ops.convert_to_tensor(v) for k, v in sample_inputs(graph).items()}
    for one in (model, twin):
        learn_words(one, inputs)
    ours, theirs = model(inputs), twin(inputs)
    assert list(ours) == list(theirs) == list(graph.outputs)
    for output in theirs:
        np.testing.assert_allclose(ours[output], theirs[output], rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", TWINS)
def test_what_is_known_without_keras_is_what_keras_says(name):
    graph, model, _ = built(name)
    assert_all_is_known(graph, model)
