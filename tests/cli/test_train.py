"""`layergraph train`, `evaluate` and `predict`, as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from layergraph.cli import train as command_train
from layergraph.training.run_files import RunFolder
from tests.own_package import write_package
from tests.processes import run_layergraph, run_python

GRAPH = """\
layergraph: 1
params: {units: {example: 4, doc: width of the hidden layer}}
inputs:
  bill: {shape: [2], columns: [length, depth], missing: drop}
layers:
  hidden: {type: Dense, from: bill, units: "${units}"}
outputs:
  species: {from: hidden, task: multiclass, classes: [Adelie, Chinstrap, Gentoo]}
  mass: {from: hidden, task: regression, column: kilograms}
training: {epochs: 2, batch_size: 8, seed: 3, validation: 0.25}
"""
OWN = """\
layergraph: 1
custom:
  LayerScale: {import: "mine.layers:LayerScale", output: same}
inputs: {x: {shape: [2]}}
layers:
  scaled: {type: LayerScale, from: x, init: 0.5}
outputs: {y: {from: scaled, task: regression}}
training: {epochs: 1, batch_size: 8}
"""
DATA = """\
import numpy as np

def rows():
    print("chatter")
    x = np.arange(48, dtype="float32").reshape(24, 2) / 48
    return {"x": x, "y": x.sum(axis=1), "spare": np.zeros(24)}

def broken():
    raise OSError("the disk has gone")
"""
TRAIN = ("train", "graph.yaml", "--data", "penguins.csv", "-o", "run")
SET = ("--set", "units=4")
WORDS = ("Adelie", "Chinstrap", "Gentoo")
GAPS = [3, 17]
MEASURED = {
    "loss",
    "mass_loss",
    "mass_mean_absolute_error",
    "species_loss",
    "species_accuracy",
}

BLOCKED = """
import sys
from importlib.machinery import ModuleSpec

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name in ("tensorflow", "keras"):
            return ModuleSpec(name, self)
    def create_module(self, spec):
        raise AssertionError(f"{spec.name} is imported")
    def exec_module(self, module): ...

sys.meta_path.insert(0, Blocked())
"""
"""Lets both be found, and neither be imported."""

SEVERAL = """
import json, sys
from click.testing import CliRunner
from layergraph.cli.main import cli

def outcome(arguments):
    done = CliRunner().invoke(cli, arguments)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr

print(json.dumps([outcome(arguments) for arguments in json.loads(sys.argv[1])]))
"""


def several(folder: Path, *commands: tuple[str, ...]) -> list[tuple[int, str, str]]:
    """Status, stdout and stderr of commands that share a process, and so one TensorFlow."""
    printed = run_python(SEVERAL, json.dumps(commands), cwd=folder)
    return [tuple(outcome) for outcome in json.loads(printed.splitlines()[-1])]


def write_data(folder: Path) -> None:
    lines = ["length,depth,species,kilograms,island"]
    for row in range(40):
        depth = "" if row in GAPS else (18 - row % 5) / 20
        lines.append(f"{(39 + row % 3) / 40},{depth},{WORDS[row % 3]},{3 + row % 7 / 10},x")
    (folder / "penguins.csv").write_text("\n".join(lines) + "\n")
    (folder / "graph.yaml").write_text(GRAPH)


@pytest.fixture
def folder(tmp_path):
    write_data(tmp_path)
    return tmp_path


@pytest.fixture
def without_tensorflow(folder):
    """What runs a command in a process that cannot import TensorFlow."""
    (folder / "blocked").mkdir()
    blocked = str(folder / "blocked")
    (folder / "blocked" / "sitecustomize.py").write_text(BLOCKED)

    def run(*arguments):
        before = sorted(folder.iterdir())
        done = run_layergraph(*arguments, cwd=folder, PYTHONPATH=blocked, fresh=True)
        assert sorted(folder.iterdir()) == before
        assert done.stdout == ""
        return done.returncode, done.stderr

    return run


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A folder with a run, and how it was trained."""
    folder = tmp_path_factory.mktemp("trained")
    write_data(folder)
    return folder, run_layergraph(*TRAIN, *SET, cwd=folder)


@pytest.mark.slow
def test_results_go_to_stdout_and_progress_to_stderr(trained):
    folder, done = trained
    assert done.returncode == 0, done.stderr
    header, _, *rows, last = done.stdout.splitlines()
    assert header.split() == ["training", "validation"]
    assert {row.split()[0] for row in rows} == MEASURED
    assert last == "run"
    lines = done.stderr.splitlines()
    assert all(line.startswith("final  epoch ") for line in lines), done.stderr
    assert lines[-1].startswith("final  epoch 2/2  loss ")
    state = RunFolder(folder / "run").read_state()
    assert (state.status, state.seed, state.dropped_rows) == ("finished", 3, len(GAPS))
    assert state.data.name == "penguins.csv"
    assert "units: 4" in (folder / "run" / "graph.yaml").read_text()


@pytest.mark.slow
def test_a_run_is_evaluated_asked_and_replaced(trained):
    folder, _ = trained
    arrays = {
        "length": np.linspace(0, 1, 12),
        "depth": np.linspace(0, 1, 12),
        "species": np.array(WORDS * 4),
        "kilograms": np.ones(12),
        "iland": np.ones(12),
    }
    np.savez(folder / "arrays.npz", **arrays)
    (folder / "lengths.csv").write_text("length,species\n0.5,Adelie\n")
    lines = (folder / "penguins.csv").read_text().splitlines()
    inputs = [",".join(line.split(",")[:2]) for line in lines]
    (folder / "new.csv").write_text("\n".join(inputs) + "\n")
    predict = ("predict", "run", "--data", "new.csv", "-o")
    replace = ("train", "graph.yaml", "--data", "arrays.npz", "-o", "run", *SET, "--epochs", "1")
    text, measured, csv, again, forced, parquet, npz, form, no_column, no_target, stands, quiet, \
        warned = several(
            folder,
            ("evaluate", "run", "--data", "penguins.csv"),
            ("evaluate", "run", "--data", "penguins.csv", "--format", "json"),
            (*predict, "new/p.csv"),
            (*predict, "new/p.csv"),
            (*predict, "new/p.csv", "--force", "--quiet"),
            (*predict, "p.parquet"),
            (*predict, "p.npz"),
            (*predict, "p.txt"),
            ("predict", "run", "--data", "lengths.csv", "-o", "q.csv"),
            ("evaluate", "run", "--data", "new.csv"),
            replace,
            (*replace, "--force", "--quiet"),
            (*replace, "--force", "--folds", "2"),
        )  # fmt: skip

    assert (text[0], text[2]) == (0, "")
    header, _, *rows = text[1].splitlines()
    assert header.split() == ["value"]
    assert {row.split()[0] for row in rows} == MEASURED
    assert (measured[0], measured[2]) == (0, "")
    values = json.loads(measured[1])
    assert set(values) == MEASURED
    assert all(np.isfinite(value) for value in values.values())

    assert csv == (0, "new/p.csv\n", "")
    assert again[:2] == (1, "")
    assert "error[LG501]: `new/p.csv` exists already" in again[2]
    assert forced == (0, "", "")
    assert_predicted(folder)
    assert parquet == (0, "p.parquet\n", "")
    assert npz == (0, "p.npz\n", "")
    assert form[:2] == (1, "")
    assert "error[LG618]: `p.txt` ends in `.txt`" in form[2]
    assert no_column[:2] == (1, "")
    assert (
        "error[LG602]: input `bill` takes the column `depth`, and lengths.csv has none"
        in (no_column[2])
    )
    assert not (folder / "q.csv").exists()
    assert no_target[:2] == (1, "")
    assert "error[LG602]: output `species` takes the column `species`" in no_target[2]
    assert "error[LG602]: output `mass` takes the column `kilograms`" in no_target[2]

    assert stands[:2] == (1, "")
    assert "error[LG501]: `run` is a run already" in stands[2]
    assert "`--resume`" in stands[2]
    assert quiet == (0, "", "")
    assert warned[0] == 0
    assert warned[2].startswith(
        "warning: nothing in the graph takes the array `iland` of arrays.npz\n"
    )
    assert "mean ± standard deviation of 2 folds" in warned[1]
    assert "fold 2 of 2  epoch 1/1" in warned[2]


def assert_predicted(folder):
    """A row for each row of the data: those that are left out are empty."""
    import pandas as pd

    columns = ["species", *(f"species_{word}" for word in WORDS), "mass"]
    table = pd.read_csv(folder / "new" / "p.csv")
    assert list(table.columns) == columns
    assert len(table) == 40
    assert np.flatnonzero(table.isna().any(axis=1)).tolist() == GAPS
    assert table.loc[GAPS].isna().all(axis=None)
    assert set(table["species"].dropna()) <= set(WORDS)

    stored = pd.read_parquet(folder / "p.parquet")
    assert list(stored.columns) == columns
    assert stored["species"].fillna("").tolist() == table["species"].fillna("").tolist()
    np.testing.assert_allclose(stored[columns[1:]], table[columns[1:]], rtol=1e-6)

    with np.load(folder / "p.npz") as arrays:
        assert {name: arrays[name].shape for name in arrays} == {
            "species": (40, 3),
            "species_label": (40,),
            "mass": (40, 1),
        }
        np.testing.assert_array_equal(arrays["mass"].ravel(), stored["mass"])
        assert arrays["species_label"].tolist() == table["species"].fillna("").tolist()


@pytest.mark.slow
def test_what_is_ones_own_is_imported_where_it_is_allowed(tmp_path):
    write_package(tmp_path)
    (tmp_path / "own.py").write_text(DATA)
    (tmp_path / "graph.yaml").write_text(OWN)
    train = ("train", "graph.yaml", "--data", "own:rows", "-o", "run")
    done = run_layergraph(*train, "--allow", "mine", "--allow", "own", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("\nrun\n")
    assert "chatter" not in done.stdout
    assert "chatter\n" in done.stderr
    assert "takes the array `spare`" in done.stderr

    predict = ("predict", "run", "--data", "own:rows", "-o", "p.npz", "--allow", "mine")
    train = ("train", "graph.yaml", "--data", "own:broken", "-o", "r", "--allow", "mine")
    refused, unknown_data, allowed, no_function, raises = several(
        tmp_path,
        predict[:-2],
        predict,
        (*predict, "--allow", "own"),
        (*predict[:3], "own:row", *predict[4:], "--force", "--allow", "own"),
        (*train, "--allow", "own"),
    )
    assert refused[:2] == (1, "")
    assert "error[LG508]: `LayerScale` would import `mine.layers`" in refused[2]
    assert unknown_data[:2] == (1, "")
    assert "error[LG508]: `own:rows` would import `own`" in unknown_data[2]
    assert allowed[:2] == (0, "p.npz\n")
    assert no_function[:2] == (1, "")
    assert "error[LG509]: `own:row` cannot be imported" in no_function[2]
    assert "did you mean `rows`?" in no_function[2]
    assert raises[:2] == (1, "")
    assert "error[LG601]: `own:broken` gives no data: the disk has gone" in raises[2]
    assert not (tmp_path / "r").exists()


def test_nothing_of_ones_own_is_imported_unasked(without_tensorflow, folder):
    (folder / "own.py").write_text("from pathlib import Path\nPath('pwned').touch()\n")
    status, said = without_tensorflow(
        "train", "graph.yaml", *SET, "--data", "own:rows", "-o", "run"
    )
    assert status == 1
    assert "error[LG508]: `own:rows` would import `own`" in said
    assert "--allow own" in said


def train_on(data: str, *more: str) -> tuple[str, ...]:
    return ("train", "graph.yaml", "--data", data, "-o", "run", *SET, *more)


MISTAKES = {
    "no graph": (
        ("train", "grph.yaml", "--data", "penguins.csv", "-o", "run"),
        "error[LG001]: `grph.yaml` does not exist",
    ),
    "a param without a value": (TRAIN, "error[LG118]: param `units` has no value"),
    "a param that is none": (
        (*TRAIN, "--set", "unit=4"),
        "did you mean `units`?",
    ),
    "no data": (train_on("penguin.csv"), "error[LG601]: penguin.csv does not exist"),
    "an empty file": (train_on("empty.csv"), "error[LG601]: empty.csv is empty"),
    "no rows": (train_on("header.csv"), "error[LG601]: header.csv has no rows"),
    "a misspelt column": (
        train_on("misspelt.csv"),
        (
            "error[LG602]: input `bill` takes the column `depth`, and misspelt.csv has none of "
            "that name\n --> graph.yaml:4:3\n"
        ),
    ),
    "a misspelt column to validate on": (
        train_on("penguins.csv", "--validation-data", "misspelt.csv"),
        "and misspelt.csv has none of that name",
    ),
    "a word where a number should be": (
        train_on("words.csv"),
        'error[LG605]: row 1 of `length` is the word "long"',
    ),
    "more folds than rows": (
        train_on("penguins.csv", "--folds", "50"),
        "error[LG608]: 38 rows cannot be split into 50 folds",
    ),
    "a file in the way": (
        ("train", "graph.yaml", *SET, "--data", "penguins.csv", "-o", "penguins.csv", "--force"),
        "error[LG501]: `penguins.csv` exists already: it is a file",
    ),
    "a folder in the way": (
        ("train", "graph.yaml", *SET, "--data", "penguins.csv", "-o", ".", "--force"),
        "error[LG501]: `.` holds files and is no run",
    ),
    "nothing to resume in a folder": (
        ("train", "graph.yaml", *SET, "--data", "penguins.csv", "-o", "empty", "--resume"),
        "error[LG612]: `empty` is no run",
    ),
    "no run to evaluate": (
        ("evaluate", "runs", "--data", "penguins.csv"),
        "error[LG612]: `runs` is no run: nothing is there",
    ),
    "no run to ask": (
        ("predict", "graph.yaml", "--data", "penguins.csv", "-o", "p.csv"),
        "error[LG612]: `graph.yaml` is no run: a run is a folder",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_is_told_before_tensorflow_is_imported(
    arguments, said, without_tensorflow, folder
):
    rows = (folder / "penguins.csv").read_text()
    (folder / "empty.csv").write_text("")
    (folder / "header.csv").write_text(rows.splitlines()[0] + "\n")
    (folder / "misspelt.csv").write_text(rows.replace("depth", "deph", 1))
    (folder / "words.csv").write_text(rows.replace("\n1.0,", "\nlong,", 1))
    (folder / "empty").mkdir()
    status, stderr = without_tensorflow(*arguments)
    assert status == 1, stderr
    assert said in stderr
    assert "Traceback" not in stderr
    assert (folder / "penguins.csv").read_text() == rows


def test_all_mistakes_of_the_data_are_told_at_once(without_tensorflow, folder):
    (folder / "bad.csv").write_text("length,depht,species,kilograms\n1,1,Adelie,\n1,1,Addelie,3\n")
    _, said = without_tensorflow(*train_on("bad.csv"))
    assert said.count("error[") == 2
    assert "did you mean `depht`?" in said
    assert 'error[LG609]: row 1 of `species` is "Addelie"' in said


def test_right_data_need_tensorflow(folder):
    """The blocker of the tests above does block."""
    (folder / "sitecustomize.py").write_text(BLOCKED)
    done = run_layergraph(*TRAIN, *SET, cwd=folder, PYTHONPATH=str(folder), fresh=True)
    assert done.returncode == 3
    assert "is imported" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*TRAIN, "--resume", "--force"), "'--resume' continues a run, and '--force' replaces it"),
        (
            (*TRAIN, "--folds", "2", "--validation-data", "penguins.csv"),
            "'--folds' and '--validation-data' are two ways",
        ),
        ((*TRAIN, "--devices", "GPU:0,,GPU:1"), "'GPU:0,,GPU:1' is no list of devices"),
        ((*TRAIN, "--devices", ""), "'' is no list of devices"),
        ((*TRAIN, "--memory", "lots"), "'lots' is no size, such as 500MB or 2GiB"),
        ((*TRAIN, "--epochs", "0"), "0 is not in the range"),
        ((*TRAIN, "--folds", "1"), "1 is not in the range"),
        ((*TRAIN, "--seed", "-1"), "-1 is not in the range"),
        ((*TRAIN, "--set", "units"), "'units' is no NAME=VALUE"),
        (TRAIN[:-2], "Missing option '-o'"),
        ((*TRAIN[:2], *TRAIN[-2:]), "Missing option '--data'"),
        (("evaluate", "run", "--data", "x.csv", "--format", "csv"), "'csv' is not one of"),
        (("predict", "run", "--data", "x.csv"), "Missing option '-o'"),
    ],
)
def test_wrong_use_ends_with_2(arguments, said, without_tensorflow):
    status, stderr = without_tensorflow(*arguments)
    assert status == 2
    assert said in " ".join(stderr.split())


@pytest.mark.parametrize(
    ("more", "is_there", "said"),
    [
        ((), False, "stopped\n"),
        (("--force",), True, "stopped\n"),
        (("--resume",), True, "stopped; the same command with --resume goes on: run\n"),
    ],
)
def test_ctrl_c_before_training_begins(more, is_there, said, folder, monkeypatch):
    """It ends with 130 too, and the run that stands there is not taken for the new one."""

    def interrupted(*arguments, **keys):
        raise KeyboardInterrupt

    monkeypatch.chdir(folder)
    monkeypatch.setattr(command_train, "train", interrupted)
    if is_there:
        Path("run").mkdir()
        Path("run/run.json").write_text('{"layergraph": 1}')
    done = CliRunner().invoke(command_train.command, [*TRAIN[1:], *SET, *more])
    assert (done.exit_code, done.stdout, done.stderr) == (130, "", said)


@pytest.mark.parametrize(
    ("more", "said"), [((), "--resume"), (("--force",), "--resume in place of --force")]
)
def test_a_run_that_was_begun_goes_on_with_resume(more, said, folder, monkeypatch):
    def interrupted(*arguments, **keys):
        raise command_train.Interrupted

    monkeypatch.chdir(folder)
    monkeypatch.setattr(command_train, "train", interrupted)
    done = CliRunner().invoke(command_train.command, [*TRAIN[1:], *SET, *more])
    assert done.exit_code == 130
    assert done.stderr == f"stopped; the same command with {said} goes on: run\n"


def test_help_says_what_data_may_be(without_tensorflow, folder):
    for command in ("train", "evaluate", "predict"):
        done = run_layergraph(command, "--help", PYTHONPATH=str(folder / "blocked"))
        said = " ".join(done.stdout.split())
        assert done.returncode == 0
        assert "A .csv, .parquet or .npz file, a folder of .npy files, or module:function." in said
    said = " ".join(run_layergraph("train", "--help").stdout.split())
    assert "Train the model of GRAPH on DATA and write all that came of it to the folder" in said
    for option in ("--resume", "--force", "--folds", "--devices", "--validation-data", "--set"):
        assert f" {option} " in said
    assert "256MiB" in said
