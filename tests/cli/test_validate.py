"""`layergraph validate`, as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.processes import run_layergraph, run_python

RIGHT = """
layergraph: 1
inputs: {x: {shape: [4]}}
outputs: {y: {from: x, task: regression}}
"""
WRONG = RIGHT.replace("from: x", "from: z")
UNUSED = RIGHT.replace("outputs", "layers: {spare: {type: Dense, from: x, units: 2}}\noutputs")


REPORT = """\
error[LG203]: output `y` is called on `z`, which does not exist
 --> deep/wrong.yml:4:21
  |
4 | outputs: {y: {from: z, task: regression}}
  |                     ^
  = help: the graph has `x`
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "right.yaml").write_text(RIGHT)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "wrong.yml").write_text(WRONG)
    (tmp_path / "notes.txt").write_text("no graph")
    return tmp_path


def test_a_right_file(folder):
    done = run_layergraph("validate", "right.yaml", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 file, 0 errors\n", "")
    done = run_layergraph("validate", "--quiet", "right.yaml", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_folder_is_searched_and_the_report_goes_to_stdout(folder):
    done = run_layergraph("validate", ".", cwd=folder)
    assert done.returncode == 1
    assert done.stdout == REPORT
    assert done.stderr == "2 files, 1 error\n"


def test_json(folder):
    done = run_layergraph("validate", "--format", "json", ".", cwd=folder)
    report = json.loads(done.stdout)
    assert done.stderr == ""
    assert report["version"] == 1
    assert report["summary"] == {"files": 2, "errors": 1, "warnings": 0}
    assert report["diagnostics"][0]["file"] == "deep/wrong.yml"
    clean = run_layergraph("validate", "--format", "json", "right.yaml", cwd=folder)
    assert json.loads(clean.stdout)["diagnostics"] == []


def test_concise(folder):
    done = run_layergraph("validate", "--format", "concise", "deep", cwd=folder)
    assert done.stdout.startswith("deep/wrong.yml:4:21: error[LG203]: ")


def test_annotations_come_by_themselves_in_github_actions(folder):
    arguments = ["validate", "--quiet", "deep"]
    done = run_layergraph(*arguments, cwd=folder, GITHUB_ACTIONS="true")
    assert done.stdout.startswith("::error file=deep/wrong.yml,line=4,endLine=4,col=21,")
    assert run_layergraph(*arguments, cwd=folder, GITHUB_ACTIONS="false").stdout == REPORT
    asked = run_layergraph(*arguments, "--format", "text", cwd=folder, GITHUB_ACTIONS="true")
    assert asked.stdout == REPORT
    clean = run_layergraph("validate", "right.yaml", cwd=folder, GITHUB_ACTIONS="true")
    assert (clean.returncode, clean.stdout) == (0, "1 file, 0 errors\n")


def test_sarif(folder):
    done = run_layergraph("validate", "--format", "sarif", ".", cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert result["ruleId"] == "LG203"
    clean = run_layergraph("validate", "--format", "sarif", "-q", "right.yaml", cwd=folder)
    assert json.loads(clean.stdout)["runs"][0]["results"] == []


def test_warnings_fail_where_the_person_says_so(tmp_path):
    (tmp_path / "graph.yaml").write_text(UNUSED)
    done = run_layergraph("validate", "graph.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert "warning[LG401]: `spare` reaches no output" in done.stdout
    assert run_layergraph("validate", "--strict", "graph.yaml", cwd=tmp_path).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument"),
        (["--format", "xml", "right.yaml"], "'xml' is not one of"),
        (["empty"], "holds no .yaml or .yml file"),
        (["--max-depth", "0", "right.yaml"], "0 is not in the range"),
    ],
)
def test_wrong_use_ends_with_2(folder, arguments, said):
    (folder / "empty").mkdir()
    done = run_layergraph("validate", *arguments, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_a_missing_file_is_an_error_of_the_input(folder):
    done = run_layergraph("validate", "no.yaml", cwd=folder)
    assert done.returncode == 1
    assert "LG001" in done.stdout


def test_limits_can_be_raised_and_lowered(folder):
    done = run_layergraph("validate", "--max-bytes", "10", "right.yaml", cwd=folder)
    assert done.returncode == 1
    assert "LG004" in done.stdout


def test_a_misspelt_command_gets_the_nearest():
    done = run_layergraph("valdate", "x.yaml")
    assert done.returncode == 2
    assert "did you mean `validate`?" in done.stderr


def test_colour_only_where_it_is_wanted(folder):
    assert "\x1b[" not in run_layergraph("validate", ".", cwd=folder).stdout


def test_neither_tensorflow_nor_keras_nor_numpy_is_imported():
    code = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"tensorflow", "keras", "numpy"}:
            raise AssertionError(f"{name} is imported")
sys.meta_path.insert(0, Blocked())
import layergraph as lg
from pathlib import Path
from layergraph.views.summary import summary
for path in sorted(Path("graphs").glob("*.yaml")):
    report = lg.validate(path)
    assert report.ok and not report.diagnostics, report
    assert summary(report.graph)
try:
    lg.validate("no.yaml")
    import numpy
except AssertionError as error:
    print(error)
"""
    assert run_python(code) == "numpy is imported\n"


def test_the_gallery_is_free_of_warnings():
    done = run_layergraph("validate", "--strict", "graphs/")
    files = len(list(Path("graphs").rglob("*.yaml")))
    assert (done.returncode, done.stdout) == (0, f"{files} files, 0 errors\n")
