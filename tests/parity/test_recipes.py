"""The recipes of docs/training.md, on real data; and what is served of them."""

from __future__ import annotations

import csv
import json
import re
import shlex
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.processes import run, run_layergraph, run_python

ROOT = Path(__file__).parents[2]
EPOCHS = {"penguins": 12, "breast_cancer": 20, "residual_digits": 4, "inception_digits": 15}
"""Fewer than the file's, where all of them take long; so are the folds of the penguins."""


def recipes():
    """The commands of the page, in its order."""
    page = (ROOT / "docs" / "training.md").read_text(encoding="utf-8")
    section = page.split("\n## Recipes\n")[1].split("\n## ")[0]
    return [shlex.split(line) for line in re.findall(r"^\$ (.*)$", section, re.MULTILINE)]


def carried_out(commands, folder):
    """What the last of the commands that evaluate says, as numbers by name."""
    values = {}
    for program, *arguments in commands:
        if program == "python":
            run([sys.executable, *arguments], cwd=folder, check=True)
            continue
        assert program == "layergraph"
        done = run_layergraph(*arguments, *further(*arguments), cwd=folder)
        assert done.returncode == 0, done.stderr
        if arguments[0] == "evaluate":
            values = json.loads(done.stdout)
    return values


def further(command, what, *_):
    """Options that a test adds to a command of the page."""
    if command == "evaluate":
        return ["--format", "json"]
    if command != "train":
        return []
    name = Path(what).stem
    folds = ["--folds", "3"] if name == "penguins" else []
    return [*folds, "--epochs", str(EPOCHS[name])] if name in EPOCHS else folds


def recipe_of(name):
    """The commands that make a run, and those that make its data."""
    commands = [words for words in recipes() if words[0] == "layergraph"]
    of_run = [words for words in commands if f"runs/{name}" in words]
    assert [words[1] for words in of_run[:2]] == ["train", "evaluate"]
    (data,) = {words[words.index("--data") + 1] for words in of_run if words[1] == "train"}
    makes = [words for words in recipes() if words[0] == "python" and data in words]
    assert len(makes) == 1
    return makes + of_run


@pytest.fixture
def folder(tmp_path):
    for name in ("graphs", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def test_every_command_of_the_page_is_of_a_recipe():
    names = ["penguins", "diabetes", *(name for name in EPOCHS if name != "penguins")]
    tested = [words for name in names for words in recipe_of(name)]
    assert all(words in tested for words in recipes())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "measure", "least"),
    [
        ("breast_cancer", "diagnosis_accuracy", 0.95),
        ("residual_digits", "digit_accuracy", 0.97),
        ("inception_digits", "digit_accuracy", 0.85),
    ],
)
def test_unseen_rows_are_told_apart(name, measure, least, folder):
    assert carried_out(recipe_of(name), folder)[measure] > least


@pytest.mark.slow
def test_diabetes_stops_where_its_folds_were_best(folder):
    values = carried_out(recipe_of("diabetes"), folder)
    assert values["progression_mean_absolute_error"] < 50  # the mean alone is wrong by 66
    history = json.loads((folder / "runs/diabetes/history.json").read_text())
    best = [int(np.argmin(fold["val_loss"])) + 1 for fold in history["folds"]]
    assert len(history["final"]["loss"]) == round(float(np.median(best)))


SERVE = """
import csv, json, sys
sys.modules["keras"] = sys.modules["layergraph"] = None  # whoever imports one of them fails
import tensorflow as tf

def number(cell):
    return float(cell) if cell else float("nan")

with open("data/penguins_unseen.csv", newline="") as file:
    rows = list(csv.DictReader(file))
measures = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm")
serve = tf.saved_model.load("runs/penguins/saved_model").signatures["serving_default"]
given = serve(
    island=tf.constant([[row["island"]] for row in rows]),
    year=tf.constant([[number(row["year"])] for row in rows]),
    measures=tf.constant([[number(row[name]) for name in measures] for row in rows]),
)
print(json.dumps({name: values.numpy().tolist() for name, values in given.items()}))
"""


@pytest.mark.slow
def test_penguins_are_served_as_they_are_predicted_words_and_gaps_included(folder):
    values = carried_out(recipe_of("penguins"), folder)
    assert values["species_accuracy"] > 0.95
    assert values["mass_mean_absolute_error"] < 350
    # Both penguins without measures, wherever they were drawn, and a word that nobody has seen.
    everything = folder / "data/everything.csv"
    run([sys.executable, "docs/examples/data.py", "penguins", str(everything)], folder, check=True)
    lines = everything.read_text().splitlines()
    unseen = [*lines, "Gentoo,Biscoe,,,,,,2009", "Adelie,Elsewhere,39.1,18.7,181,3750,male,2007"]
    (folder / "data/penguins_unseen.csv").write_text("\n".join([*unseen, ""]))
    done = run_layergraph(
        *("predict", "runs/penguins", "--data", "data/penguins_unseen.csv"),
        *("-o", "runs/all.csv"),
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    with (folder / "runs/all.csv").open(newline="") as file:
        predicted = list(csv.DictReader(file))
    served = json.loads(run_python(SERVE, cwd=folder))
    assert len(predicted) == len(unseen) - 1 == len(served["species"])

    species = ["Adelie", "Chinstrap", "Gentoo"]
    columns = {
        "species": [[float(row[f"species_{label}"]) for label in species] for row in predicted],
        "sex": [[float(row["sex_male"])] for row in predicted],
        "mass": [[float(row["mass"])] for row in predicted],
    }
    for name, expected in columns.items():
        assert np.isfinite(expected).all()
        np.testing.assert_allclose(served[name], expected, rtol=1e-4, atol=1e-6)
    best = [species[int(np.argmax(row))] for row in served["species"]]
    assert best == [row["species"] for row in predicted]
