"""How much work something does, counted in calls: a slow or busy machine counts the same."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


class TooMuch(Exception):
    """More was done than was allowed, and was stopped there."""


class Effort:
    """Calls of functions in this thread, Python's and C's."""

    def __init__(self, most: int) -> None:
        self.calls = 0
        self._most = most

    def count(self, frame: FrameType, event: str, argument: Any) -> None:
        """What `sys.setprofile` is given; it ends what goes on for too long."""
        if event in ("call", "c_call"):
            self.calls += 1
            if self.calls > self._most:
                raise TooMuch(f"more than {self._most:,} calls")


@contextmanager
def at_most(calls: int) -> Iterator[Effort]:
    """Count what is called meanwhile, and stop it with `TooMuch` when it is more."""
    effort = Effort(calls)
    before = sys.getprofile()
    sys.setprofile(effort.count)
    try:
        yield effort
    finally:
        sys.setprofile(before)
