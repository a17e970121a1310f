"""Commands to GitHub's workflows: a line each, whatever a file holds."""

from pathlib import Path

from layergraph.diagnostics import Diagnostics, Related, Source, Span
from layergraph.diagnostics.codes import UNKNOWN_REFERENCE, UNUSED_NODE
from layergraph.diagnostics.render import render
from tests.unit.diagnostics.test_render_text import CASES

GOLDEN = Path(__file__).parents[2] / "golden"


def test_all_cases():
    expected = (GOLDEN / "github.txt").read_text(encoding="utf-8")
    assert "".join(render("github", make(), 1) for make in CASES.values()) == expected


def test_escapes():
    source = Source("a,b: 100%.yaml", "x\ny\n")
    diagnostics = Diagnostics()
    diagnostics.report(
        UNKNOWN_REFERENCE,
        "50% of `a:b, c`",
        Span(source, 1, 1, 1, 2),
        related=(Related("here\r\n::error::no", Span(source, 2, 1, 2, 2)),),
        help="write\nless",
    )
    assert render("github", diagnostics, 1) == (
        "::error file=a%2Cb%3A 100%25.yaml,line=1,endLine=1,col=1,endColumn=2,"
        "title=layergraph LG203 unknown-reference"
        "::a,b: 100%25.yaml:1:1: 50%25 of `a:b, c`"
        "%0Aa,b: 100%25.yaml:2:1: here\\x0d\\x0a::error::no%0Ahelp: write\\x0aless\n"
    )


def test_columns_are_left_out_of_what_spans_lines():
    diagnostics = Diagnostics()
    diagnostics.report(UNUSED_NODE, "unused", Span(Source("x.yaml", "a:\n  b"), 1, 1, 2, 4))
    expected = "::warning file=x.yaml,line=1,endLine=2,title=layergraph LG401 unused-node::"
    assert render("github", diagnostics, 1) == f"{expected}x.yaml:1:1: unused\n"


def test_nothing_to_say():
    assert render("github", Diagnostics(), 1) == ""
