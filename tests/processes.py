"""Fresh processes: what a test asks of an artefact must not lean on what the test has loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.forks import run_forked
from tests.quiet import QUIET

LAYERGRAPH = str(Path(sys.executable).with_name("layergraph"))


NEED_TENSORFLOW = {"compile", "train", "evaluate", "predict"}
"""The commands that import TensorFlow, where they come so far."""

_MAIN = "from layergraph.cli.main import main; main()"


def run_python(code: str, *arguments: str, cwd: Path | None = None) -> str:
    """What a program prints; it fails the test where it fails."""
    return run([sys.executable, "-c", code, *arguments], cwd=cwd, check=True).stdout


def run_keras(code: str, *arguments: str, cwd: Path | None = None) -> str:
    """What a program prints that uses Keras; it fails the test where it fails."""
    done = run_forked(code, "-c", *arguments, modules=("keras", "tensorflow"), cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def run_layergraph(
    *arguments: str, cwd: Path | None = None, fresh: bool = False, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command line, in a process of its own.

    Args:
        arguments: those of the command.
        cwd: where it runs.
        fresh: whether the command has to import TensorFlow itself.
        environment: further variables of its environment.
    """
    if fresh or not arguments or arguments[0] not in NEED_TENSORFLOW:
        return run([LAYERGRAPH, *arguments], cwd=cwd, check=False, **environment)
    return run_forked(
        _MAIN,
        LAYERGRAPH,
        *arguments,
        modules=("keras", "tensorflow"),
        path=str(Path(LAYERGRAPH).parent),
        cwd=cwd,
        **environment,
    )


def run(
    command: list[str], cwd: Path | None, check: bool, **environment: str
) -> subprocess.CompletedProcess[str]:
    """A process with its output."""
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=cwd,
        env=os.environ | QUIET | environment,
        check=False,
        timeout=300,
    )
    if check and done.returncode != 0:
        raise AssertionError(f"{command[:2]} ended with {done.returncode}:\n{done.stderr}")
    return done
