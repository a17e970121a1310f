"""Every gallery file against its twin, the same model written by hand in Keras."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

import layergraph as lg
from tests.parity.samples import sample_inputs
from tests.parity.twins import TWINS

GALLERY = sorted(Path("graphs").glob("*.yaml"))
GALLERY_NAMES = [path.stem for path in GALLERY]


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
    assert sorted(TWINS) == GALLERY_NAMES


@pytest.mark.parametrize("name", GALLERY_NAMES)
def test_layers_and_weights_are_the_twins(name):
    _, model, twin = built(name)
    layers = {layer.name: layer.get_config() for layer in model.layers}
    assert layers == {layer.name: layer.get_config() for layer in twin.layers}
    weights = [(w.path, tuple(w.shape), w.dtype, w.trainable) for w in model.weights]
    assert weights == [(w.path, tuple(w.shape), w.dtype, w.trainable) for w in twin.weights]
    assert model.name == twin.name


@pytest.mark.parametrize("name", GALLERY_NAMES)
def test_it_is_compiled_as_the_twin(name):
    _, model, twin = built(name)
    assert without_names(model.get_compile_config()) == without_names(twin.get_compile_config())


@pytest.mark.parametrize("name", GALLERY_NAMES)
def test_it_computes_what_the_twin_computes(name):
    graph, model, twin = built(name)
    twin.set_weights(model.get_weights())
    inputs = {k: keras.ops.convert_to_tensor(v) for k, v in sample_inputs(graph).items()}
    ours, theirs = model(inputs), twin(inputs)
    assert list(ours) == list(theirs) == list(graph.outputs)
    for output in theirs:
        np.testing.assert_allclose(ours[output], theirs[output], rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", GALLERY_NAMES)
def test_what_is_known_without_keras_is_what_keras_says(name):
    graph, model, _ = built(name)
    for node in graph.nodes.values():
        layer = model.get_layer(node.keras_name)
        tensors = keras.tree.flatten(layer.output)
        assert [spec.shape for spec in node.outputs] == [tuple(t.shape) for t in tensors]
        assert [spec.dtype for spec in node.outputs] == [t.dtype for t in tensors]
        ours = [(weight.shape, weight.trainable) for weight in node.weights.values()]
        assert ours == [(tuple(w.shape), w.trainable) for w in layer.weights]
        paths = [w.path.removeprefix(f"{node.keras_name}/") for w in layer.weights]
        assert list(node.weights) == paths
    assert graph.count_params() == model.count_params()
    trainable = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
    assert graph.count_params(trainable=True) == trainable
