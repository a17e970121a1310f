"""`layergraph expand`, as a person runs it."""

from __future__ import annotations

from tests.processes import run_layergraph

GRAPH = """\
layergraph: 1
name: tower
params: {depth: 2}
inputs: {x: {shape: [4]}}
layers:
  step: {type: Dense, from: x, repeat: "${depth}", units: "${2 * i}"}
outputs: {y: {from: step}}
"""

FLAT = """\
layergraph: 1
name: tower

inputs:
  x: {shape: [4]}

layers:
  step1: {type: Dense, from: x, units: 2}
  step2: {type: Dense, from: step1, units: 4}

outputs:
  y: {from: step2}
"""


def expand(folder, *arguments, text=GRAPH):
    (folder / "tower.yaml").write_text(text)
    return run_layergraph("expand", "tower.yaml", *arguments, cwd=folder)


def test_to_stdout(tmp_path):
    done = expand(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, FLAT, "")


def test_to_a_file_in_a_folder_of_its_own(tmp_path):
    done = expand(tmp_path, "-o", "flat/tower.yaml")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "flat" / "tower.yaml").read_bytes() == FLAT.encode()
    assert [path.name for path in (tmp_path / "flat").iterdir()] == ["tower.yaml"]


def test_a_file_is_replaced_only_with_force(tmp_path):
    (tmp_path / "flat.yaml").write_text("mine")
    done = expand(tmp_path, "-o", "flat.yaml")
    assert done.returncode == 1
    assert "error[LG501]: `flat.yaml` exists already" in done.stderr
    assert (tmp_path / "flat.yaml").read_text() == "mine"
    assert expand(tmp_path, "-o", "flat.yaml", "--force").returncode == 0
    assert (tmp_path / "flat.yaml").read_text() == FLAT


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "taken").write_text("")
    done = expand(tmp_path, "-o", "taken/flat.yaml")
    assert done.returncode == 1
    assert "error[LG504]: cannot write `taken/flat.yaml`" in done.stderr


def test_a_file_with_errors_gives_nothing(tmp_path):
    done = expand(tmp_path, "-o", "flat.yaml", text=GRAPH.replace("from: x", "from: z"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[LG203]" in done.stderr
    assert not (tmp_path / "flat.yaml").exists()


def test_a_param_without_a_value(tmp_path):
    done = expand(tmp_path, text=GRAPH.replace("depth: 2", "depth: {example: 2}"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[LG118]: param `depth` has no value" in done.stderr
