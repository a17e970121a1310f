"""`layergraph explain`, as a person runs it."""

import tomllib
from pathlib import Path

import pytest

from layergraph.diagnostics import codes
from tests.processes import run_layergraph

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "codes" / "LG203.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["LG203", "lg203", "unknown-reference"])
def test_a_code_or_its_name_gives_its_page(text):
    done = run_layergraph("explain", text)
    assert (done.returncode, done.stdout, done.stderr) == (0, PAGE, "")


@pytest.mark.parametrize("arguments", [[], ["--list"]])
def test_all_codes_are_listed(arguments):
    done = run_layergraph("explain", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines == [[code.id, code.severity, code.name] for code in codes.ALL]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["unknown-referense"], "did you mean `unknown-reference`?"),
        (["LG2O3"], "did you mean `LG"),
        (["?"], "`layergraph explain` lists all codes"),
        (["LG203", "--list"], "give a CODE or '--list', not both"),
    ],
)
def test_what_is_no_code_is_wrong_use(arguments, said):
    done = run_layergraph("explain", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())


def test_the_pages_are_put_into_the_wheel():
    """The test of the hook asks an installed one for a page."""
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = tables["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {"docs/codes": "layergraph/codes"}
