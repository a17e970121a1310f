"""A lint has four places: its file, its entry in a tuple, its page, and its files in the corpus."""

import importlib
import inspect
from pathlib import Path

import pytest

from layergraph import checks
from layergraph.diagnostics import Severity, codes
from tests.corpus.reports import INVALID

ROOT = Path(__file__).parents[3]
NOT_OF_CHECKS = ("LG450", "LG451", "LG452", "LG453")
"""What comments and names of types are warned of, which no check looks at."""

LINTS = [
    code
    for code in codes.ALL
    if code.id.startswith("LG4")
    and code.severity is Severity.WARNING
    and code.id not in NOT_OF_CHECKS
]
MODULES = {file.stem for file in Path(checks.__file__).parent.glob("*.py")} - {"__init__"}
CHECKS = [check.load() for check in (*checks.CHECKS, *checks.FILE_CHECKS)]


def name_of(code):
    return code.id


def module_of(code):
    """The file of a lint: the one whose first line names its code."""
    (found,) = [
        name
        for name in MODULES
        if importlib.import_module(f"layergraph.checks.{name}").__doc__.startswith(f"{code.id}: ")
    ]
    return importlib.import_module(f"layergraph.checks.{found}")


def test_the_tuples_hold_the_function_of_every_file_and_no_other():
    assert sorted(check.__name__ for check in CHECKS) == sorted(MODULES)
    assert all(check.__module__ == f"layergraph.checks.{check.__name__}" for check in CHECKS)


@pytest.mark.parametrize("code", LINTS, ids=name_of)
def test_a_lint_has_a_file_of_the_name_of_its_code(code):
    assert module_of(code).__name__.rpartition(".")[2] == code.name.replace("-", "_")


def test_every_file_is_of_a_lint():
    assert {code.name.replace("-", "_") for code in LINTS} == MODULES


@pytest.mark.parametrize("code", LINTS, ids=name_of)
def test_a_lint_says_when_it_is_silent(code):
    if code is codes.UNUSED_NODE:
        return  # a node that reaches no output is unused, whatever it is
    function = getattr(module_of(code), code.name.replace("-", "_"))
    assert "Silent" in inspect.getdoc(function)


@pytest.mark.parametrize("code", LINTS, ids=name_of)
def test_a_lint_has_a_page_and_stands_in_the_list_of_lints(code):
    assert (ROOT / "docs" / "codes" / f"{code.id}.md").exists()
    listed = (ROOT / "docs" / "lints.md").read_text(encoding="utf-8")
    assert f"\n| [{code.id}](codes/{code.id}.md) `{code.name}` | " in listed


@pytest.mark.parametrize("code", LINTS, ids=name_of)
def test_a_lint_has_two_files_in_the_corpus_with_reports(code):
    files = sorted(INVALID.glob(f"{code.id}-*.yaml"))
    assert len(files) >= 2
    assert all(file.with_suffix(".json").exists() for file in files)
