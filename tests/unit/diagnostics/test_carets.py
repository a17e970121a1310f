"""Carets stand below what is wrong, whatever stands before it: files, and the reports on them.

`python -m tests.unit.diagnostics.test_carets` writes the reports anew; read them.
"""

from contextlib import chdir
from pathlib import Path

import pytest

from layergraph.diagnostics.render import render
from layergraph.pipeline import validate

FOLDER = Path(__file__).parents[2] / "golden" / "carets"
FILES = sorted(FOLDER.glob("*.yaml"))


def report_on(file):
    with chdir(FOLDER):
        return render("text", validate(file.name).diagnostics, 1)


def test_there_are_files():
    assert len(FILES) > 20


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_carets(file):
    assert report_on(file) == file.with_suffix(".txt").read_text(encoding="utf-8")


def test_columns_count_code_points():
    (of_the_name,) = validate(FOLDER / "cjk.yaml").diagnostics
    assert of_the_name.span[1:] == (6, 26, 6, 31)  # three characters in quotes
    (_, of_the_reference) = validate(FOLDER / "emoji.yaml").diagnostics
    assert of_the_reference.span[1:3] == (5, 49)  # after seven code points, of four signs
    (of_a_tab,) = validate(FOLDER / "tabs-between-values.yaml").diagnostics
    assert of_a_tab.span[1:3] == (5, 26)  # each tab is one


if __name__ == "__main__":
    for written in FILES:
        written.with_suffix(".txt").write_text(report_on(written), encoding="utf-8")
