"""`layergraph import`, as a person runs it."""

from __future__ import annotations

import json
import zipfile

import pytest

from tests.processes import run_layergraph

pytestmark = pytest.mark.slow

MODELS = """\
import keras


def towers(width, activation=None):
    rows = keras.Input((4,), name="rows")
    hidden = keras.layers.Dense(width, activation=activation, name="hidden")(rows)
    price = keras.layers.Dense(1, name="price")(hidden)
    return keras.Model(rows, price, name="towers")


def saved():
    model = towers(3)
    model.save("saved.keras")
    return model
"""

GRAPH = """\
layergraph: 1
name: towers

inputs:
  rows: {shape: [4]}

layers:
  hidden: {type: Dense, from: rows, units: 3}
  price: {type: Dense, from: hidden, units: 1}

outputs:
  price: {from: price}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "models.py").write_text(MODELS)
    return tmp_path


def test_a_function_and_a_file_with_weights(folder):
    done = run_layergraph("import", "models:saved", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, GRAPH, "")
    done = run_layergraph("import", "saved.keras", "-o", "graph.yaml", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "graph.yaml\ngraph.weights.h5\n"), done.stderr
    assert (folder / "graph.yaml").read_text() == GRAPH
    arguments = ("graph.yaml", "-o", "again.weights.h5", "--weights", "graph.weights.h5")
    assert run_layergraph("compile", *arguments, cwd=folder).returncode == 0

    import h5py

    with zipfile.ZipFile(folder / "saved.keras") as archive:
        archive.extract("model.weights.h5", folder)
    kernels = []
    for name in ("model.weights.h5", "again.weights.h5"):
        with h5py.File(folder / name) as file:
            kernels.append(file["layers/dense/vars/0"][()].tolist())
    assert kernels[0] == kernels[1]


def test_arguments(folder):
    arguments = ("--arg", "width=3", "--arg", "activation=None")
    done = run_layergraph("import", "models:towers", *arguments, cwd=folder)
    assert (done.returncode, done.stdout) == (0, GRAPH)


def test_a_file_that_would_import_a_module_is_refused(folder):
    config = {"class_name": "get_file", "config": {}, "module": "keras.utils"}
    with zipfile.ZipFile(folder / "bad.keras", "w") as archive:
        archive.writestr("config.json", json.dumps(config))
    done = run_layergraph("import", "bad.keras", cwd=folder)
    assert done.returncode == 1
    assert "error[LG508]: `bad.keras` would import `keras.utils:get_file`" in done.stderr
