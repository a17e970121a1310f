"""Artefacts come into being whole: written beside their place, and moved there."""

from __future__ import annotations

import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType


@contextmanager
def written_whole(out: Path) -> Iterator[Path]:
    """A place beside `out` to write to; what stands there at the end replaces `out`.

    Nothing is left behind where the block is left by an exception, Ctrl-C or SIGTERM, and `out`
    is then as it was before.

    Raises:
        OSError: where the folder of `out` cannot be made or written to.
    """
    missing = [folder for folder in (out.parent, *out.parent.parents) if not folder.exists()]
    out.parent.mkdir(parents=True, exist_ok=True)
    workshop: Path | None = None
    try:
        with _terminated_as_interrupt():
            workshop = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
            yield workshop / out.name
            _replace(out, workshop)
    finally:
        if workshop is not None:
            shutil.rmtree(workshop, ignore_errors=True)
        for folder in missing:
            if folder.exists() and not any(folder.iterdir()):
                folder.rmdir()


def _replace(out: Path, workshop: Path) -> None:
    """Move the new artefact to its place; the old one goes only once it is out of the way."""
    old = workshop / f"{out.name}.old"
    had = out.exists() or out.is_symlink()
    if had:
        out.rename(old)
    try:
        (workshop / out.name).rename(out)
    except BaseException:
        if had:
            old.rename(out)
        raise


@contextmanager
def _terminated_as_interrupt() -> Iterator[None]:
    """Let SIGTERM and SIGHUP unwind the stack as Ctrl-C does, so that nothing is left behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        raise KeyboardInterrupt

    signals = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {number: signal.signal(number, interrupt) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
