"""What a written module builds, beside what the graph compiles to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras

import layergraph as lg
from layergraph.targets.python_source.source import python_source


def module_of(graph: lg.Graph) -> dict[str, Any]:
    """The module of a graph, executed."""
    namespace: dict[str, Any] = {"__name__": "written"}
    exec(compile(python_source(graph), "written.py", "exec"), namespace)
    return namespace


def assert_same_model(
    graph: lg.Graph, module: Mapping[str, Any] | None = None, **given: Any
) -> tuple[keras.Model, keras.Model]:
    """Build both, and compare configuration, weights, and what they are compiled with."""
    keras.utils.clear_session()  # which begins to number what Keras names by itself anew
    wanted = lg.compile(graph, allow=("tests",))
    keras.utils.clear_session()
    found = (module or module_of(graph))["build"](**given)
    assert found.get_config() == wanted.get_config()
    shapes = [[(w.path, w.shape, w.dtype) for w in m.weights] for m in (found, wanted)]
    assert shapes[0] == shapes[1]
    assert list(found.input) == list(wanted.input)
    assert list(found.output) == list(wanted.output)
    assert compile_config(found) == compile_config(wanted)
    return found, wanted


def compile_config(model: keras.Model) -> str:
    """What a model is compiled with, as a text."""
    config = model.get_compile_config() if model.compiled else None
    return json.dumps(keras.saving.serialize_keras_object(config), sort_keys=True)


GALLERY = sorted(Path("graphs").glob("*.yaml"))
CORPUS = sorted(Path("tests/corpus/valid").glob("*.yaml"))
