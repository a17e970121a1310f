"""`layergraph diff`: what changed from one model to another."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

import click

from layergraph.cli.options import Reading, exit_with, reading_options
from layergraph.cli.revisions import Revisions
from layergraph.diagnostics import Diagnostic, GraphError, codes
from layergraph.graph.graph import Graph
from layergraph.pipeline import load
from layergraph.views.diff.as_json import diff_json
from layergraph.views.diff.comparing import diff
from layergraph.views.diff.markdown import diff_markdown
from layergraph.views.diff.text import diff_text

FORMATS = {"text": diff_text, "json": diff_json, "markdown": diff_markdown}

DIFFERENT, TROUBLE = 1, 2
"""As `diff` has it: a model that differs is one thing, a file that cannot be compared another."""

NOWHERE = (os.devnull, "/dev/null")
"""What git names in the place of a file that is not there."""

Opened = Callable[[], Graph | None]


@click.command("diff")
@click.argument("paths", nargs=-1, metavar="OLD NEW", type=click.Path())
@click.option(
    "--git",
    "revision",
    metavar="REV",
    help="Compare the one file that is named with itself at a revision; or, as REV1..REV2, at two.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    show_default=True,
    help="Form of what is shown.",
)
@click.option("--all", "every", is_flag=True, help="Show every node, where many are alike too.")
@click.option("--quiet", "-q", is_flag=True, help="Show nothing, and end with the status alone.")
@reading_options
def command(
    paths: tuple[str, ...],
    revision: str | None,
    form: str,
    every: bool,
    quiet: bool,
    reading: Reading,
) -> None:
    """Show what changed in the model from OLD to NEW, or since a revision of git.

    Formatting, order, blocks, params and other ways to write one model make no difference. Ends
    with 0 where both are one model, with 1 where they differ, with 2 where one cannot be read.
    """
    old, new = _graphs(paths, revision, reading)
    found = diff(old, new)
    if not quiet:
        click.echo(FORMATS[form](found, every=every))
    if not found.same:
        sys.exit(DIFFERENT)


def _graphs(
    paths: Sequence[str], revision: str | None, reading: Reading
) -> tuple[Graph | None, Graph | None]:
    if revision is not None:
        if len(paths) != 1:
            raise click.UsageError("with --git, name one file")
        return _opened(Revisions(revision, paths[0], reading).both())
    if len(paths) != 2:
        raise click.UsageError("name two files, or one with --git REV")
    return _opened(tuple(_reader(path, reading) for path in paths))


def _reader(path: str, reading: Reading) -> Opened:
    return lambda: (
        None if path in NOWHERE else load(path, params=reading.params, limits=reading.limits)
    )


def _opened(readers: Sequence[Opened]) -> tuple[Graph | None, Graph | None]:
    """Both graphs; where one has errors, those of both are told."""
    found: list[Graph | None] = []
    wrong: list[Diagnostic] = []
    for read in readers:
        try:
            found.append(read())
        except GraphError as error:
            wrong += [d for d in error.diagnostics if d not in wrong]
    if wrong:
        _advise(wrong)
        exit_with(wrong, TROUBLE)
    old, new = found
    return old, new


def _advise(wrong: Sequence[Diagnostic]) -> None:
    """Say what to do about a copy of a file that has left its imports behind."""
    if any(diagnostic.code is codes.INVALID_IMPORT for diagnostic in wrong):
        click.echo(
            "Imports are looked for beside the file. For a file of an older revision, use\n"
            "`layergraph diff --git REV PATH`: it reads the imports of that revision too.\n",
            err=True,
        )
