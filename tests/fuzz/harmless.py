"""What holds of every file: a report with sound places, in every format, at little cost."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from unicodedata import category

from click.testing import CliRunner

from layergraph.diagnostics import Diagnostic, Source, Span
from layergraph.diagnostics.render import FORMATS, render
from layergraph.pipeline import validate
from layergraph.syntax.limits import Limits
from tests.effort import at_most

LIMITS = Limits(nodes=2_000)
"""So that a file that repeats a little much is refused before it takes long."""

MOST_CALLS = 5_000_000
"""About a second on a slow machine; an ordinary file of this kind takes a hundredth of it."""


def check(folder: Path, files: Mapping[str, bytes]) -> None:
    """Validate the first of the files, which may import the others, and show what is found.

    Raises:
        AssertionError: where a report is not sound.
        TooMuch: where it takes too long.
    """
    for name, data in files.items():
        (folder / name).write_bytes(data)
    first = folder / next(iter(files))
    with at_most(MOST_CALLS):
        report = validate(first, limits=LIMITS)
        shown = {form: render(form, report.diagnostics, 1) for form in FORMATS}
    assert (report.graph is None) or report.ok
    for diagnostic in report.diagnostics:
        _check_places(diagnostic)
    for text in shown.values():
        assert all(shows(character) for character in text), text


def shows(character: str) -> bool:
    """Whether a terminal shows a character in its place: spaces of all kinds among them."""
    return character.isprintable() or character == "\n" or category(character) == "Zs"


COMMANDS = (
    *(["validate", "--format", form] for form in FORMATS),
    ["validate", "--diff"],
    ["summary"],
    ["summary", "--format", "json"],
    ["expand"],
    ["fmt", "--diff"],
)
"""Command lines that a file is put behind, and that write no file."""


def check_command(file: Path, command: Sequence[str]) -> None:
    """What the command line makes of a file: something to read, and 0 or 1."""
    from layergraph.cli.main import cli

    gc.enable()  # which the command line turns off, as a process of its own
    limits = [] if command[0] == "fmt" else ["--max-nodes", str(LIMITS.nodes)]
    done = CliRunner().invoke(cli, [*command, str(file), *limits])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code in (0, 1), (done.exit_code, done.output)


def _check_places(diagnostic: Diagnostic) -> None:
    related = (related.span for related in diagnostic.related)
    calls = (call.span for call in diagnostic.calls)
    for span in chain((diagnostic.span,), related, calls):
        assert is_inside(span), (diagnostic, span)


def is_inside(span: Span) -> bool:
    """Whether a place is one of its text; what was not read as text has none but its beginning."""
    source: Source = span.source
    start, end = (span.line, span.column), (span.end_line, span.end_column)
    if not (1, 1) <= start <= end or span.end_line > len(source.lines):
        return False
    return (
        span.column <= len(source.lines[span.line - 1]) + 1
        and span.end_column <= len(source.lines[span.end_line - 1]) + 1
    )
