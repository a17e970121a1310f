"""A diagnostic as lines of plain text, for formats that show no source beside it."""

from __future__ import annotations

from collections.abc import Iterator

from layergraph.diagnostics.diagnostic import Diagnostic


def sentences(diagnostic: Diagnostic) -> Iterator[str]:
    """The message, what stands beside the carets, the notes and the help, a line each."""
    yield diagnostic.message
    if diagnostic.label:
        yield diagnostic.label
    for note in diagnostic.notes:
        yield f"note: {note}"
    if diagnostic.help is not None:
        yield f"help: {diagnostic.help}"
