"""Keras → YAML → Keras: is it the same model?"""

from __future__ import annotations

import json
import warnings
from typing import Any

import keras
import numpy as np

import layergraph as lg
from layergraph.diagnostics import Source
from layergraph.importers.calls import functional, level_of
from layergraph.importers.import_model import graph_with_notes
from layergraph.importers.tensor_names import tensor_names
from layergraph.pipeline import validate_text


def imported(model: keras.Model, *, flat: bool = False) -> lg.Graph:
    """The graph that the text of an import is read as: what is compared is what was written."""
    _, graph = graph_with_notes(model, flat=flat)
    report = validate_text(Source("imported.yaml", graph.to_yaml()))
    assert not report.errors, f"{report.errors}\n{graph.to_yaml()}"
    assert report.graph is not None
    return report.graph


def compiled(graph: lg.Graph, *allow: str) -> keras.Model:
    keras.utils.clear_session()  # which begins to number what Keras names by itself anew
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*does not support masking.*")
        return lg.compile(graph, allow=allow)


def assert_same_model(model: keras.Model, again: keras.Model) -> None:
    """The same layers in the same order, with the same arguments, calls and weights."""
    assert described(again) == described(model)
    assert len(again.weights) == len(model.weights)
    for mine, wanted in zip(again.weights, model.weights, strict=True):
        assert (tuple(mine.shape), mine.dtype, mine.trainable) == (
            *(tuple(wanted.shape), wanted.dtype, wanted.trainable),
        )
        assert f"/{wanted.path}".endswith(f"/{mine.path}")  # theirs may stand in a name scope


def described(model: keras.Model) -> list[Any]:
    """The layers of a model, and of those in it: a Sequential one is the functional one in it.

    What Keras makes by itself, to pass masks on, is left out: it is numbered as it comes.
    """
    level = level_of(model)
    kept = {call.operation.name: call.operation for call in (*level.inputs, *level.calls)}
    found = [
        _without_own_masks(layer, kept)
        for layer in without_names(functional(model).get_config()["layers"])
        if layer["name"] in kept
    ]
    for layer in found:
        inside = kept[layer["name"]]
        if isinstance(inside, keras.Model):
            layer |= {"module": "keras", "class_name": "Functional", "config": described(inside)}
    return found


def _without_own_masks(value: Any, kept: Any) -> Any:
    """A config in which every tensor of an operation that is not kept is a mask."""
    if isinstance(value, list):
        return [_without_own_masks(item, kept) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("class_name") == "__keras_tensor__":
        is_kept = value["config"]["keras_history"][0] in kept
        return value if is_kept else "a mask"
    return {key: _without_own_masks(item, kept) for key, item in value.items()}


def assert_same_outputs(model: keras.Model, again: keras.Model, *data: Any) -> None:
    """The same numbers to 1e-6 of the largest, once the weights are; `data` is for each input."""
    again.set_weights(model.get_weights())
    names = tensor_names(functional(model)._inputs_struct).names
    given = keras.tree.pack_sequence_as(functional(model)._inputs_struct, list(data))
    ours = [again(dict(zip(names, data, strict=True)))[name] for name in again.output]
    theirs = keras.tree.flatten(model(given))
    for mine, wanted in zip(ours, theirs, strict=True):
        assert np.isfinite(wanted).all()
        scale = max(1.0, float(np.abs(wanted).max()))
        np.testing.assert_allclose(mine, wanted, rtol=1e-6, atol=1e-6 * scale)


def without_names(config: Any) -> Any:
    """A config as JSON, without what is known only once a layer is built or saved."""
    return json.loads(json.dumps(_stripped(config), default=str))


def _stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _stripped(item)
            for key, item in value.items()
            if key not in ("build_config", "shared_object_id", "registered_name")
        }
    if isinstance(value, list | tuple):
        return [_stripped(item) for item in value]
    return value
