"""The pages of codes about data show the report that the data of each give."""

import re
from pathlib import Path

import numpy as np
import pytest

import layergraph as lg
from layergraph.diagnostics import GraphError
from layergraph.diagnostics.render import render
from layergraph.training.fields import fields_of, targets_of
from tests.unit.training.asked import encoded

PAGES = Path(__file__).parents[3] / "docs" / "codes"

PENGUINS = """layergraph: 1
inputs:
  bill: {shape: [2], columns: [bill_length, bill_depth]}
layers:
  hidden: {type: Dense, from: bill, units: 16, activation: relu}
outputs:
  species: {from: hidden, task: multiclass, classes: [Adelie, Chinstrap, Gentoo]}
"""
WORDS = """layergraph: 1
inputs:
  tokens: {shape: [4], dtype: int32}
layers:
  words: {type: Embedding, from: tokens, input_dim: 5000, output_dim: 16}
  mean: {type: GlobalAveragePooling1D, from: words}
outputs:
  topic: {from: mean, task: multiclass, classes: 3}
"""
DIGITS = """layergraph: 1
inputs:
  image: {shape: [32, 32, 1]}
layers:
  flat: {type: Flatten, from: image}
outputs:
  digit: {from: flat, task: multiclass, classes: 10}
"""
PHOTOS = """layergraph: 1
inputs:
  photo: {shape: [64, 64, 3], column: file, decode: image}
layers:
  flat: {type: Flatten, from: photo}
outputs:
  is_cat: {from: flat, task: binary}
"""
TOKENS = np.ones((8, 4), int)
BEYOND = TOKENS.copy()
BEYOND[3, 1], BEYOND[6, 0] = 5000, 7311
TOPICS = np.zeros(8, int)
HEAD = "bill_length,bill_depth,species\n"

EXAMPLES = [
    ("LG601", PENGUINS, HEAD + "39.1,18.7,Adelie\n46.5,17.9,Chinstrap,2009\n"),
    ("LG602", PENGUINS, "bill_length,bill_dept,species\n39.1,18.7,Adelie\n"),
    ("LG603", WORDS, {"tokens": TOKENS, "topic": TOPICS, "lengths": TOPICS}),
    ("LG604", DIGITS, {"image": np.zeros((8, 28, 28)), "digit": TOPICS}),
    ("LG605", PENGUINS, HEAD + "39.1,18.7,Adelie\n46.5,broken,Chinstrap\n"),
    ("LG606", WORDS, {"tokens": BEYOND, "topic": TOPICS}),
    ("LG607", PENGUINS, HEAD + "39.1,18.7,Adelie\n46.5,,Chinstrap\n50.0,NA,Gentoo\n"),
    (
        "LG608",
        PENGUINS.replace("depth]", "depth], missing: drop"),
        HEAD + "39.1,,Adelie\n,17.9,Chinstrap\n",
    ),
    ("LG609", PENGUINS, HEAD + "39.1,18.7,Adelie\n46.5,17.9,Chinstrp\n"),
    pytest.param("LG615", PHOTOS, "file,is_cat\nphotos/1.png,1\n", marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("code", "graph", "data"), EXAMPLES)
def test_the_page_shows_the_report(code, graph, data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```text\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    (file,) = re.findall(
        r"^\$ layergraph train graph.yaml --data (\S+) -o run$", page, re.MULTILINE
    )
    if isinstance(data, str):
        Path(file).write_text(data, encoding="utf-8")
    else:
        np.savez(file, **data)
    Path("photos").mkdir()
    Path("photos/1.png").write_bytes(b"no picture")
    Path("graph.yaml").write_text(graph, encoding="utf-8")
    loaded = lg.load("graph.yaml")
    try:
        found = encoded(file, fields_of(loaded), targets_of(loaded)).warnings
    except GraphError as error:
        found = error.diagnostics
    assert render("text", found, files=1) == shown
