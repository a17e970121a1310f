"""Fresh processes: what a test asks of an artefact must not lean on what the test has loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1", "TF_ENABLE_ONEDNN_OPTS": "0"}
LAYERGRAPH = str(Path(sys.executable).with_name("layergraph"))


def run_python(code: str, *arguments: str, cwd: Path | None = None) -> str:
    """What a program prints; it fails the test where it fails."""
    return run([sys.executable, "-c", code, *arguments], cwd=cwd, check=True).stdout


def run_layergraph(
    *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command line, in a process of its own."""
    return run([LAYERGRAPH, *arguments], cwd=cwd, check=False, **environment)


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
