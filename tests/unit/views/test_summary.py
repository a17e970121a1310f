"""The table that people read. The expected texts are files in `tests/golden`, to look at."""

from pathlib import Path

import pytest

import layergraph as lg
from layergraph.views.rows import ALL
from layergraph.views.summary import summary

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden"
NESTED = "tests/corpus/valid/nested-models.yaml"
USED = "tests/corpus/valid/use-of-everything.yaml"

CASES = {
    "qa": ("graphs/qa.yaml", {"batch_size": 32}),
    "resnet50-depth-0": ("graphs/resnet50.yaml", {"depth": 0}),
    "resnet50-depth-1": ("graphs/resnet50.yaml", {"depth": 1}),
    "two_tower": ("graphs/two_tower.yaml", {}),
    "two_tower-depth-all": ("graphs/two_tower.yaml", {"depth": ALL}),
    "nested-models-depth-all": (NESTED, {"depth": ALL}),
    "use-of-everything-depth-0": (USED, {"depth": 0}),
}


@pytest.mark.parametrize("name", CASES)
def test_the_table(name):
    file, options = CASES[name]
    graph = lg.load(ROOT / file)
    expected = (GOLDEN / f"summary-{name}.txt").read_text(encoding="utf-8")
    assert f"{summary(graph, **options)}\n" == expected


def graph_of(tmp_path, text):
    file = tmp_path / "graph.yaml"
    file.write_text(f"layergraph: 1\n{text}")
    return lg.load(file)


def row_of(graph, name, **options):
    """The cells of a row by heading; the table's rule says where its columns are."""
    lines = summary(graph, **options).splitlines()
    rule = next(number for number, line in enumerate(lines) if line.startswith("----"))
    line = next(line for line in lines[rule:] if line.split()[:1] == [name])
    found, start = {}, 0
    for width in map(len, lines[rule].split("  ")):
        found[lines[rule - 1][start : start + width].strip()] = line[start : start + width].strip()
        start += width + 2
    return found


def test_no_note_where_all_is_in_the_model(tmp_path):
    text = "inputs: {x: {shape: [4]}}\noutputs: {y: {from: x, task: regression}}\n"
    assert "note" not in row_of(graph_of(tmp_path, text), "y")


def test_what_reaches_no_output_is_noted_and_not_counted(tmp_path):
    graph = graph_of(
        tmp_path,
        "inputs: {x: {shape: [4]}}\n"
        "layers: {aside: {type: Dense, from: x, units: 100}}\n"
        "outputs: {y: {from: x, task: regression}}\n",
    )
    assert row_of(graph, "aside")["note"] == "not in the model"
    assert row_of(graph, "aside")["parameters"] == "500"
    assert "parameters: 5 (5 trainable, 0 other)" in summary(graph)


def test_lower_bounds_and_what_is_not_known_at_all(tmp_path):
    graph = graph_of(
        tmp_path,
        "inputs: {x: {shape: [time, 4]}}\n"
        "layers: {both: {from: x, chain: [{type: LSTM, units: 3}, {type: Dense, units: 2}]}}\n"
        "outputs: {y: {from: both, task: regression}}\n",
    )
    assert row_of(graph, "x")["activations"] == "≥ 16 B"
    assert row_of(graph, "both.1")["multiply-adds"] == "?"
    assert row_of(graph, "both", depth=0)["multiply-adds"] == "≥ 6"
    lines = summary(graph, batch_size=2).splitlines()
    assert lines[-1] == "memory of activations, batch of 2: at least 80 B"
    assert "multiply-adds a sample: at least 8" in lines


def test_strings_are_not_counted_which_is_said(tmp_path):
    graph = graph_of(
        tmp_path,
        "inputs: {x: {shape: [3], dtype: string}}\n"
        "layers:\n"
        "  looked_up: {type: StringLookup, from: x, vocabulary: [a, b]}\n"
        "  floats: {type: Rescaling, from: looked_up, scale: 2.0}\n"
        "outputs: {y: {from: floats, task: regression}}\n",
    )
    assert row_of(graph, "x")["activations"] == ""
    last = summary(graph).splitlines()[-1]
    assert last == "memory of activations, batch of 1: 40 B, strings not counted"


def test_an_input_with_a_batch_of_its_own_keeps_it(tmp_path):
    graph = graph_of(
        tmp_path,
        "inputs: {x: {shape: [4], batch_size: 8}}\noutputs: {y: {from: x, task: regression}}\n",
    )
    assert row_of(graph, "x", batch_size=2)["activations"] == "128 B"
