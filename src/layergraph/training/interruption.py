"""Ctrl-C while a model is fitted: the step ends first, and what was reached is kept."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Self


class Interrupted(Exception):
    """Someone has asked to stop; where the fit stands is on the disk."""


class Interruption:
    """Takes down the first Ctrl-C or SIGTERM, for the fit to heed; the second does not wait.

    To be used as a context manager. Outside of the main thread it takes down nothing.
    """

    def __init__(self) -> None:
        self.is_requested = False

    def __enter__(self) -> Self:
        self._before = {}
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.signal(number, self._note) for number in _SIGNALS}
        return self

    def __exit__(self, *raised: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self.is_requested:
            raise KeyboardInterrupt
        self.is_requested = True


_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
