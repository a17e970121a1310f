"""The pages of codes about training show what their command says of a graph and data."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from layergraph.cli.train import command
from layergraph.diagnostics import GraphError
from layergraph.diagnostics.render import render

PAGES = Path(__file__).parents[3] / "docs" / "codes"

PENGUINS = """layergraph: 1
inputs:
  bill: {shape: [2], columns: [bill_length, bill_depth]}
outputs:
  species: {from: bill, task: multiclass, classes: [Adelie, Chinstrap, Gentoo]}
training: {validation: {folds: 3, stratify: species}}
"""
PRICES = """layergraph: 1
inputs:
  x: {shape: [4]}
outputs:
  price: {from: x, type: Dense, units: 1}
"""
LOADS = """layergraph: 1
inputs:
  readings: {shape: [24, 3]}
layers:
  scaled: {type: TimeDistributed, from: readings, layer: {type: Normalization}}
  last: {type: LSTM, from: scaled, units: 16}
outputs:
  load: {from: last, task: regression}
"""
ROWS = "bill_length,bill_depth,species\n" + "".join(
    f"39.1,18.7,{word}\n" for word in ["Adelie", "Chinstrap", "Gentoo"] * 2 + ["Adelie"] * 3
)
EXAMPLES = {
    "LG610": PENGUINS.replace("folds: 3", "folds: 5"),
    "LG613": PRICES,
    "LG614": LOADS,
    "LG617": PENGUINS,
}


def page(code):
    """The command of a page, and what it says."""
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^\$ layergraph train (.*)$", text, re.MULTILINE)
    (shown,) = re.findall(r"^```text\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    return shlex.split(line), shown


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_page_shows_the_report(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("graph.yaml").write_text(EXAMPLES[code], encoding="utf-8")
    Path("penguins.csv").write_text(ROWS, encoding="utf-8")
    arguments, shown = page(code)
    done = CliRunner().invoke(command, arguments)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", shown)
    assert not Path("run").exists()


@pytest.mark.slow
def test_the_page_of_devices_shows_the_report():
    from layergraph.training.devices import strategy

    arguments, shown = page("LG619")
    with pytest.raises(GraphError) as raised:
        strategy([arguments[-1]])
    assert render("text", raised.value.diagnostics, files=1) == shown


@pytest.mark.slow
def test_a_device_that_is_named_twice_is_one():
    from layergraph.training.devices import strategy

    assert strategy(["CPU:0", "CPU:0"]).num_replicas_in_sync == 1
