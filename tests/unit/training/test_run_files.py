"""The folder of a run: where it may begin, its files, and what is said where it is none."""

import errno
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from layergraph.diagnostics import GraphError
from layergraph.training.history import History
from layergraph.training.run import Run
from layergraph.training.run_files import RunFolder
from layergraph.training.run_state import DataState, RunState, ValidationState
from layergraph.training.whole_files import write_whole, writing

GRAPH = "layergraph: 1\n"
STATE = RunState(
    status="running",
    seed=7,
    epochs=20,
    batch_size=32,
    validation=ValidationState(folds=5, stratify="species"),
    data=DataState(name="data/penguins.csv", rows=344, sha256="ab" * 32),
    missing={"sex": 11},
    dropped_rows=2,
    devices=("CPU:0",),
    versions={"python": "3.11.7", "layergraph": "0.5.0"},
    started=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    seconds=1.5,
)


@pytest.fixture
def run(tmp_path):
    made = RunFolder.create(tmp_path / "runs" / "penguins", STATE, GRAPH, force=False)
    made.write_state(STATE)
    return made


def error_of(call, *args, **kwargs):
    with pytest.raises(GraphError) as raised:
        call(*args, **kwargs)
    (diagnostic,) = raised.value.diagnostics
    return diagnostic


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_importing_it_needs_nothing_heavy():
    code = (
        "import sys, layergraph.training.run_files as _; "
        "print({'numpy', 'keras', 'tensorflow', 'matplotlib', 'rich'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "set()\n"


def test_state_comes_back_and_nothing_is_left_beside_it(run):
    assert RunFolder(str(run.path)).read_state() == STATE
    run.write_state(STATE.model_copy(update={"status": "finished"}))
    assert run.read_state().status == "finished"
    assert names_in(run.path) == ["graph.yaml", "run.json"]


def test_keys_of_run_json(run):
    content = json.loads(run.state_file.read_text())
    assert list(content) == [
        "layergraph", "status", "seed", "epochs", "batch_size", "precision", "validation", "data",
        "validation_data", "missing", "dropped_rows", "devices", "versions", "started", "seconds",
    ]  # fmt: skip
    assert content["layergraph"] == 1
    assert content["started"] == "2026-01-02T03:04:05Z"
    assert content["data"] == {"name": "data/penguins.csv", "rows": 344, "sha256": "ab" * 32}


def test_names_of_the_files(tmp_path):
    run = RunFolder(tmp_path)
    files = (
        run.state_file, run.graph, run.model, run.saved_model, run.history_json, run.history_csv,
        run.metrics, run.curves, run.tensorboard, run.checkpoints,
    )  # fmt: skip
    assert [file.name for file in files] == [
        "run.json", "graph.yaml", "model.keras", "saved_model", "history.json", "history.csv",
        "metrics.json", "curves.svg", "tensorboard", "checkpoints",
    ]  # fmt: skip
    assert {file.parent for file in files} == {tmp_path}


def test_history_and_metrics(run):
    history = History({"loss": [1.0, 0.5]}, ({"loss": [2.0]},))
    run.write_history(history)
    run.write_metrics({"final": {"loss": 0.5}, "folds": None, "missing": {}})
    assert run.read_history() == history
    assert run.history_csv.read_text() == history.to_csv()
    assert run.read_metrics() == {"final": {"loss": 0.5}, "folds": None, "missing": {}}
    run.metrics.write_text("{")
    assert error_of(run.read_metrics).message.startswith(f"`{run.metrics}` is damaged")


def test_an_existing_run_is_continued_or_replaced_when_asked(run):
    found = error_of(RunFolder.create, run.path, STATE, GRAPH, force=False)
    assert found.code.id == "LG501"
    assert "--resume" in found.help
    assert "--force" in found.help
    RunFolder.create(run.path, STATE, GRAPH, force=True)
    assert names_in(run.path) == ["graph.yaml", "run.json"]
    assert names_in(run.path.parent) == ["penguins"]


@pytest.mark.parametrize("force", [False, True])
def test_a_file_is_never_replaced(force, tmp_path):
    (tmp_path / "data.csv").write_text("mine")
    found = error_of(RunFolder.create, tmp_path / "data.csv", STATE, GRAPH, force=force)
    assert found.code.id == "LG501"
    assert "--resume" not in found.help
    assert "--force" not in found.help
    assert (tmp_path / "data.csv").read_text() == "mine"


def test_an_empty_folder_is_replaced_when_asked(tmp_path):
    found = error_of(RunFolder.create, tmp_path, STATE, GRAPH, force=False)
    assert found.code.id == "LG501"
    assert "--force" in found.help
    RunFolder.create(tmp_path, STATE, GRAPH, force=True)
    assert names_in(tmp_path) == ["graph.yaml", "run.json"]


def test_a_folder_with_files_of_others_is_never_replaced(tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work")
    (tmp_path / "run.json").write_text('{"of": "another program"}')
    found = error_of(RunFolder.create, tmp_path, STATE, GRAPH, force=True)
    assert found.code.id == "LG501"
    assert "holds files and is no run" in found.message
    assert names_in(tmp_path) == ["run.json", "thesis.tex"]


def test_a_link_is_replaced_and_what_it_leads_to_stays(run, tmp_path):
    link = tmp_path / "latest"
    link.symlink_to(run.path)
    RunFolder.create(link, STATE, GRAPH, force=True)
    assert not link.is_symlink()
    assert run.read_state() == STATE


def test_a_file_on_the_way(tmp_path):
    (tmp_path / "file").write_text("")
    found = error_of(RunFolder.create, tmp_path / "file" / "run", STATE, GRAPH, force=False)
    assert (found.code.id, found.message) == (
        "LG504",
        f"cannot write `{tmp_path}/file/run`: what should be a folder on the way to it is a file",
    )


def test_who_reads_a_file_sees_one_whole(tmp_path):
    place = tmp_path / "run.json"
    write_whole(place, "the old one")
    with place.open() as reading:
        write_whole(place, "new")
        assert reading.read() == "the old one"
    assert place.read_text() == "new"


def test_a_full_disk_is_named(run, monkeypatch):
    def full(number):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    found = error_of(run.write_state, STATE.model_copy(update={"status": "finished"}))
    assert found.code.id == "LG504"
    assert found.message == f"cannot write `{run.state_file}`: the disk is full"
    assert run.read_state() == STATE
    assert names_in(run.path) == ["graph.yaml", "run.json"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError])
def test_what_stops_the_writing_leaves_the_old_file(tmp_path, monkeypatch, stop):
    place = tmp_path / "run.json"
    write_whole(place, "old")

    def stopped(number):
        raise stop

    monkeypatch.setattr(os, "fsync", stopped)
    with pytest.raises(stop):
        write_whole(place, "new")
    assert place.read_text() == "old"
    assert names_in(tmp_path) == ["run.json"]


def test_what_others_write_is_told_alike(tmp_path):
    refused = pytest.raises(GraphError, match=r"LG504 cannot write `.*`: Permission denied")
    with refused, writing(tmp_path):
        raise PermissionError(errno.EACCES, "Permission denied")


def damage(run, **changes):
    content = json.loads(run.state_file.read_text()) | changes
    run.state_file.write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"layergraph": 1', "delimiter"),
        ("", "Expecting value"),
        ("[]", "indices"),
        ("{}", "layergraph is missing"),
        ('{"layergraph": 1}', "status: Field required"),
        ('{"layergraph": "1"}', "layergraph: Input should be 1"),
    ],
)
def test_a_damaged_run(run, text, said):
    run.state_file.write_text(text)
    found = error_of(run.read_state)
    assert found.code.id == "LG612"
    assert re.match(rf"`{run.state_file}` is damaged \(.*{said}", found.message)
    assert found.help == "put the file back as it was, or train anew"


def test_bytes_that_are_no_text(run):
    run.state_file.write_bytes(b"\xff\xfe\x00")
    assert "is damaged" in error_of(run.read_state).message


def test_a_run_of_a_newer_layergraph(run):
    damage(run, layergraph=2, status="dreaming", versions={"layergraph": "9.1"})
    found = error_of(run.read_state)
    assert found.code.id == "LG612"
    assert "form 2, and this layergraph reads form 1" in found.message
    assert found.help == "install layergraph 9.1, which wrote it, or a newer one"


def test_a_key_that_a_later_layergraph_adds_is_passed_over(run):
    damage(run, weather="rain")
    assert run.read_state() == STATE


def test_no_run_at_a_place(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("file").write_text("")
    cases = {
        "nowhere": ("nothing is there", "name the folder that"),
        "empty": ("there is no run.json in it", "name the folder that"),
        "file": ("a run is a folder", "name the folder that"),
        "runs": ("there is no run.json in it", "did you mean `runs/penguins`?"),
        "runs/pengins": ("nothing is there", "did you mean `runs/penguins`?"),
        "runs/penguins/run.json": ("a run is a folder", "did you mean `runs/penguins`?"),
    }
    for place, (reason, help) in cases.items():
        found = error_of(RunFolder(place).read_state)
        assert found.code.id == "LG612"
        assert found.message == f"`{place}` is no run: {reason}"
        assert found.help.startswith(help), place


def test_several_runs_in_a_folder_are_named(run):
    for name in "abcde":
        RunFolder.create(run.path.parent / name, STATE, GRAPH, force=False).write_state(STATE)
    found = error_of(RunFolder(run.path.parent).read_state)
    assert found.help.startswith(f"name a run: `{run.path.parent}/a`, `")
    assert found.help.endswith("/e`, …")


def test_a_run_without_history_is_unfinished(run):
    found = error_of(run.read_history)
    assert found.message == f"the run `{run.path}` has no history.json"
    run.history_json.write_text("{}")
    assert "history.json` is damaged" in error_of(run.read_history).message


def test_a_finished_run_that_lacks_a_file_is_not_resumed_for_it(run):
    unfinished, lost = "train it to its end, with `--resume`", "put the file back as it was"
    assert error_of(run.read_metrics).help == unfinished
    run.write_state(STATE.model_copy(update={"status": "finished"}))
    assert lost in error_of(run.read_metrics).help
    found = error_of(Run(run.path).check_model)
    assert found.message == f"the run `{run.path}` has no model.keras"
    assert lost in found.help


def test_no_run_goes_on_without_its_graph(run):
    run.graph.unlink()
    for found in (error_of(run.read_graph), error_of(lambda: Run(run.path).graph)):
        assert found.message == f"the run `{run.path}` has no graph.yaml"
        assert found.help == "put the file back as it was, or train anew"


def test_what_a_killed_process_had_begun_is_removed_and_nothing_else(tmp_path):
    folder = RunFolder(tmp_path)
    (tmp_path / ".saved_model.tyxg6qvn").mkdir()
    (tmp_path / ".saved_model.tyxg6qvn" / "saved_model.pb").write_text("")
    (tmp_path / ".history.json.4711").write_text("")
    kept = [".history.json.swp", ".notes.tyxg6qvn", "history.json", "saved_model"]
    for name in kept:
        (tmp_path / name).write_text("")
    folder.remove_unfinished()
    assert sorted(path.name for path in tmp_path.iterdir()) == kept
