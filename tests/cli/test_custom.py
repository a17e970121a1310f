"""What is the user's own, on the command line: nothing is imported that nobody has allowed."""

from __future__ import annotations

import pytest

from tests.own_package import write_package
from tests.processes import run_layergraph

GRAPH = """\
layergraph: 1
custom:
  LayerScale: {import: "mine.layers:LayerScale", output: same}
inputs: {x: {shape: [8]}}
layers:
  scaled: {type: LayerScale, from: x, init: 0.5}
outputs: {y: {from: scaled, task: regression}}
"""
LIBRARY = """\
layergraph: 1
custom:
  LayerScale: {import: "mine.layers:LayerScale", output: same}
blocks:
  inner: {inputs: [x], layers: {scaled: {type: LayerScale, from: x}}, outputs: scaled}
  outer: {inputs: [x], layers: {held: {block: inner, from: x, nested: true}}, outputs: held}
"""
IMPORTING = """\
layergraph: 1
imports: {parts: parts.yaml}
inputs: {x: {shape: [8]}, t: {shape: [3, 8]}}
layers:
  held: {block: parts.outer, from: x}
  steps: {type: TimeDistributed, from: t, layer: {block: parts.inner}}
outputs: {y: {from: held, task: regression}, z: {from: steps}}
"""


@pytest.fixture
def folder(tmp_path):
    write_package(tmp_path)
    (tmp_path / "graph.yaml").write_text(GRAPH)
    (tmp_path / "parts.yaml").write_text(LIBRARY)
    (tmp_path / "importing.yaml").write_text(IMPORTING)
    return tmp_path


def was_imported(folder):
    return (folder / "mine" / "imported").exists()


def test_checking_and_looking_import_nothing(folder):
    done = run_layergraph("validate", "--strict", ".", cwd=folder, PYTHONPATH=str(folder))
    assert (done.returncode, done.stdout) == (0, "3 files, 0 errors\n")
    for name in ("graph.yaml", "importing.yaml"):
        done = run_layergraph("summary", name, cwd=folder, PYTHONPATH=str(folder))
        assert done.returncode == 0
        assert "parameters: at least 9 (" in done.stdout
        assert "multiply-adds a sample: at least 8\n" in done.stdout
    table = run_layergraph("summary", "graph.yaml", cwd=folder).stdout.splitlines()
    (row,) = (line for line in table if line.startswith("scaled"))
    assert row.split()[:6] == ["scaled", "LayerScale", "x", "(batch,", "8)", "float32"]
    assert row.split()[6:] == ["?", "?", "32", "B", "?"]
    assert not was_imported(folder)


@pytest.mark.parametrize("name", ["graph.yaml", "importing.yaml"])
def test_a_file_alone_causes_no_import(name, folder):
    done = run_layergraph("compile", name, "-o", "model", cwd=folder, PYTHONPATH=str(folder))
    assert (done.returncode, done.stdout) == (1, "")
    said = "error[LG508]: `LayerScale` would import `mine.layers`, which nobody has allowed"
    assert said in done.stderr
    assert "`--allow mine.layers`" in done.stderr
    assert not was_imported(folder)
    assert not (folder / "model").exists()


@pytest.mark.parametrize(
    "text",
    [
        "activation: {type: Thing, command: touch pwned}",
        "kernel_initializer: Thing",
        "kernel_initializer: {type: Thing}",
    ],
)
def test_a_function_of_the_system_is_never_called(text, folder):
    kind = "activation" if "activation" in text else "initializer"
    (folder / "graph.yaml").write_text(
        f'layergraph: 1\ncustom: {{Thing: {{import: "os:system", kind: {kind}}}}}\n'
        "inputs: {x: {shape: [8]}}\n"
        f"layers: {{a: {{type: Dense, from: x, units: 1, {text}}}}}\n"
        "outputs: {y: {from: a, loss: mse}}\n"
    )
    assert run_layergraph("validate", "graph.yaml", cwd=folder).returncode == 0
    for allow, said in (("mine", "would import `os`"), ("os", "comes from `")):
        done = run_layergraph("compile", "graph.yaml", "-o", "m", "--allow", allow, cwd=folder)
        assert done.returncode == 1
        assert f"error[LG508]: `Thing` {said}" in done.stderr
    assert not (folder / "pwned").exists()


def test_allowed_modules_are_found_in_the_current_directory(folder):
    done = run_layergraph("compile", "graph.yaml", "-o", "m.keras", "--allow", "mine", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "m.keras\n", "")
    arguments = ["importing.yaml", "-o", "model", "--allow", "other", "--allow", "mine.layers"]
    done = run_layergraph("compile", *arguments, cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "model\n", "")
    assert was_imported(folder)


def test_only_the_allowed_import_sees_the_current_directory(folder):
    for name in ("h5py", "wrapt", "zipfile", "tensorflow"):
        (folder / f"{name}.py").write_text("from pathlib import Path\nPath('pwned').touch()\n")
    done = run_layergraph("compile", "graph.yaml", "-o", "m.keras", "--allow", "mine", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert not (folder / "pwned").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("print('chatter')\nraise ValueError('no good')", "no good"),
        ("import sys\nsys.exit(0)", "it ends the program, with 0"),
    ],
)
def test_an_import_that_fails(text, said, folder):
    (folder / "mine" / "layers.py").write_text(text)
    done = run_layergraph("compile", "graph.yaml", "-o", "m", "--allow", "mine", cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[LG509]: `LayerScale` cannot be imported from `mine.layers:LayerScale`: " in (
        done.stderr
    )
    assert said in done.stderr
    assert "mine/layers.py:2, in <module>" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_an_import_prints_does_not_mix_with_the_result(folder):
    with (folder / "mine" / "__init__.py").open("w") as file:
        file.write("print('chatter')\n")
    done = run_layergraph("compile", "graph.yaml", "-o", "m.keras", "--allow", "mine", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "m.keras\n", "chatter\n")


@pytest.mark.parametrize("module", ["", "my package", "mine:layers", "mine.", "*"])
def test_what_is_no_module_is_wrong_use(module, folder):
    done = run_layergraph("compile", "graph.yaml", "-o", "m", "--allow", module, cwd=folder)
    assert done.returncode == 2
    assert f"'{module}' is no name of a module" in done.stderr


def test_the_configuration_of_the_person_allows(folder):
    (folder / "pyproject.toml").write_text('[tool.layergraph]\nallow = ["mine.layers"]\n')
    below = folder / "deep" / "down"
    below.mkdir(parents=True)
    arguments = ["compile", "../../graph.yaml", "-o", "m.weights.h5"]
    done = run_layergraph(*arguments, cwd=below, PYTHONPATH=str(folder))
    assert (done.returncode, done.stdout) == (0, "m.weights.h5\n")


def test_the_configuration_beside_the_graph_file_allows_nothing(folder, tmp_path_factory):
    (folder / "pyproject.toml").write_text('[tool.layergraph]\nallow = ["mine"]\n')
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "pyproject.toml").write_text("")
    arguments = ["compile", str(folder / "graph.yaml"), "-o", "m"]
    done = run_layergraph(*arguments, cwd=elsewhere, PYTHONPATH=str(folder))
    assert done.returncode == 1
    assert "error[LG508]" in done.stderr
    assert not was_imported(folder)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tool.layergraph]\nallow = true\n", "'tool.layergraph.allow' of"),
        ('[tool.layergraph]\nallow = "mine"\n', "must be a list of modules"),
        ("[tool.layergraph]\nallow = [1]\n", "must be a list of modules"),
        ('[tool.layergraph]\nallow = ["a b"]\n', "holds 'a b', which is no name of a module"),
        ('[tool.layergraph]\nalow = ["mine"]\n', "knows no 'alow': did you mean `allow`?"),
        ("[tool]\nlayergraph = 1\n", "must be a table"),
        ("[tool.layergraph\n", "cannot read"),
    ],
)
def test_a_wrong_configuration_is_wrong_use(text, said, folder):
    (folder / "pyproject.toml").write_text(text)
    done = run_layergraph("compile", "graph.yaml", "-o", "m", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())
    assert "pyproject.toml" in done.stderr


def test_the_configuration_is_not_read_where_nothing_is_custom(folder):
    (folder / "pyproject.toml").write_text("[tool\n")
    (folder / "graph.yaml").write_text(
        GRAPH.replace("LayerScale, from: x, init: 0.5", "ReLU, from: x")
    )
    done = run_layergraph("compile", "graph.yaml", "-o", "m.weights.h5", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "m.weights.h5\n")
