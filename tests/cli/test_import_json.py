"""`layergraph import old.json`, as a person runs it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.processes import run_layergraph, run_python

CORPUS = Path(__file__).parents[1] / "corpus" / "keras_json"
TEXT = """\
layergraph: 1
name: sequential

inputs:
  dense_1_input: {shape: [6]}
  dense_2_input: {shape: [5]}

layers:
  dense_1: {type: Dense, from: dense_1_input, units: 4, activation: relu}
  dense_2: {type: Dense, from: dense_2_input, units: 4, activation: sigmoid}
  merge_1: {type: Concatenate, from: [dense_1, dense_2]}
  dense_3: {type: Dense, from: merge_1, units: 2, activation: softmax}

outputs:
  dense_3: {from: dense_3}
"""


@pytest.fixture
def folder(tmp_path):
    for name in ("merged_branches", "sequences"):
        shutil.copy(CORPUS / "1.0" / f"{name}.json", tmp_path)
    return tmp_path


def test_without_an_output_the_graph_goes_to_stdout(folder):
    done = run_layergraph("import", "merged_branches.json", "--flat", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, TEXT, "")


def test_the_graph_is_valid_and_what_changed_is_said(folder):
    done = run_layergraph("import", "sequences.json", "-o", "graph.yaml", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "graph.yaml\n")
    assert done.stderr.startswith("note: `hard_sigmoid` is another function in Keras 3")
    assert run_layergraph("validate", "graph.yaml", cwd=folder).returncode == 0
    again = run_layergraph("import", "sequences.json", "-o", "graph.yaml", cwd=folder)
    assert again.returncode == 1
    assert "LG501" in again.stderr


def test_what_cannot_be_read_leaves_nothing_behind(folder):
    (folder / "old.json").write_text(json.dumps({"class_name": "Model"}))
    for name, said in (("old.json", "it has no `config`"), ("gone.json", "No such file")):
        done = run_layergraph("import", name, "-o", "graph.yaml", cwd=folder)
        assert (done.returncode, done.stdout) == (1, "")
        assert "error[LG522]" in done.stderr
        assert said in done.stderr
    assert not (folder / "graph.yaml").exists()


def test_a_file_without_weights_gives_none(folder):
    done = run_layergraph("import", "sequences.json", "--weights", "-o", "g.yaml", cwd=folder)
    assert done.returncode == 2
    assert "a .json file holds no weights" in done.stderr


def test_it_needs_neither_keras_nor_tensorflow(folder):
    code = """
import sys
from click.testing import CliRunner
from layergraph.cli.main import cli
done = CliRunner().invoke(cli, ["import", sys.argv[1]])
assert done.exit_code == 0, done.output
print(sorted({"keras", "tensorflow", "numpy"} & set(sys.modules)))
"""
    assert run_python(code, str(folder / "sequences.json")) == "[]\n"
