"""`layergraph summary`, as a person runs it."""

from __future__ import annotations

import json

import pytest

from tests.processes import run_layergraph

GRAPH = """
layergraph: 1
name: small
description: Two words.
inputs: {x: {shape: [time, 4]}}
layers:
  read: {type: LSTM, from: x, units: 3, return_state: true}
  last: {type: Dense, from: "read:0", units: 2}
outputs: {y: {from: last, task: regression}, state: {from: "read:2"}}
"""

TABLE = """\
small: Two words.

node   type      from    shape                               dtype    parameters  weights  activations  multiply-adds
-----  --------  ------  ----------------------------------  -------  ----------  -------  -----------  -------------
x      Input             (batch, time, 4)                    float32                            ≥ 32 B
read   LSTM      x       (batch, 3), (batch, 3), (batch, 3)  float32          96    384 B         72 B              ?
last   Dense     read:0  (batch, 2)                          float32           8     32 B         16 B              6
y      Dense     last    (batch, 1)                          float32           3     12 B          8 B              2
state  Identity  read:2  (batch, 3)                          float32                              24 B

outputs: y (batch, 1), state (batch, 3)
parameters: 107 (107 trainable, 0 other)
multiply-adds a sample: at least 8
memory of weights: 428 B
memory of activations, batch of 2: at least 152 B
"""  # noqa: E501


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "small.yaml").write_text(GRAPH)
    return tmp_path


def test_the_table(folder):
    done = run_layergraph("summary", "small.yaml", "--batch-size", "2", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == TABLE


def test_json(folder):
    options = ("--format", "json", "--depth", "0", "--batch-size", "2")
    done = run_layergraph("summary", "small.yaml", *options, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert (found["version"], found["file"], found["batch_size"]) == (1, "small.yaml", 2)
    assert found["totals"]["activation_bytes"] == 152


@pytest.mark.parametrize(
    ("depth", "last"), [("0", "towers"), ("1", "towers.1"), ("2", "towers.1.h"), ("all", "n/h")]
)
def test_depth(tmp_path, depth, last):
    (tmp_path / "blocks.yaml").write_text(
        "layergraph: 1\n"
        "blocks:\n"
        "  tower: {inputs: [x], layers: {h: {type: Dense, from: x, units: 4}}, outputs: h}\n"
        "inputs: {x: {shape: [4]}}\n"
        "layers:\n"
        "  towers: {block: tower, from: x, repeat: 1}\n"
        "  n: {block: tower, from: towers, nested: true}\n"
        "outputs: {y: {from: n, task: regression}}\n"
    )
    done = run_layergraph("summary", "blocks.yaml", "--depth", depth, cwd=tmp_path)
    assert last in done.stdout.split()
    if depth == "0":
        assert "n/h" not in done.stdout.split()


@pytest.mark.parametrize(
    "wrong",
    [
        ("--depth", "-1"),
        ("--depth", "some"),
        ("--depth", "²"),
        ("--batch-size", "0"),
        ("--batch-size", "many"),
        ("--format", "xml"),
    ],
)
def test_wrong_use(folder, wrong):
    done = run_layergraph("summary", "small.yaml", *wrong, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"Invalid value for '{wrong[0]}'" in done.stderr


def test_a_wrong_file(folder):
    (folder / "small.yaml").write_text(GRAPH.replace("from: x", "from: z"))
    done = run_layergraph("summary", "small.yaml", "--format", "json", cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[LG203]" in done.stderr
