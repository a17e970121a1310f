"""Killed, without room on the disk, without permission: whole runs, or none."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from errno import ENOSPC
from pathlib import Path

import numpy as np
import pytest

import layergraph as lg
from layergraph.diagnostics import GraphError
from layergraph.training import checkpoints
from tests.processes import LAYERGRAPH, run_layergraph
from tests.quiet import QUIET
from tests.training.runs import graph_of, numbers, same_weights

KILLS = int(os.environ.get("LAYERGRAPH_KILLS", "2"))
GRAPH = """
inputs: {x: {shape: [4]}}
layers:
  scaled: {type: Normalization, from: x}
  hidden: {type: Dense, from: scaled, units: 64, activation: relu}
  dropped: {type: Dropout, from: hidden, rate: 0.3}
outputs:
  y: {from: dropped, task: regression}
  c: {from: dropped, task: multiclass, classes: 3}
training:
  epochs: 20
  batch_size: 16
  seed: 3
  validation: {folds: 2}
  callbacks: [{type: ReduceLROnPlateau, monitor: val_loss, patience: 2}]
"""


@pytest.fixture
def folder(tmp_path):
    graph_of(tmp_path, GRAPH)
    np.savez(tmp_path / "data.npz", **numbers(600))
    return tmp_path


def command(out: str, *more: str) -> list[str]:
    return ["train", "graph.yaml", "--data", "data.npz", "-o", out, "--quiet", *more]


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [LAYERGRAPH, *arguments],
        cwd=folder,
        env=os.environ | QUIET,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on_to_the_same_weights(folder):
    begun = time.monotonic()
    assert run_layergraph(*command("whole"), cwd=folder, fresh=True).returncode == 0
    whole, seconds = lg.Run(folder / "whole"), time.monotonic() - begun
    moment = random.Random(os.environ.get("LAYERGRAPH_SEED", "1"))
    out = folder / "killed"
    kills = 0
    while kills < KILLS:
        process = started(folder, *command("killed", "--resume"))
        try:
            process.wait(timeout=moment.uniform(0.1, seconds * 0.9))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            kills += 1
        else:
            said = process.communicate()
            assert process.returncode == 0, said
            assert_same(lg.Run(out), whole)
            for path in sorted(out.rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
            out.rmdir()
    done = run_layergraph(*command("killed", "--resume"), cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert_same(lg.Run(out), whole)


def assert_same(run, whole):
    assert run.state.status == "finished"
    assert run.history == whole.history
    assert run.metrics == whole.metrics
    assert same_weights(run, whole)
    assert not run.folder.checkpoints.exists()
    assert {path.name for path in run.path.iterdir()} == {
        path.name for path in whole.path.iterdir()
    }


@pytest.mark.slow
def test_ctrl_c_ends_after_the_step_and_says_how_to_go_on(folder):
    process = started(folder, *command("run", "--epochs", "5000"))
    checkpoint = folder / "run" / "checkpoints" / "fold1.npz"
    while not checkpoint.exists() and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert said.endswith("stopped; the same command with --resume goes on: run\n")
    assert "Traceback" not in said
    run = lg.Run(folder / "run")
    assert run.state.status == "interrupted"
    assert run.history.folds == ()


def test_a_full_disk_is_said_and_the_run_goes_on_when_there_is_room(folder, monkeypatch):
    graph, data = lg.load(folder / "graph.yaml"), numbers(100)

    def full(*arguments, **arrays):
        raise OSError(ENOSPC, os.strerror(ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(checkpoints.np, "savez", full)
        with pytest.raises(
            GraphError, match=r"LG504 cannot write .*fold1\.npz.*: the disk is full"
        ):
            lg.train(graph, data, out=folder / "run", epochs=2)
    assert lg.Run(folder / "run").state.status == "interrupted"
    assert list((folder / "run" / "checkpoints").iterdir()) == []
    resumed = lg.train(graph, data, out=folder / "run", epochs=2, resume=True)
    assert_same(resumed, lg.train(graph, data, out=folder / "whole", epochs=2))


def test_a_place_that_cannot_be_written_is_refused_at_once(folder):
    (folder / "file").write_text("")
    graph, data = lg.load(folder / "graph.yaml"), numbers(100)
    with pytest.raises(GraphError, match=r"LG504 cannot write .* a file"):
        lg.train(graph, data, out=folder / "file" / "run")
    with pytest.raises(GraphError, match=r"LG501 .*file` exists already"):
        lg.train(graph, data, out=folder / "file")
    assert (folder / "file").read_text() == ""
