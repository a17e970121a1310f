"""`layergraph summary`, as a person runs it."""

from __future__ import annotations

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

node   type      from    shape                               dtype    parameters  multiply-adds
-----  --------  ------  ----------------------------------  -------  ----------  -------------
x      Input             (batch, time, 4)                       float32
read   LSTM      x       (batch, 3), (batch, 3), (batch, 3)     float32          96              ?
last   Dense     read:0  (batch, 2)                             float32           8              6
y      Dense     last    (batch, 1)                             float32           3              2
state  Identity  read:2  (batch, 3)                             float32

outputs: y (batch, 1), state (batch, 3)
parameters: 107 (107 trainable, 0 other)
multiply-adds a sample: at least 8
"""


def test_the_table(tmp_path):
    (tmp_path / "small.yaml").write_text(GRAPH)
    done = run_layergraph("summary", "small.yaml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split() for line in done.stdout.splitlines()] == [
        line.split() for line in TABLE.splitlines()
    ]
    widths = {len(line) for line in done.stdout.splitlines() if line.startswith("----")}
    assert widths == {len(done.stdout.splitlines()[2])}


def test_a_wrong_file(tmp_path):
    (tmp_path / "small.yaml").write_text(GRAPH.replace("from: x", "from: z"))
    done = run_layergraph("summary", "small.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[LG203]" in done.stderr
