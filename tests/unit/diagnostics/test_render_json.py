"""What programs read: a contract, held to the letter."""

import json

from layergraph.diagnostics import Diagnostics, Fix, Related, Source, Span
from layergraph.diagnostics.codes import UNKNOWN_REFERENCE, UNUSED_NODE
from layergraph.diagnostics.render import render

SOURCE = Source("graphs/x.yaml", "layers: {}\n")
OTHER = Source("graphs/é.yaml", "layers: {}\n")


def test_the_contract():
    diagnostics = Diagnostics()
    span = Span(SOURCE, 12, 24, 12, 28)
    diagnostics.report(
        UNKNOWN_REFERENCE,
        "`c2` is called on `cnv1`, which does not exist",
        span,
        path=("layers", "c2", "from"),
        help="did you mean `conv1`?",
    )
    assert json.loads(render("json", diagnostics, files=1)) == {
        "version": 1,
        "summary": {"files": 1, "errors": 1, "warnings": 0},
        "diagnostics": [
            {
                "code": "LG203",
                "name": "unknown-reference",
                "severity": "error",
                "message": "`c2` is called on `cnv1`, which does not exist",
                "file": "graphs/x.yaml",
                "location": {"line": 12, "column": 24},
                "end_location": {"line": 12, "column": 28},
                "path": ["layers", "c2", "from"],
                "related": [],
                "notes": [],
                "help": "did you mean `conv1`?",
                "fix": None,
                "url": "docs/codes/LG203.md",
            }
        ],
    }


def test_all_that_can_be_said():
    diagnostics = Diagnostics()
    diagnostics.report(
        UNUSED_NODE,
        "nothing uses `é`",
        Span(OTHER, 3, 1, 4, 2),
        label="beside the carets",
        path=("layers", 0),
        related=(Related("defined here", Span(SOURCE, 1, 2, 1, 3)),),
        notes=("one", "two"),
        fix=Fix(Span(OTHER, 3, 1, 3, 2), "f"),
    )
    text = render("json", diagnostics, files=2)
    assert text.isascii()
    report = json.loads(text)
    assert report["summary"] == {"files": 2, "errors": 0, "warnings": 1}
    (found,) = report["diagnostics"]
    assert found["severity"] == "warning"
    assert found["file"] == "graphs/é.yaml"
    assert found["path"] == ["layers", 0]
    assert found["notes"] == ["beside the carets", "one", "two"]
    assert found["help"] is None
    assert found["related"] == [
        {
            "message": "defined here",
            "file": "graphs/x.yaml",
            "location": {"line": 1, "column": 2},
            "end_location": {"line": 1, "column": 3},
        }
    ]
    assert found["fix"] == {
        "replacement": "f",
        "location": {"line": 3, "column": 1},
        "end_location": {"line": 3, "column": 2},
    }


def test_a_clean_report():
    assert json.loads(render("json", Diagnostics(), 3, True)) == {
        "version": 1,
        "summary": {"files": 3, "errors": 0, "warnings": 0},
        "diagnostics": [],
    }
