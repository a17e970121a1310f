"""What a graph expands to compiles to the very same Keras model."""

from __future__ import annotations

import json

import keras
import numpy as np
import pytest

import layergraph as lg
from tests.unit.graph.flat_files import FILES, FORMS, expanded, loaded

pytestmark = pytest.mark.slow

LARGE = 2_000_000
"""Parameters of a model that is built without values in them, which takes a tenth of the time."""


def compiled(graph):
    keras.utils.clear_session()  # which begins to number what Keras names by itself anew
    return lg.compile(graph, seed=4, allow=("tests",))


def check(graph, folder):
    if graph.count_params() > LARGE:
        with keras.StatelessScope():
            check_models(compiled(graph), compiled(expanded(graph, folder)))
        return
    model, flat = compiled(graph), compiled(expanded(graph, folder))
    check_models(model, flat)
    for left, right in zip(model.get_weights(), flat.get_weights(), strict=True):
        np.testing.assert_array_equal(left, right)


def check_models(model, flat):
    assert model.get_config() == flat.get_config()
    assert [(w.path, w.shape) for w in model.weights] == [(w.path, w.shape) for w in flat.weights]
    assert compile_config(model) == compile_config(flat)


def compile_config(model):
    config = model.get_compile_config() if model.compiled else None
    return json.dumps(keras.saving.serialize_keras_object(config), sort_keys=True)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_is_the_same_model(path, tmp_path):
    graph = loaded(path)
    if graph is not None:
        check(graph, tmp_path)


def test_every_form_of_a_node(tmp_path):
    (tmp_path / "forms.yaml").write_text(FORMS)
    check(lg.load(tmp_path / "forms.yaml"), tmp_path)
