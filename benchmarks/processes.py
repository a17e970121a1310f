"""Whole processes side by side: their time and their peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Measured:
    """Medians over the runs of one command: seconds, and MiB at the peak."""

    seconds: float
    mebibytes: float


def side_by_side(
    commands: Mapping[str, list[str]],
    runs: int,
    before: Callable[[], object] = lambda: None,
) -> dict[str, Measured]:
    """Run the commands in turn, `runs` times after one warm-up; `before` prepares each run.

    Taking turns spreads what else the machine is doing over all of them alike.
    """
    found: dict[str, list[Measured]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            before()
            once = measured(command)
            if run > 0:
                found[name].append(once)
    return {
        name: Measured(
            statistics.median(m.seconds for m in several),
            statistics.median(m.mebibytes for m in several),
        )
        for name, several in found.items()
    }


def python(code: str) -> list[str]:
    """The command that runs a line of Python."""
    return [sys.executable, "-c", code]


def layergraph(*arguments: str) -> list[str]:
    """The command line of this environment."""
    return [str(Path(sys.executable).with_name("layergraph")), *arguments]


def measured(command: list[str]) -> Measured:
    """The time and the peak memory of one run of a command."""
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    # An installed package has its bytecode beside it; the warm-up writes what is missing.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command} failed:\n{said.decode(errors='replace')}")
    return Measured(seconds, usage.ru_maxrss / 1024)
