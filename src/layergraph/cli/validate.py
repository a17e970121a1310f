"""`layergraph validate`: check files and folders."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from layergraph.cli.configuration import configuration
from layergraph.cli.exit_status import INPUT_HAS_ERRORS
from layergraph.cli.graph_files import graph_files, number_of
from layergraph.cli.options import Reading, exit_with, reading_options, wants_color
from layergraph.cli.warning_options import selected, warning_options, without_those_of_files
from layergraph.diagnostics import Diagnostic, GraphError, Severity
from layergraph.diagnostics.render import FORMATS, render
from layergraph.diagnostics.repetitions import once_each
from layergraph.pipeline import Report, validate
from layergraph.syntax.reader import NOTHING_UNSAVED, Contents

if TYPE_CHECKING:
    from layergraph.repairs import Check

FOR_PROGRAMS = ("json", "sarif")
"""Forms in which a report on nothing is a report too."""

FOR_PEOPLE = ("text", "github")
"""Forms that a person reads, who is told the number of files."""


@click.command("validate")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Form of the report; without it github in GitHub Actions, and text elsewhere.",
)
@click.option("--strict/--no-strict", default=None, help="Let warnings fail too.")
@warning_options
@click.option("--fix", "fixes", is_flag=True, help="Make the repairs that are certain.")
@click.option("--diff", "shows_diff", is_flag=True, help="Show these repairs, and write nothing.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing where nothing is wrong.")
@reading_options
def command(
    paths: tuple[Path, ...],
    form: str | None,
    strict: bool | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fixes: bool,
    shows_diff: bool,
    quiet: bool,
    reading: Reading,
) -> None:
    """Check graph files, and all files in folders that end in .yaml or .yml.

    Neither TensorFlow nor Keras is needed, and no code is run because a file asks for it.
    """
    files = graph_files(paths)
    if shows_diff and form is not None:
        raise click.UsageError("'--diff' shows a diff and no report: leave '--format' out")
    form = form or _usual_form()
    configured = configuration()
    warnings = selected(select, ignore, configured)._asdict()

    def check(file: Path, unsaved: Contents = NOTHING_UNSAVED) -> Report:
        return validate(
            file, params=reading.params, limits=reading.limits, unsaved=unsaved, **warnings
        )

    if fixes or shows_diff:
        _repair(files, check, shows_diff=shows_diff, quiet=quiet)
    reports = [check(file) for file in files]
    said = once_each(diagnostic for report in reports for diagnostic in report.diagnostics)
    found = without_those_of_files(said, configured)
    if found or form in FOR_PROGRAMS:
        report = render(form, found, len(files), wants_color(sys.stdout))
        click.echo(report, nl=not report.endswith("\n"))
    if form in FOR_PEOPLE and not quiet:
        click.echo(_count(files, found), err=bool(found))
    warnings_fail = configured.strict if strict is None else strict
    if any(d.severity is Severity.ERROR or warnings_fail for d in found):
        sys.exit(INPUT_HAS_ERRORS)


def _repair(files: list[Path], check: Check, *, shows_diff: bool, quiet: bool) -> None:
    """Write the repairs that are certain; or show them, and end: with 1 where there are some."""
    from layergraph.cli.text_diff import text_diff
    from layergraph.diagnostics.render.visible import visible
    from layergraph.repairs import Repairs
    from layergraph.targets.files import rewrite

    repairs = Repairs(check)
    for file in files:
        repairs.mend(file)
    where = ", ".join(visible(change.name) for change in repairs.changes)
    if shows_diff:
        click.echo("".join(text_diff(*change) for change in repairs.changes), nl=False)
        if repairs.made and not quiet:
            click.echo(f"{number_of(repairs.made, 'repair')} to be made in {where}", err=True)
        sys.exit(INPUT_HAS_ERRORS if repairs.made else 0)
    try:
        for change in repairs.changes:
            rewrite(Path(change.name), change.after)
    except GraphError as error:
        exit_with(error.diagnostics)
    if repairs.made and not quiet:
        click.echo(f"{number_of(repairs.made, 'repair')} made in {where}", err=True)


def _usual_form() -> str:
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _count(files: list[Path], found: Sequence[Diagnostic]) -> str:
    errors = sum(d.severity is Severity.ERROR for d in found)
    parts = [number_of(len(files), "file"), number_of(errors, "error")]
    if len(found) > errors:
        parts.append(number_of(len(found) - errors, "warning"))
    return ", ".join(parts)
