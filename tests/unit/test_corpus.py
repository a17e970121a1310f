"""Every mistake in the corpus gives its report, to the column; every sound file gives none."""

import json
import re
from collections import Counter

import pytest

from layergraph.diagnostics import codes
from layergraph.pipeline import validate
from tests.corpus.reports import INVALID, VALID, diagnostics_on, graph_files, report_on

OF_GRAPH_FILES = ("LG0", "LG1", "LG2", "LG3", "LG4")

WITHOUT_FILE = {
    "LG001": "no file can be one that does not exist; see test_unreadable_files",
    "LG004": "a file of a megabyte has no place in a repository; see test_large_files",
    "LG014": "`validate` formats nothing; see unit/syntax/formatting",
}
"""Codes that a small graph file cannot trigger, and where they are tested instead."""


def name_of(file):
    return file.stem


@pytest.mark.parametrize("file", graph_files(INVALID), ids=name_of)
def test_invalid_file_gives_its_report(file):
    expected = file.with_suffix(".json")
    assert expected.exists(), "write it with `python -m tests.corpus.update`, and read it"
    assert json.loads(report_on(file)) == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", graph_files(INVALID), ids=name_of)
def test_one_mistake_gives_one_diagnostic(file):
    """The code in a file's name is its only one; `several-` stands before several mistakes."""
    found = [diagnostic.code.id for diagnostic in diagnostics_on(file)]
    if file.name.startswith("several-"):
        assert len(found) > 1
    else:
        assert found == [file.name.partition("-")[0]]


def test_all_of_the_corpus_is_right_to_the_column():
    """N of N: the code, the line and the column of every diagnostic, and no diagnostic more."""
    files = graph_files(INVALID)
    assert len(files) >= 500
    right = [file for file in files if places_found(file) == places_expected(file)]
    assert f"{len(right)} of {len(files)}" == f"{len(files)} of {len(files)}"


def places_found(file):
    return [(d.code.id, d.span.source.name, *d.span[1:]) for d in diagnostics_on(file)]


def places_expected(file):
    report = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    return [
        (d["code"], d["file"], *d["location"].values(), *d["end_location"].values())
        for d in report["diagnostics"]
    ]


@pytest.mark.parametrize(
    ("where", "least"),
    [("block", 80), ("import", 15), ("chain", 30), ("copy", 30), ("expression", 30)],
)
def test_mistakes_stand_in_every_part_of_the_language(where, least):
    found = [d for file in graph_files(INVALID) for d in diagnostics_on(file)]
    assert sum(where in parts_around(diagnostic) for diagnostic in found) >= least


def parts_around(diagnostic):
    """What a diagnostic stands in."""
    source, line, column, _, end = diagnostic.span
    marked = source.lines[line - 1][column - 1 : end - 1]
    is_copied = re.search(r"\b(repeat|each):", source.text) and re.search(r"\d", diagnostic.copy)
    parts = {
        "block": diagnostic.calls or diagnostic.path[:1] == ("blocks",),
        "import": "/" in source.name,
        "chain": "chain" in diagnostic.path,
        "copy": is_copied,
        "expression": "${" in marked,
    }
    return {part for part, is_around in parts.items() if is_around}


@pytest.mark.parametrize("file", graph_files(INVALID), ids=name_of)
def test_diagnostics_come_in_file_order_and_stand_in_the_file_or_its_imports(file):
    report = json.loads(report_on(file))
    places = [
        (d["file"], d["location"]["line"], d["location"]["column"]) for d in report["diagnostics"]
    ]
    assert places == sorted(places)
    for diagnostic in report["diagnostics"]:
        assert (diagnostic["end_location"]["line"], diagnostic["end_location"]["column"]) >= (
            diagnostic["location"]["line"],
            diagnostic["location"]["column"],
        )
        for place in (diagnostic, *diagnostic["related"]):
            assert place["file"] == file.name or place["file"].startswith("blocks/")


def test_imported_files_are_imported():
    """Those that stand in a folder of their own, and are reported where they are imported."""
    texts = [
        file.read_text(encoding="utf-8", errors="replace")
        for folder in (INVALID, VALID)
        for file in (*graph_files(folder), *graph_files(folder / "blocks"))
    ]
    for folder in (INVALID, VALID):
        for file in graph_files(folder / "blocks"):
            assert any(file.name in text for text in texts), f"nothing imports {file.name}"


@pytest.mark.parametrize("file", graph_files(VALID), ids=name_of)
def test_valid_file_gives_no_diagnostics(file):
    report = validate(file)
    assert report.graph is not None
    assert report.diagnostics == ()


def test_every_code_of_graph_files_has_two_files():
    files = Counter(file.name.partition("-")[0] for file in graph_files(INVALID))
    wanted = {code.id for code in codes.ALL if code.id.startswith(OF_GRAPH_FILES)}
    lacking = {code for code in wanted if files[code] < 2}
    assert lacking == set(WITHOUT_FILE), "codes with fewer than two files in the corpus"


def test_every_report_belongs_to_a_file():
    orphans = [report.name for report in INVALID.glob("*.json") if not _graph_of(report).exists()]
    assert not orphans, "remove them with `python -m tests.corpus.update`"


def _graph_of(report):
    return report.with_suffix(".yaml")


@pytest.mark.parametrize("name", ["nowhere.yaml", "a-folder.yaml"])
def test_unreadable_files(tmp_path, name):
    (tmp_path / "a-folder.yaml").mkdir()
    (diagnostic,) = validate(tmp_path / name).diagnostics
    assert diagnostic.code is codes.UNREADABLE_FILE


@pytest.mark.parametrize("line", ["# a long comment\n", "a: 1\n"])
def test_large_files(tmp_path, line):
    file = tmp_path / "large.yaml"
    file.write_text(line * (1024 * 1024 // len(line) + 1), encoding="utf-8")
    (diagnostic,) = validate(file).diagnostics
    assert diagnostic.code is codes.FILE_TOO_LARGE
