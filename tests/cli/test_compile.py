"""`layergraph compile`, as a person runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from tests.processes import LAYERGRAPH, run_layergraph
from tests.quiet import QUIET
from tests.serving import ask

GRAPH = """
layergraph: 1
inputs: {x: {shape: [4]}}
outputs: {y: {from: x, task: regression}}
"""
NEEDS_WORDS = """
layergraph: 1
inputs: {word: {shape: [], dtype: string}}
layers:
  index: {type: StringLookup, from: word}
  known: {type: Embedding, from: index, input_dim: 9, output_dim: 2}
outputs: {y: {from: known, task: regression}}
"""


@pytest.fixture
def graph(tmp_path):
    path = tmp_path / "graph.yaml"
    path.write_text(GRAPH)
    return path


def test_a_saved_model_a_keras_file_and_weights(graph, tmp_path):
    for name in ("model", "model.keras", "model.weights.h5"):
        arguments = ["graph.yaml", "-o", name, "--seed", "1"]
        done = run_layergraph("compile", *arguments, cwd=tmp_path, fresh=name == "model")
        assert (done.returncode, done.stdout, done.stderr) == (0, f"{name}\n", "")
    assert (tmp_path / "model" / "saved_model.pb").is_file()
    flat = run_layergraph("expand", "graph.yaml", cwd=tmp_path).stdout
    assert (tmp_path / "model" / "assets.extra" / "graph.yaml").read_text() == flat
    inputs = {"x": np.ones((2, 4), "float32")}
    expected = ask(tmp_path / "model", inputs)[0]["y"]
    for name in ("model.keras", "model.weights.h5"):
        arguments = ["graph.yaml", "-o", "again", "--weights", name, "--force", "--quiet"]
        done = run_layergraph("compile", *arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        np.testing.assert_array_equal(ask(tmp_path / "again", inputs)[0]["y"], expected)


def test_what_stands_there_is_replaced_only_with_force(graph, tmp_path):
    out = tmp_path / "model"
    out.mkdir()
    (out / "precious").write_text("x")
    done = run_layergraph("compile", "graph.yaml", "-o", "model", cwd=tmp_path)
    assert done.returncode == 1
    assert "error[LG501]: `model` exists already" in done.stderr
    assert "`--force`" in done.stderr
    assert [p.name for p in out.iterdir()] == ["precious"]
    done = run_layergraph("compile", "graph.yaml", "-o", "model", "--force", cwd=tmp_path)
    assert done.returncode == 0
    assert not (out / "precious").exists()
    assert (out / "saved_model.pb").is_file()


def test_errors_of_the_file_go_to_stderr(tmp_path):
    (tmp_path / "graph.yaml").write_text(GRAPH.replace("from: x", "from: z"))
    done = run_layergraph("compile", "graph.yaml", "-o", "model", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[LG203]" in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["graph.yaml"]


@pytest.mark.parametrize(
    ("arguments", "code", "help"),
    [
        (["-o", "model.kers"], "LG502", "did you mean `.keras`?"),
        (["-o", "model.zip"], "LG502", "SavedModel"),
        (["-o", "model", "--weights", "none.keras"], "LG506", "no weights file"),
        (["-o", "model", "--weights", "graph.yaml"], "LG506", "no weights file"),
        (["-o", "graph.yaml/model"], "LG504", "cannot write"),
    ],
)
def test_what_cannot_be_had(graph, tmp_path, arguments, code, help):
    done = run_layergraph("compile", "graph.yaml", *arguments, cwd=tmp_path)
    assert done.returncode == 1
    assert f"error[{code}]" in done.stderr
    assert help in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["graph.yaml"]


def test_weights_that_do_not_fit(graph, tmp_path):
    run_layergraph("compile", "graph.yaml", "-o", "a.weights.h5", cwd=tmp_path)
    graph.write_text(GRAPH.replace("[4]", "[5]"))
    arguments = ["compile", "graph.yaml", "-o", "model", "--weights", "a.weights.h5"]
    done = run_layergraph(*arguments, cwd=tmp_path)
    assert done.returncode == 1
    assert "error[LG506]: the weights of `a.weights.h5` do not fit the model" in done.stderr
    assert not (tmp_path / "model").exists()


def test_a_lookup_without_words_cannot_be_served(tmp_path):
    (tmp_path / "graph.yaml").write_text(NEEDS_WORDS)
    done = run_layergraph("compile", "graph.yaml", "-o", "model", cwd=tmp_path)
    assert done.returncode == 1
    assert "error[LG507]: `index` has learnt nothing from data yet" in done.stderr
    assert "graph.yaml:5:3" in done.stderr
    assert run_layergraph("compile", "graph.yaml", "-o", "m.keras", cwd=tmp_path).returncode == 1
    done = run_layergraph("compile", "graph.yaml", "-o", "m.weights.h5", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_without_tensorflow_it_says_what_to_install(graph, tmp_path):
    blocker = tmp_path / "blocked"
    blocker.mkdir()
    (blocker / "sitecustomize.py").write_text(
        "import importlib.util as u\n"
        "found = u.find_spec\n"
        "u.find_spec = lambda n, p=None: None if n in ('tensorflow', 'keras') else found(n, p)\n"
    )
    arguments = ["compile", "graph.yaml", "-o", "model"]
    done = run_layergraph(*arguments, cwd=tmp_path, PYTHONPATH=str(blocker), fresh=True)
    assert done.returncode == 1
    assert "error[LG503]" in done.stderr
    assert "pip install 'layergraph[tensorflow]'" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("had", [False, True])
def test_an_interrupted_compile_leaves_nothing_behind(tmp_path, number, had):
    out = tmp_path / "model"
    if had:
        out.mkdir()
        (out / "old").write_text("old")
    process = subprocess.Popen(
        [LAYERGRAPH, "compile", "graphs/posts.yaml", "-o", str(out), "--force"],  # large
        env=os.environ | QUIET,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 120
    while not _is_writing(tmp_path, out) and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.002)
    process.send_signal(number)
    said = process.communicate(timeout=60)[1]
    assert process.returncode != 0, "it was done before the signal came"
    assert "Traceback" not in said
    assert [p.name for p in tmp_path.iterdir()] == (["model"] if had else [])
    assert not had or [p.name for p in out.iterdir()] == ["old"]


def _is_writing(folder: Path, out: Path) -> bool:
    """Whether the folder in which the artefact is made stands beside its place."""
    return any(path != out for path in folder.iterdir())
