"""`layergraph diff`, as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from tests.processes import LAYERGRAPH, run_layergraph

OLD = """\
layergraph: 1
inputs: {x: {shape: [4]}}
layers: {hidden: {type: Dense, from: x, units: 8}}
outputs: {y: {from: hidden, task: regression}}
"""
NEW = OLD.replace("units: 8", "units: 16")
TEXT = """\
  ~ hidden (Dense)
      units: 8 → 16
      shape: (batch, 8) → (batch, 16)
      parameters: 40 → 80
"""

LIBRARY = """\
layergraph: 1
blocks:
  unit:
    inputs: [x]
    layers: {dense: {type: Dense, from: x, units: 4}}
    outputs: dense
"""
IMPORTING = """\
layergraph: 1
imports: {lib: ../blocks/lib.yaml}
inputs: {x: {shape: [4]}}
layers: {unit: {block: lib.unit, from: x}}
outputs: {y: {from: unit, task: regression}}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "new.yaml").write_text(NEW)
    return tmp_path


def diff(folder, *arguments):
    return run_layergraph("diff", *arguments, cwd=folder)


def test_what_changed(folder):
    done = diff(folder, "old.yaml", "new.yaml")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("old.yaml → new.yaml\nparameters: 49 → 97 (+98 %)\n")
    assert TEXT in done.stdout


def test_one_model(folder):
    (folder / "new.yaml").write_text(OLD.replace("units: 8", "use_bias: true, units: 8"))
    done = diff(folder, "old.yaml", "new.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "old.yaml and new.yaml are the same model\n"


def test_quiet(folder):
    done = diff(folder, "old.yaml", "new.yaml", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


def test_other_forms(folder):
    done = diff(folder, "old.yaml", "new.yaml", "--format", "markdown")
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "**old.yaml → new.yaml**")
    done = diff(folder, "old.yaml", "new.yaml", "--format", "json")
    found = json.loads(done.stdout)
    assert (done.returncode, found["version"], found["same"]) == (1, 1, False)
    assert found["nodes"][0]["arguments"] == [{"name": "units", "before": 8, "after": 16}]


def test_params_of_both(folder):
    for name, units in (("old", 8), ("new", 16)):
        text = OLD.replace("units: 8", 'units: "${units}"')
        params = f"params: {{units: {units}}}\n"
        (folder / f"{name}.yaml").write_text(text + params)
    assert diff(folder, "old.yaml", "new.yaml").returncode == 1
    assert diff(folder, "old.yaml", "new.yaml", "--set", "units=3").returncode == 0


def test_mistakes_of_both_are_told(folder):
    (folder / "old.yaml").write_text(OLD.replace("from: x", "from: z"))
    (folder / "new.yaml").write_text(NEW.replace("units", "unit"))
    done = diff(folder, "old.yaml", "new.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "error[LG203]" in done.stderr
    assert "error[LG113]" in done.stderr


def test_a_copy_without_its_imports(folder):
    (folder / "copy.yaml").write_text(IMPORTING.replace("../", ""))
    done = diff(folder, "old.yaml", "copy.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Imports are looked for beside the file.")
    assert "layergraph diff --git REV PATH" in done.stderr


def test_a_file_that_is_not_there_in_the_words_of_git(folder):
    done = diff(folder, "/dev/null", "new.yaml")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("new.yaml is new\n")
    assert diff(folder, "new.yaml", os.devnull).stdout.startswith("new.yaml is gone\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("old.yaml",), "name two files, or one with --git REV"),
        (("old.yaml", "new.yaml", "old.yaml"), "name two files"),
        (("old.yaml", "new.yaml", "--git", "HEAD"), "with --git, name one file"),
        (("old.yaml", "new.yaml", "--format", "xml"), "Invalid value for '--format'"),
        (("old.yaml", "--git", "HEAD"), "not a git repository"),
    ],
)
def test_wrong_use(folder, arguments, said):
    done = diff(folder, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


class Repository:
    """A repository with a graph in `graphs` that imports from `blocks`."""

    def __init__(self, folder):
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=main")
        self.write("graphs/net.yaml", IMPORTING)
        self.write("blocks/lib.yaml", LIBRARY)
        self.commit("first")

    def git(self, *arguments):
        names = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        for role in ("AUTHOR", "COMMITTER"):
            names |= {f"GIT_{role}_NAME": "A", f"GIT_{role}_EMAIL": "a@example.com"}
        command = ["git", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=os.environ | names, check=True, capture_output=True
        )
        return done.stdout.decode()

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def commit(self, message):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "repository"
    folder.mkdir()
    return Repository(folder)


def test_a_revision_is_read_with_its_imports(repository):
    repository.write("blocks/lib.yaml", LIBRARY.replace("units: 4", "units: 6"))
    before = sorted(repository.folder.rglob("*"))
    done = diff(repository.folder, "--git", "HEAD", "graphs/net.yaml")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("HEAD:./graphs/net.yaml → graphs/net.yaml\n")
    assert "  ~ unit_dense (Dense)\n      units: 4 → 6\n" in done.stdout
    assert sorted(repository.folder.rglob("*")) == before
    assert repository.git("status", "--porcelain") == " M blocks/lib.yaml\n"


def test_two_revisions_whatever_is_on_the_disk(repository):
    repository.write("blocks/lib.yaml", LIBRARY.replace("units: 4", "units: 6"))
    repository.commit("second")
    repository.write("graphs/net.yaml", "no graph")
    for revisions in ("HEAD~1..HEAD", "HEAD~1.."):
        done = diff(repository.folder / "graphs", "--git", revisions, "net.yaml")
        assert (done.returncode, done.stderr) == (1, "")
        assert done.stdout.startswith("HEAD~1:./net.yaml → HEAD:./net.yaml\n")
    assert diff(repository.folder, "--git", "HEAD..HEAD", "graphs/net.yaml").returncode == 0


def test_a_branch_since_it_left(repository):
    repository.git("switch", "--quiet", "--create", "work")
    repository.write("graphs/net.yaml", IMPORTING.replace("regression", "binary"))
    repository.commit("on the branch")
    repository.git("switch", "--quiet", "main")
    repository.write("blocks/lib.yaml", LIBRARY.replace("units: 4", "units: 6"))
    repository.commit("on main")
    done = diff(repository.folder, "--git", "main...work", "graphs/net.yaml")
    assert (done.returncode, done.stderr) == (1, "")
    assert "units" not in done.stdout
    assert "loss: MeanSquaredError → BinaryCrossentropy" in done.stdout


def test_a_file_that_is_new_and_one_that_is_gone(repository):
    repository.write("graphs/other.yaml", OLD)
    done = diff(repository.folder, "--git", "HEAD", "graphs/other.yaml")
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "graphs/other.yaml is new")
    (repository.folder / "graphs" / "net.yaml").unlink()
    done = diff(repository.folder, "--git", "HEAD", "graphs/net.yaml")
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "HEAD:./graphs/net.yaml is gone")


def test_mistakes_of_a_revision_stand_in_its_files(repository):
    repository.write("blocks/lib.yaml", LIBRARY.replace("units", "unit"))
    repository.commit("wrong")
    repository.write("blocks/lib.yaml", LIBRARY)
    done = diff(repository.folder, "--git", "HEAD", "graphs/net.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--> HEAD:./blocks/lib.yaml:5:44" in done.stderr
    assert "LG113" in done.stderr


def test_imports_of_a_revision_stay_inside_of_it(repository):
    outside = repository.folder.parent / "outside.yaml"
    outside.write_text(LIBRARY)
    repository.write("graphs/far.yaml", IMPORTING.replace("../blocks/lib", "../../outside"))
    (repository.folder / "blocks" / "link.yaml").symlink_to(outside)
    repository.write("graphs/linked.yaml", IMPORTING.replace("lib.yaml", "link.yaml"))
    repository.commit("out of the repository")
    for name, said in (("far", "leads out of the project"), ("linked", "does not exist")):
        done = diff(repository.folder, "--git", "HEAD..HEAD", f"graphs/{name}.yaml")
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr


def test_links_inside_of_a_revision_are_followed(repository):
    (repository.folder / "shared").symlink_to("blocks")
    repository.write("graphs/net.yaml", IMPORTING.replace("../blocks", "../shared"))
    repository.commit("linked")
    repository.write("blocks/lib.yaml", LIBRARY.replace("units: 4", "units: 6"))
    done = diff(repository.folder, "--git", "HEAD", "graphs/net.yaml")
    assert (done.returncode, done.stderr) == (1, "")
    assert "units: 4 → 6" in done.stdout


@pytest.mark.parametrize(
    ("revision", "path", "said"),
    [
        ("nowhere", "graphs/net.yaml", "git knows no revision 'nowhere'"),
        ("--all", "graphs/net.yaml", "git knows no revision '--all'"),
        ("HEAD..nowhere", "graphs/net.yaml", "git knows no revision 'nowhere'"),
        ("HEAD", "graphs/nat.yaml", "'graphs/nat.yaml' is neither in HEAD nor on the disk"),
        ("HEAD..HEAD", "nat.yaml", "'nat.yaml' is neither in HEAD nor in HEAD"),
    ],
)
def test_no_such_revision_or_file(repository, revision, path, said):
    done = diff(repository.folder, "--git", revision, path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_as_a_tool_of_git(repository):
    repository.write("graphs/plain.yaml", OLD)
    repository.commit("plain")
    repository.write("graphs/plain.yaml", NEW)
    command = f'{LAYERGRAPH} diff "$LOCAL" "$REMOTE"'
    options = ("-c", f"difftool.layergraph.cmd={command}", "difftool", "--no-prompt")
    shown = repository.git(*options, "--tool=layergraph", "--", "graphs/plain.yaml")
    assert TEXT in shown
