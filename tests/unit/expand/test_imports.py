"""Imports stay inside of the project, whatever a path says."""

import os
from pathlib import Path

import pytest

from layergraph.diagnostics import codes
from layergraph.pipeline import load, validate

LIBRARY = """layergraph: 1
blocks:
  wide:
    inputs: [x]
    layers: {out: {type: Dense, from: x, units: 4}}
    outputs: out
"""


def graph_that_imports(folder, path, name="graph.yaml"):
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(
        f'layergraph: 1\nimports: {{parts: "{path}"}}\ninputs: {{x: {{shape: [4]}}}}\n'
        "layers: {n: {block: parts.wide, from: x}}\noutputs: {y: {from: n}}\n",
        encoding="utf-8",
    )
    return file


def library(folder, name="parts.yaml", text=LIBRARY):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def refusal(file):
    (diagnostic,) = validate(file).diagnostics
    assert diagnostic.code is codes.INVALID_IMPORT
    assert (diagnostic.span.line, diagnostic.span.column) == (2, 18)
    return diagnostic.message, diagnostic.help


@pytest.mark.parametrize("mark", ["pyproject.toml", ".git"])
def test_a_mark_makes_the_project(tmp_path, mark):
    (tmp_path / mark).mkdir()
    library(tmp_path / "shared")
    assert load(graph_that_imports(tmp_path / "graphs", "../shared/parts.yaml")).nodes


def test_the_nearest_mark_counts(tmp_path):
    (tmp_path / ".git").mkdir()
    library(tmp_path)
    file = graph_that_imports(tmp_path / "inner", "../parts.yaml")
    assert load(file)
    (tmp_path / "inner" / "pyproject.toml").touch()
    message, help = refusal(file)
    assert message == "import `parts` leads out of the project: `../parts.yaml`"
    assert help == "move the file into `inner`, the folder with the `pyproject.toml` or `.git`"


def test_without_a_mark_the_folder_of_the_file_is_all(tmp_path):
    if any((folder / ".git").exists() for folder in tmp_path.parents):
        pytest.skip("the folder for tests stands in a project")
    library(tmp_path)
    message, help = refusal(graph_that_imports(tmp_path / "alone", "../parts.yaml"))
    assert message == "import `parts` leads out of the project: `../parts.yaml`"
    assert help == (
        "move the file into `alone`, or mark the folder of the project with a "
        "`pyproject.toml` or `.git`"
    )


def test_a_way_out_and_back_in_stays_inside(tmp_path):
    (tmp_path / "pyproject.toml").touch()
    library(tmp_path)
    assert load(graph_that_imports(tmp_path / "a", f"../../{tmp_path.name}/parts.yaml"))


def test_nothing_is_looked_for_outside(tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    (project / ".git").mkdir()
    there = refusal(graph_that_imports(project, "../parts.yaml"))
    library(tmp_path)
    assert refusal(graph_that_imports(project, "../parts.yaml")) == there


def test_a_link_to_a_file_outside_is_refused(tmp_path):
    library(tmp_path)
    file = graph_that_imports(tmp_path / "project", "link.yaml")
    (tmp_path / "project" / ".git").mkdir()
    (tmp_path / "project" / "link.yaml").symlink_to(tmp_path / "parts.yaml")
    message, help = refusal(file)
    assert message == "import `parts` is a link out of the project: `link.yaml`"
    assert help == "import the file itself"


def test_a_link_to_a_folder_outside_is_refused(tmp_path):
    library(tmp_path / "outside")
    file = graph_that_imports(tmp_path / "project", "link/parts.yaml")
    (tmp_path / "project" / ".git").mkdir()
    (tmp_path / "project" / "link").symlink_to(tmp_path / "outside")
    assert "a link out of the project" in refusal(file)[0]


def test_nothing_is_looked_for_through_a_link_to_the_outside(tmp_path):
    file = graph_that_imports(tmp_path / "project", "link/party.yaml")
    (tmp_path / "project" / ".git").mkdir()
    (tmp_path / "project" / "link").symlink_to(tmp_path / "outside")
    there = refusal(file)
    library(tmp_path / "outside")  # which is near enough to be offered
    assert refusal(file) == there


@pytest.mark.parametrize("target", ["/dev/zero", "/dev/stdin", "/etc/hostname"])
def test_a_link_to_a_device_or_a_file_of_the_system_is_refused(tmp_path, target):
    (tmp_path / ".git").mkdir()
    (tmp_path / "link.yaml").symlink_to(target)
    assert "a link out of the project" in refusal(graph_that_imports(tmp_path, "link.yaml"))[0]


@pytest.mark.parametrize(
    ("path", "said"), [("parts", "the folder `parts`"), (".", "the folder `.`")]
)
def test_a_folder_is_no_file(tmp_path, path, said):
    (tmp_path / "parts").mkdir()
    assert refusal(graph_that_imports(tmp_path, path)) == (
        f"import `parts` is {said}",
        "name a file in it",
    )


def test_a_file_that_vanishes_before_it_is_read(tmp_path, monkeypatch):
    file = graph_that_imports(tmp_path, "parts.yaml")
    library(tmp_path)
    opened = Path.open

    def vanish(path, *arguments, **options):
        if path.name == "parts.yaml":
            path.unlink(missing_ok=True)
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", vanish)
    (diagnostic,) = validate(file).diagnostics
    assert diagnostic.code is codes.UNREADABLE_FILE
    assert "does not exist" in diagnostic.message


def test_a_huge_file_is_not_read(tmp_path):
    file = graph_that_imports(tmp_path, "parts.yaml")
    with (tmp_path / "parts.yaml").open("wb") as huge:
        huge.truncate(2**40)
    (diagnostic,) = validate(file).diagnostics
    assert diagnostic.code is codes.FILE_TOO_LARGE


def test_a_link_inside_is_followed(tmp_path):
    (tmp_path / ".git").mkdir()
    library(tmp_path / "real")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "real" / "parts.yaml")
    assert load(graph_that_imports(tmp_path, "link.yaml"))


def test_a_project_that_is_reached_by_a_link_is_one(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / ".git").mkdir()
    library(tmp_path / "real")
    graph_that_imports(tmp_path / "real", "parts.yaml")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert load(tmp_path / "link" / "graph.yaml")


@pytest.mark.parametrize("path", ["/parts.yaml", "~/parts.yaml", "C:/parts.yaml"])
def test_absolute_paths_are_refused(tmp_path, path):
    assert refusal(graph_that_imports(tmp_path, path)) == (
        f"import `parts` is the absolute path `{path}`",
        "write it from this file's folder",
    )


def test_a_dangling_link_does_not_exist(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere.yaml")
    assert "does not exist" in refusal(graph_that_imports(tmp_path, "link.yaml"))[0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    message, _ = refusal(graph_that_imports(tmp_path, "pipe.yaml"))
    assert message == "import `parts` is `pipe.yaml`, which is no file"


def test_very_long_paths_are_refused(tmp_path):
    message, _ = refusal(graph_that_imports(tmp_path, "a" * 5000))
    assert message == f"import `parts` is `{'a' * 40}…`: file name too long"


def test_links_in_a_circle_do_not_exist(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    assert refusal(graph_that_imports(tmp_path, "a.yaml"))


def test_a_file_is_read_once_and_reported_once(tmp_path):
    library(tmp_path, text=LIBRARY.replace("units: 4", "unit: 4"))
    (tmp_path / "graph.yaml").write_text(
        "layergraph: 1\nimports: {a: parts.yaml, b: parts.yaml}\ninputs: {x: {shape: [4]}}\n"
        "layers: {m: {block: a.wide, from: x}, n: {block: b.wide, from: m}}\n"
        "outputs: {y: {from: n}}\n",
        encoding="utf-8",
    )
    (diagnostic,) = validate(tmp_path / "graph.yaml").diagnostics
    assert diagnostic.span.source.name == str(tmp_path / "parts.yaml")
    assert diagnostic.notes == ("the same is wrong in `n.out`",)


def test_a_library_by_itself_is_checked_and_is_no_graph(tmp_path):
    report = validate(library(tmp_path))
    assert report.ok
    assert report.graph is None
    (diagnostic,) = validate(library(tmp_path, text=LIBRARY.replace("Dense", "Dens"))).diagnostics
    assert diagnostic.code is codes.UNKNOWN_TYPE
