"""A graph is written as Python without Keras, TensorFlow and NumPy."""

from __future__ import annotations

import subprocess
import sys

import pytest

import layergraph as lg

BLOCKED = """
import sys
for name in ("keras", "tensorflow", "numpy"):
    sys.modules[name] = None
import layergraph as lg
lg.export(lg.load("graphs/qa.yaml"), sys.argv[1])
"""


@pytest.fixture
def graph():
    return lg.load("graphs/qa.yaml")


def test_it_needs_neither_keras_nor_tensorflow_nor_numpy(tmp_path):
    out = tmp_path / "qa.py"
    subprocess.run([sys.executable, "-c", BLOCKED, out], check=True)
    assert "def build(" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("given", [{"seed": 3}, {"weights": "qa.weights.h5"}, {"model": object()}])
def test_what_says_something_of_weights_is_refused(graph, tmp_path, given):
    with pytest.raises(lg.GraphError, match="holds no weights") as caught:
        lg.export(graph, tmp_path / "qa.py", **given)
    assert caught.value.diagnostics[0].code.id == "LG525"
    assert not (tmp_path / "qa.py").exists()


def test_what_stands_there_is_replaced_only_with_force(graph, tmp_path):
    out = tmp_path / "qa.py"
    out.write_text("precious")
    with pytest.raises(lg.GraphError, match="exists already"):
        lg.export(graph, out)
    assert out.read_text() == "precious"
    lg.export(graph, out, force=True)
    assert out.read_text() != "precious"
