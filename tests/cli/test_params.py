"""`--set` and `--max-nodes`, on every command that takes a graph."""

from __future__ import annotations

import pytest

from tests.processes import run_layergraph

GRAPH = """\
layergraph: 1
params:
  width: 4
  depth: {default: 2, doc: how many layers there are, max: 9}
  shape: {example: [8]}
  note: ""
inputs: {x: {shape: "${shape}"}}
layers:
  hidden: {type: Dense, from: x, units: "${width}", repeat: "${depth}"}
outputs: {y: {from: hidden, task: regression}}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "graph.yaml").write_text(GRAPH)
    return tmp_path


def test_values_are_read_as_yaml(folder):
    assignments = ["--set", "width=0x10", "--set", "depth=3", "--set", "shape=[2]"]
    done = run_layergraph("summary", "graph.yaml", *assignments, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "hidden.3" in done.stdout
    assert "(batch, 16)" in done.stdout
    assert "parameters: 609 " in done.stdout


def test_the_last_one_counts(folder):
    done = run_layergraph(
        "summary", "graph.yaml", "--set", "width=1", "--set", "width=2", cwd=folder
    )
    assert "(batch, 2)" in done.stdout


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("width", "'width' is no NAME=VALUE"),
        ("=4", "'=4' is no NAME=VALUE"),
        ("note=", "gives no value: write note=null, or note='\"\"'"),
        ("width=[1", "the value of 'width' cannot be read: "),
        ("width=!!python/object:os.system x", "the value of 'width' cannot be read: "),
        ("width={a: 1, a: 2}", "the value of 'width' cannot be read: "),
        ("width=.nan", "the value of 'width' cannot be read: "),
        ("width=.inf", "infinity"),
        ("width=" + "[" * 65 + "]" * 65, "more than 64 levels"),
    ],
)
def test_wrong_use(assignment, said, folder):
    done = run_layergraph("validate", "graph.yaml", "--set", assignment, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Invalid value for '--set'" in done.stderr
    assert said in " ".join(done.stderr.split())


@pytest.mark.parametrize("command", [["summary"], ["expand"], ["compile", "-o", "out"]])
def test_every_command_that_takes_a_graph_reads_it(command, folder):
    done = run_layergraph(*command, "graph.yaml", "--set", "width=[1", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Invalid value for '--set'" in done.stderr
    assert run_layergraph(*command, "graph.yaml", "--set", "widht=1", cwd=folder).returncode == 1


@pytest.mark.parametrize(
    ("assignment", "code", "place"),
    [
        ("widht=4", "LG117", "graph.yaml:2:1"),
        ("width=wide", "LG104", "graph.yaml:3:3"),
        ("width='4'", "LG104", "graph.yaml:3:3"),
        ("depth=10", "LG105", "graph.yaml:4:3"),
    ],
)
def test_what_does_not_fit_is_an_error_of_the_file(assignment, code, place, folder):
    arguments = ["validate", "--format", "concise", "graph.yaml", "--set", assignment]
    done = run_layergraph(*arguments, cwd=folder)
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith(f"{place}: error[{code}]: ")


def test_a_param_that_one_of_several_files_lacks_is_an_error_of_that_file(folder):
    (folder / "other.yaml").write_text(GRAPH.replace("width", "units"))
    done = run_layergraph("validate", "--format", "concise", ".", "--set", "width=3", cwd=folder)
    assert done.returncode == 1
    (line,) = [line for line in done.stdout.splitlines() if "error[" in line]
    assert line.startswith("other.yaml:2:1: error[LG117]: `width` is set, which is no param")


def test_an_example_is_not_compiled(folder):
    done = run_layergraph("compile", "graph.yaml", "-o", "model", cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[LG118]: param `shape` has no value" in done.stderr
    assert "`--set shape=…`" in done.stderr
    assert not (folder / "model").exists()
    done = run_layergraph(
        "compile", "graph.yaml", "-o", "m.weights.h5", "--set", "shape=[3]", cwd=folder
    )
    assert (done.returncode, done.stdout) == (0, "m.weights.h5\n")


@pytest.mark.parametrize("command", [["validate"], ["summary"], ["compile", "-o", "out"]])
def test_the_limit_on_nodes(command, folder):
    done = run_layergraph(*command, "graph.yaml", "--max-nodes", "1", cwd=folder)
    assert done.returncode == 1
    assert "error[LG212]: " in done.stdout + done.stderr
    assert "`--max-nodes`" in done.stdout + done.stderr
    assert run_layergraph(*command, "graph.yaml", "--max-nodes", "0", cwd=folder).returncode == 2


LIBRARY = """\
layergraph: 1
blocks:
  dense:
    inputs: [x]
    layers: {out: {type: Dense, from: x, unts: 3}}
    outputs: out
"""
USER = """\
layergraph: 1
imports: {parts: lib/parts.yaml}
inputs: {x: {shape: [4]}}
layers: {hidden: {block: parts.dense, from: x}}
outputs: {y: {from: hidden, task: regression}}
"""


def test_a_mistake_in_a_library_is_said_once_in_a_run(tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "parts.yaml").write_text(LIBRARY)
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(USER)
    done = run_layergraph("validate", "--format", "concise", ".", cwd=tmp_path)
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith("lib/parts.yaml:5:42: error[LG113]: ")


def test_mistakes_of_two_callers_are_two(tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "parts.yaml").write_text(
        LIBRARY.replace("unts: 3", "units: 3").replace("Dense", "LSTM")
    )
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(USER)
    done = run_layergraph("validate", "--format", "concise", "one.yaml", "two.yaml", cwd=tmp_path)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
