"""The pages of codes about runs and predictions show what their commands say."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import layergraph as lg
from layergraph.cli.main import cli
from layergraph.diagnostics import GraphError
from layergraph.diagnostics.render import render
from layergraph.training import packages
from layergraph.training.no_run import STATE_FILE
from layergraph.training.prediction_files import check_predictions_file
from layergraph.training.run_state import FORMAT

PAGES = Path(__file__).parents[3] / "docs" / "codes"

PENGUINS = """layergraph: 1
inputs:
  bill: {shape: [2], columns: [bill_length, bill_depth]}
outputs:
  species: {from: bill, task: multiclass, classes: [Adelie, Chinstrap, Gentoo]}
training: {epochs: 1}
"""
PHOTOS = """layergraph: 1
inputs:
  photo: {shape: [64, 64, 3]}
outputs:
  mask: {from: photo, type: Conv2D, filters: 1, kernel_size: 1, activation: sigmoid}
"""
ROWS = "bill_length,bill_depth,species\n" + "39.1,18.7,Adelie\n46.5,17.9,Chinstrap\n" * 4


def page(code):
    """The commands of a page, and what the last of them says."""
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\$ layergraph (.*)$", text, re.MULTILINE)
    (shown,) = re.findall(r"^```text\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    return [shlex.split(line) for line in lines], shown


@pytest.mark.slow
def test_the_page_of_what_cannot_go_on_shows_the_report(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("penguins.yaml").write_text(PENGUINS, encoding="utf-8")
    Path("penguins.csv").write_text(ROWS, encoding="utf-8")
    Path("more-penguins.csv").write_text(ROWS + ROWS.partition("\n")[2], encoding="utf-8")
    (begun, resumed), shown = page("LG611")
    assert CliRunner().invoke(cli, begun).exit_code == 0
    done = CliRunner().invoke(cli, resumed)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", shown)


def test_the_page_of_what_is_no_run_shows_the_report(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("runs/penguins").mkdir(parents=True)
    Path("runs/penguins", STATE_FILE).write_text(f'{{"{FORMAT}": 1}}', encoding="utf-8")
    commands, shown = page("LG612")
    done = CliRunner().invoke(cli, commands[-1])
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", shown)


@pytest.mark.parametrize(("code", "graph"), [("LG616", PENGUINS), ("LG618", PHOTOS)])
def test_the_page_of_a_file_of_predictions_shows_the_report(code, graph, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if code == "LG616":
        monkeypatch.setattr(packages, "find_spec", lambda name: None)
    Path("graph.yaml").write_text(graph, encoding="utf-8")
    (predict,), shown = page(code)
    with pytest.raises(GraphError) as raised:
        check_predictions_file(predict[-1], lg.load("graph.yaml").heads, force=False)
    assert render("text", raised.value.diagnostics, files=1) == shown
