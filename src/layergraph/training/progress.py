"""Progress of a run, on stderr: bars in a terminal, else a line for an epoch."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from time import monotonic
from typing import TYPE_CHECKING, Protocol, Self, TextIO

from layergraph.training.history import VALIDATION
from layergraph.training.number_text import number

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

BETWEEN_LINES = 1.0
BETWEEN_STEPS = 0.1
"""Seconds that pass before something is said again."""

SHOWN_BESIDE_BAR = 4
"""The losses and metrics for which a line of a terminal has room."""


class Reporter(Protocol):
    """What is told of a run while it goes on, which counts epochs and steps from 0 as Keras does.

    It is a context manager: what is drawn in a terminal is gone when it ends, however it ends.
    """

    def fit_begins(self, name: str, epochs: int, steps: int | None, first_epoch: int = 0) -> None:
        """A fit begins.

        Args:
            name: which: "final", "fold 2 of 5".
            epochs: how many there are, where nothing ends the fit early.
            steps: the steps of an epoch; None where that is not known beforehand.
            first_epoch: the epoch to come, which is more than 0 where a run is resumed.
        """

    def step(self, step: int) -> None:
        """So many steps of the epoch are done, and the next one begins."""

    def epoch_ends(self, epoch: int, logs: Mapping[str, float]) -> None:
        """An epoch is done, and came to these losses and metrics."""

    def fit_ends(self) -> None:
        """The fit is done: after its last epoch, or earlier."""

    def note(self, text: str) -> None:
        """Say something in a line of its own."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *raised: object) -> None: ...


def reporter(stream: TextIO | None, *, quiet: bool = False) -> Reporter:
    """What reports on a stream: bars in a terminal that can draw them, else lines; or nothing."""
    if quiet or stream is None:
        return Silent()
    draws = stream.isatty() and os.environ.get("TERM", "").lower() not in ("dumb", "unknown")
    return Bars(stream) if draws else Lines(stream)


class Silent:
    """Says nothing."""

    def fit_begins(self, name: str, epochs: int, steps: int | None, first_epoch: int = 0) -> None:
        """See `Reporter`."""

    def step(self, step: int) -> None:
        """See `Reporter`."""

    def epoch_ends(self, epoch: int, logs: Mapping[str, float]) -> None:
        """See `Reporter`."""

    def fit_ends(self) -> None:
        """See `Reporter`."""

    def note(self, text: str) -> None:
        """See `Reporter`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.fit_ends()


class Lines(Silent):
    """A line for an epoch: the first and the last of a fit, and one a second between them."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._fit, self._epochs = "", 0
        self._said = -BETWEEN_LINES  # when the last line was written
        self._held_back: str | None = None

    def fit_begins(self, name: str, epochs: int, steps: int | None, first_epoch: int = 0) -> None:  # noqa: ARG002
        """See `Reporter`."""
        self._fit, self._epochs = name, epochs
        self._said = -BETWEEN_LINES

    def epoch_ends(self, epoch: int, logs: Mapping[str, float]) -> None:
        """Say it now, or hold it back until it is known whether it was the last."""
        parts = [self._fit, f"epoch {epoch + 1}/{self._epochs}", *_shown(logs)]
        self._held_back = "  ".join(parts)
        if monotonic() - self._said >= BETWEEN_LINES:
            self._say_held_back()

    def fit_ends(self) -> None:
        """See `Reporter`."""
        self._say_held_back()

    def note(self, text: str) -> None:
        """See `Reporter`."""
        self._write(text)

    def _say_held_back(self) -> None:
        if self._held_back is not None:
            self._write(self._held_back)
            self._held_back = None
            self._said = monotonic()

    def _write(self, line: str) -> None:
        print(line, file=self._stream, flush=True)  # to the stream that is given


class Bars(Silent):
    """A bar for a fit, over its epochs with the steps within; gone when the fit ends."""

    def __init__(self, stream: TextIO) -> None:
        self._progress = _bars(stream)
        self._bar: TaskID | None = None
        self._epochs, self._done = 0, 0
        self._steps: int | None = None
        self._step = 0
        self._next_drawing = 0.0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.fit_ends()
        self._progress.stop()

    def fit_begins(self, name: str, epochs: int, steps: int | None, first_epoch: int = 0) -> None:
        """See `Reporter`."""
        self.fit_ends()
        self._epochs, self._steps, self._done = epochs, steps, first_epoch
        self._bar = self._progress.add_task(
            name,
            total=epochs if steps else None,  # which pulses
            completed=self._done,
            epoch=self._epoch_shown(),
            logs="",
        )

    def step(self, step: int) -> None:
        """See `Reporter`; called so often that most calls only look at the clock."""
        self._step = step
        now = monotonic()
        if now < self._next_drawing:
            return
        self._next_drawing = now + BETWEEN_STEPS
        if self._steps and self._bar is not None:
            done = self._done + min(step / self._steps, 1.0)
            self._progress.update(self._bar, completed=done)

    def epoch_ends(self, epoch: int, logs: Mapping[str, float]) -> None:
        """See `Reporter`."""
        self._steps = self._steps or self._step + 1
        self._done = epoch + 1
        if self._bar is not None:
            self._progress.update(
                self._bar,
                total=self._epochs,
                completed=self._done,
                epoch=self._epoch_shown(),
                logs="  ".join(_shown(_few(logs))),
            )

    def fit_ends(self) -> None:
        """See `Reporter`."""
        if self._bar is not None:
            self._progress.remove_task(self._bar)
            self._bar = None

    def note(self, text: str) -> None:
        """See `Reporter`."""
        self._progress.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def _epoch_shown(self) -> str:
        return f"epoch {min(self._done + 1, self._epochs)}/{self._epochs}"


def _bars(stream: TextIO) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.table import Column

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[epoch]}", markup=False),
        TimeRemainingColumn(),
        TextColumn(
            "{task.fields[logs]}",
            markup=False,
            table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"),
        ),
        console=Console(file=stream),
        expand=True,
        transient=True,
        redirect_stdout=sys.stdout.isatty(),  # where it is a file or a pipe, it is the result
    )


def _few(logs: Mapping[str, float]) -> dict[str, float]:
    """The losses and metrics beside a bar: the total loss, of validation too, and the first."""
    totals = [name for name in ("loss", f"{VALIDATION}loss") if name in logs]
    shown = dict.fromkeys([*totals, *(n for n in logs if not n.endswith("_loss")), *logs])
    return {name: logs[name] for name in list(shown)[:SHOWN_BESIDE_BAR]}


def _shown(logs: Mapping[str, float]) -> list[str]:
    return [f"{name} {number(value)}" for name, value in logs.items()]
