"""What a long run finds: one file for each kind of failure, and the figures at its end."""

from __future__ import annotations

import resource
import time
import traceback
from collections.abc import Mapping
from pathlib import Path

from tests.fuzz.harmless import COMMANDS, check, check_command

SLOW = 1.0
"""Seconds of processor time that no ordinary file should take."""

EACH = 3
"""Of so many files one is given to a command as well, each command in turn."""


class Findings:
    """Checks files one after another, and goes on after a failure.

    Args:
        folder: where files that fail are kept.
        scratch: where files are written to be checked.
    """

    def __init__(self, folder: Path, scratch: Path) -> None:
        self._folder = folder
        self._scratch = scratch
        self.inputs = 0
        self.failures: dict[str, str] = {}
        self.slowest = 0.0

    def check(self, files: Mapping[str, bytes]) -> None:
        """Check a file; keep it where it fails like no other before it."""
        self.inputs += 1
        spent = self._timed(files)
        if spent > SLOW:
            spent = self._timed(files)  # which loads no class for the first time
        self.slowest = max(self.slowest, spent)
        if spent > SLOW:
            self._keep(files, f"slow, {int(spent)} s", f"{spent:.2f} s")

    def _timed(self, files: Mapping[str, bytes]) -> float:
        started = time.thread_time()
        try:
            check(self._scratch, files)
            if self.inputs % EACH == 0:
                file = self._scratch / next(iter(files))
                check_command(file, COMMANDS[self.inputs // EACH % len(COMMANDS)])
        except Exception as error:  # noqa: BLE001  whatever it is, it is what is looked for
            self._keep(files, _kind(error), traceback.format_exc())
        return time.thread_time() - started

    def summary(self) -> str:
        """The figures."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        lines = [
            (
                f"{self.inputs:,} inputs, {len(self.failures)} kinds of failure, "
                f"the slowest {self.slowest:.2f} s, peak memory {peak:.0f} MB"
            )
        ]
        return "\n".join([*lines, *sorted(self.failures)])

    def _keep(self, files: Mapping[str, bytes], kind: str, details: str) -> None:
        if kind in self.failures:
            return
        self.failures[kind] = details
        kept = self._folder / f"{len(self.failures):03}"
        kept.mkdir(parents=True, exist_ok=True)
        (kept / "details.txt").write_text(f"{kind}\n{details}", encoding="utf-8")
        for name, data in files.items():
            (kept / name).write_bytes(data)
        print(f"{kept}: {kind}", flush=True)


def _kind(error: Exception) -> str:
    """Failures are alike where they are raised at one line."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno} {last.name}"
