"""Repairs that are certain: what is to stand where a misspelt name stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from layergraph.diagnostics.nearest import Suggestion
from layergraph.diagnostics.source import Span


class Fix(NamedTuple):
    """A repair that is certain: put `replacement` where `span` is."""

    span: Span
    replacement: str


def fix_of(help: str | None, span: Span) -> Fix | None:
    """The repair that a help offers, if it is certain and the name stands once in the span."""
    if not isinstance(help, Suggestion) or help.certain is None or span.line != span.end_line:
        return None
    lines = span.source.lines
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    name = re.compile(rf"(?<![\w-]){re.escape(help.written)}(?![\w-])")
    found = list(name.finditer(line, span.column - 1, span.end_column - 1))
    if len(found) != 1:
        return None
    start, end = found[0].span()
    place = Span(span.source, span.line, start + 1, span.line, end + 1)
    return Fix(place, help.certain)
