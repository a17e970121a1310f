"""The canonical form: files with their form beside them, and what no such file can show."""

from pathlib import Path

import pytest

from layergraph.diagnostics import Diagnostics, Source, codes
from layergraph.diagnostics.pages import page
from layergraph.diagnostics.render import render
from layergraph.syntax.formatting import format_source, formatter

FORMS = Path(__file__).parents[3] / "golden" / "format"
ENDING = ".formatted.yaml"
CASES = [file for file in sorted(FORMS.glob("*.yaml")) if not file.name.endswith(ENDING)]
GRAPH = "layergraph: 1\ninputs: {x: {shape: [4]}}\noutputs: {y: {from: x}}\n"


def formatted(text):
    diagnostics = Diagnostics()
    found = format_source(Source("graph.yaml", text), diagnostics)
    assert not len(diagnostics)
    return found


def reported(text):
    diagnostics = Diagnostics()
    assert format_source(Source("graph.yaml", text), diagnostics) is None
    return [diagnostic.code for diagnostic in diagnostics]


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_file_gets_its_form(file):
    expected = file.with_name(f"{file.stem}{ENDING}").read_text(encoding="utf-8")
    assert formatted(file.read_text(encoding="utf-8")) == expected
    assert formatted(expected) == expected


def test_lines_end_as_the_first_one_does():
    loose = GRAPH.replace("shape: ", "shape:   ")
    assert formatted(loose.replace("\n", "\r\n")) == GRAPH.replace("\n", "\r\n")
    assert formatted(loose.replace("\n", "\r")) == GRAPH
    assert formatted(loose.replace("\n", "\r\n").replace("\r\n", "\n", 1)) == GRAPH


def test_the_last_line_ends_and_there_is_no_byte_order_mark():
    assert formatted(f"\ufeff{GRAPH.rstrip()}") == GRAPH


def test_line_breaks_of_yaml_1_1_in_a_text_stay():
    text = GRAPH + 'params:\n  a: "b\\\n    c\u2028    d"\n  e: |\n    f\u2028    g\n'
    assert formatted(text).count("\u2028") + formatted(text).count("\\u2028") == 2


@pytest.mark.parametrize("text", ["a: 1", "[1]", "layergraph", "", "# nothing"])
def test_what_is_no_graph_file_is_left_alone(text):
    assert reported(text) == [codes.NOT_A_GRAPH]


def test_what_is_no_yaml_is_left_alone():
    assert reported(GRAPH + "inputs: {}") == [codes.DUPLICATE_KEY]
    assert reported(GRAPH + "a: [") == [codes.INVALID_YAML]


def test_a_key_too_long_for_a_line_is_refused_as_its_page_shows():
    diagnostics = Diagnostics()
    text = f"{GRAPH}params:\n  ? {'a' * 2000}\n  : 1\n"
    assert format_source(Source("graph.yaml", text), diagnostics) is None
    assert [found.code for found in diagnostics] == [codes.UNFORMATTABLE]
    report = render("text", tuple(diagnostics), files=1)
    assert f"```text\n{report}```" in page(codes.UNFORMATTABLE)


@pytest.mark.parametrize(
    "changed",
    [
        "",
        GRAPH.replace("[4]", "[5]"),
        GRAPH.replace("[4]", "[4.0]"),
        GRAPH.replace("[4]", '["4"]'),
        GRAPH.replace("[4]", "[4] # new"),
        GRAPH.replace("[4]", "[4, 4]"),
        GRAPH.replace("x: {", "z: {}, x: {"),
        GRAPH + "# new\n",
    ],
)
def test_a_form_that_says_something_else_is_refused(changed, monkeypatch):
    monkeypatch.setattr(formatter, "_lines", lambda document: changed.rstrip("\n").split("\n"))
    assert reported(GRAPH) == [codes.UNFORMATTABLE]


def test_names_keep_their_order(monkeypatch):
    two = GRAPH.replace("x: {shape: [4]}", "a: {shape: [4]}, x: {shape: [4]}")
    swapped = GRAPH.replace("x: {shape: [4]}", "x: {shape: [4]}, a: {shape: [4]}")
    assert formatted(two) == two
    monkeypatch.setattr(formatter, "_lines", lambda document: swapped.rstrip("\n").split("\n"))
    assert reported(two) == [codes.UNFORMATTABLE]
