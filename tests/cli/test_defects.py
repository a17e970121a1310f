"""Whatever goes wrong, a person is told in a few words, and never by a traceback."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import LAYERGRAPH

GRAPH = "layergraph: 1\ninputs: {x: {shape: [4]}}\noutputs: {y: {from: x}}\n"
WRONG = "layergraph: 1\ninputs: {x: {shape: [4]}}\noutputs: {y: {from: größse}}\n"
BREAK = """
import sys
import layergraph.pipeline

def broken(*arguments, **options):
    {deed}

layergraph.pipeline.validate = broken
sys.argv = ["layergraph", "validate", "graph.yaml"]
from layergraph.cli.main import main
main()
"""
RECUR = "def again():\n        again()\n    again()"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "graph.yaml").write_text(GRAPH)
    (tmp_path / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    (tmp_path / "tmp").mkdir()
    return tmp_path


def broken(deed, folder, **environment):
    return subprocess.run(
        [sys.executable, "-c", BREAK.replace("{deed}", deed)],
        capture_output=True,
        text=True,
        cwd=folder,
        env=os.environ | {"TMPDIR": str(folder / "tmp")} | environment,
        check=False,
    )


def run_in_shell(command, folder, **environment):
    return subprocess.run(
        ["bash", "-c", command.replace("layergraph", LAYERGRAPH)],
        capture_output=True,
        cwd=folder,
        env=os.environ | environment,
        check=False,
    )


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("raise RuntimeError('boom')", "RuntimeError: boom"),
        ("raise KeyError('\\x1b[2J')", r"KeyError: '\x1b[2J'"),
        ("raise ValueError('a' * 10_000)", f"ValueError: {'a' * 300}…"),
        ("raise ValueError('\\x1b[2J\\ud800')", r"ValueError: \x1b[2J\ud800"),
        ("raise MemoryError", "MemoryError"),
        (RECUR, "RecursionError: maximum recursion depth exceeded"),
    ],
    ids=["error", "key", "long", "control", "memory", "recursion"],
)
def test_a_defect_of_ours_ends_with_3_and_asks_to_be_reported(folder, deed, said):
    done = broken(deed, folder)
    assert done.returncode == 3
    assert done.stdout == ""
    (kept,) = (folder / "tmp").iterdir()
    assert done.stderr == (
        f"layergraph has a defect: {said}\nPlease report it, with the details in {kept}\n"
    )
    details = kept.read_text(encoding="utf-8")
    assert details.startswith("layergraph 0.")
    assert "['layergraph', 'validate', 'graph.yaml']" in details
    assert "Traceback" in details


def test_where_no_file_can_be_written_the_details_follow(folder):
    nowhere = "import tempfile, os\n    tempfile._candidate_tempdir_list = lambda: ['/nowhere']\n"
    done = broken(f"{nowhere}    raise RuntimeError('boom')", folder)
    assert done.returncode == 3
    first, second, _, third, *_ = done.stderr.splitlines()
    assert first == "layergraph has a defect: RuntimeError: boom"
    assert second == "Please report it, with the details below"
    assert third.startswith("layergraph 0.")


def test_an_interruption_ends_with_130(folder):
    done = broken("raise KeyboardInterrupt", folder)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


def test_ctrl_c_ends_with_130(folder):
    # A shell's background process is started with the signal ignored, and the tests may be one.
    heeded = "signal.signal(signal.SIGINT, signal.default_int_handler)"
    waits = "[None for _ in range(10**9)]"
    deed = f"import os, signal; {heeded}; os.kill(os.getpid(), signal.SIGINT); {waits}"
    done = broken(deed, folder)
    assert (done.returncode, done.stderr) == (130, "interrupted\n")
    assert signal.SIGINT + 128 == 130


def test_a_closed_pipe_is_no_defect(folder):
    done = run_in_shell("layergraph validate . | true; exit $PIPESTATUS", folder)
    assert done.returncode in (0, 1)
    assert done.stderr == b""


@pytest.mark.parametrize("command", ["validate wrong.yaml", "schema"])
def test_a_full_disk_is_no_defect(folder, command):
    done = run_in_shell(f"layergraph {command} > /dev/full", folder)
    assert done.returncode == 1
    assert done.stderr == b"layergraph cannot write: no space left on device\n"


@pytest.mark.parametrize(
    ("closed", "file", "status"),
    [
        (">&-", "wrong.yaml", 1),
        ("2>&-", "wrong.yaml", 1),
        (">&- 2>&-", "graph.yaml", 0),
        (">&- 2>&-", "no.yaml", 1),
    ],
)
def test_closed_streams_are_no_defect(folder, closed, file, status):
    done = run_in_shell(f"layergraph validate {file} {closed}", folder)
    assert done.returncode == status
    assert b"Traceback" not in done.stderr
    assert b"defect" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_encoding_can_show_a_report(folder, encoding):
    done = run_in_shell("layergraph validate .", folder, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 1
    assert "größse" in done.stdout.decode(
        "utf-8" if encoding == "ascii" else encoding
    )  # as click has it


def test_names_of_files_may_be_no_text(folder):
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff.yaml"))).write_text("a: b")
    done = run_in_shell("layergraph validate .", folder)
    assert done.returncode == 1
    assert b"\\udcff.yaml:1:1" in done.stdout
