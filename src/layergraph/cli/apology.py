"""What is said where the fault is ours: a short request to report it, and a file of details."""

from __future__ import annotations

import os
import sys

LONGEST = 300
"""Characters of an error's own words that are shown; the file of details has all of them."""


def apology(error: Exception) -> str:
    """The request, and where the details are; they follow it where no file can be written."""
    request = f"layergraph has a defect: {_shown(error)}\nPlease report it, with the details "
    details = _details(error)
    try:
        path = _kept(details)
    except OSError:
        return f"{request}below\n\n{details}"
    return f"{request}in {path}\n"


def _shown(error: Exception) -> str:
    from layergraph.diagnostics.render.visible import visible

    kind, words = type(error).__name__, visible(str(error))
    if not words:
        return kind
    return f"{kind}: {words if len(words) <= LONGEST else f'{words[:LONGEST]}…'}"


def _details(error: Exception) -> str:
    import traceback

    from layergraph import __version__

    about = f"layergraph {__version__}, Python {sys.version}, {sys.platform}\n{sys.argv}\n"
    return about + "".join(traceback.format_exception(error))


def _kept(details: str) -> str:
    """The path of a new file that holds the details.

    Raises:
        OSError: where none can be written.
    """
    import tempfile

    handle, path = tempfile.mkstemp(prefix="layergraph-", suffix=".txt")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(details)
    except OSError:
        os.unlink(path)  # noqa: PTH108  half of the details would mislead
        raise
    return path
