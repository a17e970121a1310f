"""Annotations on the lines of a pull request, as commands to a workflow of GitHub Actions.

Their form: "Workflow commands for GitHub Actions" in GitHub's documentation. The escapes are those
of `@actions/core`, which writes such commands there, but for control characters, which are shown.
"""

from __future__ import annotations

from collections.abc import Iterable

from layergraph.diagnostics.diagnostic import Diagnostic
from layergraph.diagnostics.render.sentences import sentences
from layergraph.diagnostics.render.visible import visible
from layergraph.diagnostics.source import Span


def render(diagnostics: Iterable[Diagnostic], files: int, color: bool) -> str:  # noqa: ARG001
    """``::error file=graph.yaml,line=3,…::`` and the message, a line for each diagnostic."""
    return "".join(f"{_command(diagnostic)}\n" for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    code = diagnostic.code
    properties = _properties(diagnostic.span) | {"title": f"layergraph {code.id} {code.name}"}
    listed = ",".join(f"{key}={_of_property(str(value))}" for key, value in properties.items())
    return f"::{diagnostic.severity} {listed}::{_of_message(_message(diagnostic))}"


def _properties(span: Span) -> dict[str, str | int]:
    """Where it is. Columns are shown where all is on one line, and not allowed elsewhere."""
    if not span.source.name:
        return {}
    lines: dict[str, str | int] = {
        "file": visible(span.source.name),
        "line": span.line,
        "endLine": span.end_line,
    }
    if span.line != span.end_line:
        return lines
    return lines | {"col": span.column, "endColumn": span.end_column}


def _message(diagnostic: Diagnostic) -> str:
    """All that is said: the log shows nothing of a command but this, so the place is in it too."""
    first, *others = sentences(diagnostic)
    place = f"{diagnostic.span.place}: " if diagnostic.span.source.name else ""
    related = [f"{one.span.place}: {one.message}" for one in diagnostic.related]
    lines = (f"{place}{first}", *related, *map(str, diagnostic.calls), *others)
    return "\n".join(map(visible, lines))


def _of_message(text: str) -> str:
    return text.replace("%", "%25").replace("\n", "%0A")


def _of_property(text: str) -> str:
    return _of_message(text).replace(":", "%3A").replace(",", "%2C")
