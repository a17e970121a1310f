"""Artefacts come into being whole, or not at all."""

from __future__ import annotations

import os
import signal

import pytest

from layergraph.targets.files import written_whole


def test_what_is_written_appears_at_its_place(tmp_path):
    out = tmp_path / "deep" / "model"
    with written_whole(out) as place:
        place.mkdir()
        (place / "a").write_text("1")
        assert not out.exists()
    assert (out / "a").read_text() == "1"
    assert [p.name for p in out.parent.iterdir()] == ["model"]


def test_what_stood_there_is_replaced_whole(tmp_path):
    out = tmp_path / "model"
    out.mkdir()
    (out / "old").write_text("old")
    with written_whole(out) as place:
        place.write_text("new")
    assert out.read_text() == "new"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("stop", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_interruption_leaves_everything_as_it_was(tmp_path, stop):
    out = tmp_path / "new" / "model"
    with pytest.raises(stop), written_whole(out) as place:
        place.write_text("half")
        raise stop
    assert list(tmp_path.iterdir()) == []
    kept = tmp_path / "kept"
    kept.write_text("old")
    with pytest.raises(stop), written_whole(kept) as place:
        place.write_text("half")
        raise stop
    assert kept.read_text() == "old"
    assert list(tmp_path.iterdir()) == [kept]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_nothing(tmp_path, number):
    before = signal.getsignal(number)
    with pytest.raises(KeyboardInterrupt), written_whole(tmp_path / "model") as place:
        place.write_text("half")
        os.kill(os.getpid(), number)
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(number) is before


def test_a_first_signal_waits_and_a_second_does_not(tmp_path):
    reached = []
    with pytest.raises(KeyboardInterrupt), written_whole(tmp_path / "model") as place:
        place.write_text("whole")
        os.kill(os.getpid(), signal.SIGTERM)
        reached.append("the first")
        os.kill(os.getpid(), signal.SIGTERM)
        reached.append("the second")
    assert reached == ["the first"]
    assert list(tmp_path.iterdir()) == []


def test_what_a_signal_broke_is_an_interruption(tmp_path):
    with pytest.raises(KeyboardInterrupt), written_whole(tmp_path / "model"):
        os.kill(os.getpid(), signal.SIGTERM)
        raise SystemError
    assert list(tmp_path.iterdir()) == []


def test_a_move_that_fails_puts_the_old_one_back(tmp_path):
    out = tmp_path / "model"
    out.write_text("old")
    with pytest.raises(FileNotFoundError), written_whole(out):
        pass  # nothing was written, so there is nothing to move
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]
