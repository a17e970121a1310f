"""Errors that belong to no place of a graph file."""

from __future__ import annotations

from layergraph.diagnostics import Code, Diagnostics, GraphError, Source, Span


def failure(
    code: Code, message: str, *, notes: tuple[str, ...] = (), help: str | None = None
) -> GraphError:
    """The error for a mistake that no line of a graph file makes."""
    diagnostics = Diagnostics()
    diagnostics.report(code, message, Span.whole(Source("", "")), notes=notes, help=help)
    return GraphError(tuple(diagnostics))
