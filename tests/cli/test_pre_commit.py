"""The repository as a pre-commit hook, installed by the real pre-commit from a local clone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRE_COMMIT = str(Path(sys.executable).with_name("pre-commit"))
RIGHT = """\
layergraph: 1
inputs: {x: {shape: [4]}}
outputs: {y: {from: x, task: regression}}
"""


@pytest.fixture(scope="module")
def hook_repository(tmp_path_factory):
    """A clone of this tree as it stands, committed, for pre-commit to install from."""
    clone = tmp_path_factory.mktemp("hook") / "layergraph"
    listed = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard")
    for name in listed.splitlines():
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, clone / name)
    commit(clone)
    return clone


@pytest.fixture
def project(tmp_path):
    (tmp_path / "graphs").mkdir()
    (tmp_path / "graphs" / "right.yaml").write_text(RIGHT)
    (tmp_path / "other.yaml").write_text("no: graph")
    commit(tmp_path)
    return tmp_path


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.invalid"]
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def commit(folder: Path) -> None:
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--message", "all")


def pre_commit(project: Path, home: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [PRE_COMMIT, *arguments, "--all-files"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PRE_COMMIT_HOME": str(home)},
        timeout=600,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def hooked(project, hook_repository):
    """The project, whose own configuration names both hooks."""
    revision = git(hook_repository, "rev-parse", "HEAD").strip()
    (project / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hook_repository}\n    rev: {revision}\n"
        "    hooks: [{id: layergraph-validate}, {id: layergraph-fmt}]\n"
    )
    git(project, "add", ".pre-commit-config.yaml")
    return project


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Where pre-commit installs the hooks, once for all tests."""
    return tmp_path_factory.mktemp("home")


@pytest.mark.slow
def test_the_hook_passes_a_right_file_and_fails_a_wrong_one(hooked, home):
    status, said = pre_commit(hooked, home, "run", "layergraph-validate")
    assert status == 0, said
    assert "Passed" in said
    (hooked / "graphs" / "wrong.yaml").write_text(RIGHT.replace("from: x", "from: z"))
    git(hooked, "add", "graphs")
    status, said = pre_commit(hooked, home, "run", "layergraph-validate")
    assert status == 1, said
    assert "Failed" in said
    assert "error[LG203]: output `y` is called on `z`, which does not exist" in said
    assert "graphs/wrong.yaml:3:21" in said


@pytest.mark.slow
def test_the_hook_that_formats_fails_once(hooked, home):
    status, said = pre_commit(hooked, home, "run", "layergraph-fmt")
    assert status == 0, said
    loose = RIGHT.replace("from: x, task: regression", "task: regression, from: x")
    (hooked / "graphs" / "right.yaml").write_text(loose)
    git(hooked, "add", "graphs")
    status, said = pre_commit(hooked, home, "run", "layergraph-fmt")
    assert status == 1, said
    assert "files were modified by this hook" in said
    assert (hooked / "graphs" / "right.yaml").read_text() == RIGHT
    status, said = pre_commit(hooked, home, "run", "layergraph-fmt")
    assert status == 0, said


@pytest.mark.slow
def test_the_environment_of_the_hooks_holds_no_tensorflow(hooked, home):
    status, said = pre_commit(hooked, home, "run")
    assert status == 0, said
    installed = {path.name for path in home.glob("*/py_env-*/lib/python*/site-packages/*")}
    assert {"layergraph", "pydantic", "networkx"} <= installed
    assert not installed & {"tensorflow", "keras", "numpy"}
    (program,) = home.glob("*/py_env-*/bin/layergraph")
    said = subprocess.run([program, "explain", "LG203"], capture_output=True, text=True, check=True)
    assert said.stdout == (ROOT / "docs" / "codes" / "LG203.md").read_text(encoding="utf-8")


def test_the_projects_own_configuration_checks_its_graphs(tmp_path):
    """`make` has put what the hooks run into .venv; without it there is nothing to run."""
    clone = tmp_path / "clone"
    git(ROOT, "clone", "--quiet", str(ROOT), str(clone))
    shutil.copy(ROOT / ".pre-commit-config.yaml", clone)
    (clone / ".venv").symlink_to(Path(sys.prefix))
    home = tmp_path / "home"
    status, said = pre_commit(clone, home, "run", "layergraph-validate")
    assert status == 0, said
    assert "Passed" in said
    (clone / "graphs" / "wrong.yaml").write_text(RIGHT.replace("from: x", "from: z"))
    git(clone, "add", "graphs")
    status, said = pre_commit(clone, home, "run", "layergraph-validate")
    assert status == 1, said
    assert "graphs/wrong.yaml:3:21" in said
    (clone / "graphs" / "wrong.yaml").write_text(RIGHT.replace("{from: x", "{ from: x"))
    status, said = pre_commit(clone, home, "run", "layergraph-fmt")
    assert status == 1, said
    assert (clone / "graphs" / "wrong.yaml").read_text() == RIGHT
