"""Progress: bars in a terminal, lines elsewhere, silence where asked for."""

import io
import re

import pytest

from layergraph.training import progress
from layergraph.training.progress import Bars, Lines, Silent, reporter
from tests.effort import at_most

LOGS = {"loss": 0.123456, "digit_accuracy": 0.95}


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock that moves when it is told to."""
    now = [100.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "150")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    return Terminal()


def run(told, epochs, *, first_epoch=0, seconds=0.0, clock=None, last=None):
    told.fit_begins("final", epochs, 10, first_epoch)
    for epoch in range(first_epoch, last or epochs):
        for step in range(10):
            told.step(step)
        told.epoch_ends(epoch, LOGS)
        if clock:
            clock[0] += seconds
    told.fit_ends()


def test_which_reporter(terminal, monkeypatch):
    assert type(reporter(io.StringIO())) is Lines
    assert type(reporter(terminal)) is Bars
    assert type(reporter(terminal, quiet=True)) is type(reporter(None)) is Silent
    monkeypatch.setenv("TERM", "dumb")
    assert type(reporter(terminal)) is Lines


def test_a_line_for_an_epoch(clock):
    stream = io.StringIO()
    with reporter(stream) as told:
        told.note("adapted `scaled`")
        run(told, 2, seconds=5, clock=clock)
    assert stream.getvalue() == (
        "adapted `scaled`\n"
        "final  epoch 1/2  loss 0.1235  digit_accuracy 0.9500\n"
        "final  epoch 2/2  loss 0.1235  digit_accuracy 0.9500\n"
    )


def epochs_said(stream):
    return [int(epoch) for epoch in re.findall(r"epoch (\d+)/", stream.getvalue())]


def test_short_epochs_give_one_line_a_second_and_the_first_and_the_last(clock):
    stream = io.StringIO()
    run(Lines(stream), 10, seconds=0.3, clock=clock)
    assert epochs_said(stream) == [1, 5, 9, 10]


def test_the_last_epoch_of_a_fit_that_ends_early_is_said(clock):
    stream = io.StringIO()
    told = Lines(stream)
    run(told, 10, seconds=0.1, clock=clock, last=3)
    run(told, 2, seconds=0.1, clock=clock)
    assert epochs_said(stream) == [1, 3, 1, 2]


def test_an_interrupted_fit_says_how_far_it_came(clock):
    stream = io.StringIO()
    with pytest.raises(KeyboardInterrupt), reporter(stream) as told:
        told.fit_begins("final", 9, None)
        told.epoch_ends(0, LOGS)
        told.epoch_ends(1, LOGS)
        raise KeyboardInterrupt
    assert epochs_said(stream) == [1, 2]


def test_a_resumed_fit_counts_on(clock):
    stream = io.StringIO()
    run(Lines(stream), 4, first_epoch=2, seconds=2, clock=clock)
    assert epochs_said(stream) == [3, 4]


def test_silence(capsys):
    with reporter(None) as told:
        told.note("a")
        run(told, 2)
    assert capsys.readouterr() == ("", "")


def test_bars_are_drawn_and_gone_at_the_end(terminal):
    with reporter(terminal) as told:
        told.note("[b]adapted[/b] `scaled`")
        told.fit_begins("fold 2 of 5", 10, 100, 3)
        told.step(50)
        told.epoch_ends(3, LOGS | {"val_loss": 0.5})
        told._progress.refresh()
    text = terminal.getvalue()
    assert "[b]adapted[/b] `scaled`" in text
    assert "epoch 5/10" in text
    assert "loss 0.1235  val_loss 0.5000  digit_accuracy 0.9500" in text
    assert "fold" not in text[text.rindex("\x1b[2K") :], "the line is wiped at the end"
    assert text.count("\n") == 1, "that of the note: what is drawn takes no line"


def test_no_color_is_honoured(terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    with reporter(terminal) as told:
        run(told, 2)
        told.fit_begins("final", 1, None)
        told._progress.refresh()
    assert "\x1b[2K" in terminal.getvalue()
    assert re.search(r"\x1b\[[0-9;]*m", terminal.getvalue()) is None


def bar(told):
    (task,) = told._progress.tasks
    return task


def test_bars_move_with_steps_and_learn_how_many_there_are(terminal, clock):
    told = Bars(terminal)
    told.fit_begins("final", 4, None)
    assert bar(told).total is None
    for step in range(10):
        told.step(step)
    told.epoch_ends(0, LOGS)
    assert (bar(told).total, bar(told).completed) == (4, 1)
    clock[0] += 1
    told.step(5)
    assert bar(told).completed == 1.5
    told.step(6)
    assert bar(told).completed == 1.5, "too soon"
    told.fit_ends()
    assert told._progress.tasks == []


def test_an_interruption_gives_the_terminal_back(terminal):
    with pytest.raises(KeyboardInterrupt), reporter(terminal) as told:
        told.fit_begins("final", 4, 10)
        raise KeyboardInterrupt
    assert "\x1b[?25h" in terminal.getvalue()
    assert told._progress.finished


def test_a_step_costs_next_to_nothing(terminal, clock):
    with reporter(terminal) as told:
        told.fit_begins("final", 10, 100_000)
        with at_most(100_000) as effort:
            for step in range(20_000):
                clock[0] += 0.001
                told.step(step)
    assert effort.calls < 5 * 20_000
