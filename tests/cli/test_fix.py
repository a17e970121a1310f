"""`layergraph validate --fix` and `--diff`, as a person runs them."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from tests.processes import LAYERGRAPH, run_layergraph

WRONG = """\
# a model
layergraph: 1
inputs: {x: {shape: [4]}}
layers: {hidden: {type: Dence, from: x, units: 3, activation: relu}}   # misspelt
outputs: {y: {from: hiden, task: regression}}
"""
RIGHT = WRONG.replace("Dence", "Dense").replace("hiden", "hidden")
DIFF = """\
--- a/graph.yaml
+++ b/graph.yaml
@@ -1,5 +1,5 @@
 # a model
 layergraph: 1
 inputs: {x: {shape: [4]}}
-layers: {hidden: {type: Dence, from: x, units: 3, activation: relu}}   # misspelt
-outputs: {y: {from: hiden, task: regression}}
+layers: {hidden: {type: Dense, from: x, units: 3, activation: relu}}   # misspelt
+outputs: {y: {from: hidden, task: regression}}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "graph.yaml").write_text(WRONG)
    return tmp_path


def test_fix_writes_and_reports_what_is_left(folder):
    (folder / "other.yaml").write_text(RIGHT.replace("units: 3", "units: x"))
    done = run_layergraph("validate", "--fix", "graph.yaml", "other.yaml", cwd=folder)
    assert done.returncode == 1
    assert (folder / "graph.yaml").read_text() == RIGHT
    assert done.stdout.startswith("error[LG104]: `units` of `hidden` must be a whole number")
    assert done.stderr == "2 repairs made in graph.yaml\n2 files, 1 error\n"
    again = run_layergraph("validate", "--fix", "graph.yaml", cwd=folder)
    assert (again.returncode, again.stdout, again.stderr) == (0, "1 file, 0 errors\n", "")
    assert sorted(path.name for path in folder.iterdir()) == ["graph.yaml", "other.yaml"]


def test_diff_shows_and_writes_nothing(folder):
    done = run_layergraph("validate", "--diff", "graph.yaml", cwd=folder)
    assert (done.returncode, done.stdout) == (1, DIFF)
    assert done.stderr == "2 repairs to be made in graph.yaml\n"
    assert (folder / "graph.yaml").read_text() == WRONG
    both = run_layergraph("validate", "--fix", "--diff", "-q", "graph.yaml", cwd=folder)
    assert (both.returncode, both.stdout, both.stderr) == (1, DIFF, "")
    assert (folder / "graph.yaml").read_text() == WRONG
    (folder / "graph.yaml").write_text(RIGHT)
    clean = run_layergraph("validate", "--diff", "graph.yaml", cwd=folder)
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, "", "")


@pytest.mark.parametrize("text", [WRONG, WRONG.rstrip(), WRONG.replace("\n", "\r\n")])
def test_git_can_apply_the_diff(text, folder):
    (folder / "graph.yaml").write_bytes(text.encode())
    done = subprocess.run(
        [LAYERGRAPH, "validate", "--diff", "-q", "graph.yaml"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    git = shutil.which("git")
    assert git is not None
    subprocess.run([git, "apply", "-"], input=done.stdout, cwd=folder, check=True)
    expected = text.replace("Dence", "Dense").replace("hiden", "hidden")
    assert (folder / "graph.yaml").read_bytes() == expected.encode()


def test_the_mode_and_the_link_stay(folder):
    (folder / "graph.yaml").chmod(0o640)
    (folder / "link.yaml").symlink_to("graph.yaml")
    assert run_layergraph("validate", "--fix", "link.yaml", cwd=folder).returncode == 0
    assert (folder / "link.yaml").is_symlink()
    assert (folder / "graph.yaml").read_text() == RIGHT
    assert (folder / "graph.yaml").stat().st_mode & 0o777 == 0o640


def test_warnings_that_are_not_wanted_are_not_repaired(folder):
    text = RIGHT.replace("# misspelt", "# layergraph: ignore[unused-nodes] nothing")
    (folder / "graph.yaml").write_text(text)
    arguments = ["validate", "--fix", "--ignore", "LG452", "graph.yaml"]
    assert run_layergraph(*arguments, cwd=folder).returncode == 0
    assert (folder / "graph.yaml").read_text() == text


def test_json_has_the_repair(folder):
    done = run_layergraph("validate", "--format", "json", "graph.yaml", cwd=folder)
    assert [found["fix"] for found in json.loads(done.stdout)["diagnostics"]] == [
        {
            "replacement": "Dense",
            "location": {"line": 4, "column": 25},
            "end_location": {"line": 4, "column": 30},
        },
        {
            "replacement": "hidden",
            "location": {"line": 5, "column": 21},
            "end_location": {"line": 5, "column": 26},
        },
    ]


def test_a_diff_is_no_form_of_a_report(folder):
    done = run_layergraph("validate", "--diff", "--format", "json", "graph.yaml", cwd=folder)
    assert done.returncode == 2
    assert "'--diff' shows a diff and no report" in done.stderr
