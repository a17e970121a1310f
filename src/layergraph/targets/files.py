"""Artefacts come into being whole: written beside their place, and moved there."""

from __future__ import annotations

import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path
from types import FrameType

from layergraph.diagnostics import codes
from layergraph.targets.failures import failure


def check_free(out: Path, *, force: bool) -> None:
    """Refuse a place where something stands that nobody has asked to replace.

    Raises:
        GraphError: output-exists.
    """
    if not force and (out.exists() or out.is_symlink()):
        raise failure(
            codes.OUTPUT_EXISTS,
            f"`{out}` exists already",
            help="replace it with `--force`, `force=True` in Python",
        )


def write_text(out: Path, text: str, *, force: bool) -> None:
    """Write a file of text, whole or not at all.

    Raises:
        GraphError: output-exists, unwritable-output.
    """
    check_free(out, force=force)
    with written(out) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")


def rewrite(file: Path, content: bytes) -> None:
    """Replace what is in a file, whole or not at all; its mode stays, and a link stays a link.

    Raises:
        GraphError: unwritable-output.
    """
    place = file.resolve()
    with written(place) as beside:
        beside.write_bytes(content)
        shutil.copymode(place, beside)


@contextmanager
def written(out: Path) -> Iterator[Path]:
    """`written_whole`, with an error of ours where `out` cannot be written.

    Raises:
        GraphError: unwritable-output.
    """
    with writing(out), written_whole(out) as beside:
        yield beside


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Give the errors of the system an error of ours, where `place` is being written.

    Raises:
        GraphError: unwritable-output.
    """
    try:
        yield
    except OSError as error:
        reason, help = error.strerror or str(error), None
        if error.errno in (ENOSPC, EDQUOT):
            reason = "the disk is full" if error.errno == ENOSPC else "your disk quota is used up"
            help = "make room, or write to another disk"
        elif isinstance(error, FileExistsError | NotADirectoryError):
            reason = "what should be a folder on the way to it is a file"
        message = f"cannot write `{place}`: {reason}"
        raise failure(codes.UNWRITABLE_OUTPUT, message, help=help) from error


@contextmanager
def written_whole(out: Path) -> Iterator[Path]:
    """A place beside `out` to write to; what stands there at the end replaces `out`.

    Nothing is left behind where the block is left by an exception, Ctrl-C or SIGTERM, and `out`
    is then as it was before.

    Raises:
        OSError: where the folder of `out` cannot be made or written to.
    """
    missing = [folder for folder in (out.parent, *out.parent.parents) if not folder.exists()]
    workshop: Path | None = None
    with _signals_put_off() as signals:
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            workshop = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
            yield workshop / out.name
            if signals:
                raise KeyboardInterrupt
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
def _signals_put_off() -> Iterator[list[int]]:
    """Take down Ctrl-C, SIGTERM and SIGHUP in what is yielded, for the block to heed.

    An exception in the midst of TensorFlow's own code comes out as another one, or not at all. A
    second signal does not wait.

    Raises:
        KeyboardInterrupt: where the block fails after a signal came.
    """
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield came
        return

    def note(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        came.append(number)
        if len(came) > 1:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, note) for number in _SIGNALS}
    try:
        yield came
    except Exception:
        if came:
            raise KeyboardInterrupt from None
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
