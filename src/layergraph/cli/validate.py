"""`layergraph validate`: check files and folders."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from layergraph.cli.configuration import configuration
from layergraph.cli.exit_status import INPUT_HAS_ERRORS
from layergraph.cli.options import Reading, reading_options, wants_color
from layergraph.cli.warning_options import selected, warning_options, without_those_of_files
from layergraph.diagnostics import Diagnostic, Severity
from layergraph.diagnostics.render import FORMATS, render
from layergraph.diagnostics.repetitions import once_each
from layergraph.pipeline import validate

ENDINGS = (".yaml", ".yml")

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
@click.option("--quiet", "-q", is_flag=True, help="Say nothing where nothing is wrong.")
@reading_options
def command(
    paths: tuple[Path, ...],
    form: str | None,
    strict: bool | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    quiet: bool,
    reading: Reading,
) -> None:
    """Check graph files, and all files in folders that end in .yaml or .yml.

    Neither TensorFlow nor Keras is needed, and no code is run because a file asks for it.
    """
    files = _graph_files(paths)
    form = form or _usual_form()
    configured = configuration()
    warnings = selected(select, ignore, configured)._asdict()
    reports = [
        validate(file, params=reading.params, limits=reading.limits, **warnings) for file in files
    ]
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


def _usual_form() -> str:
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _graph_files(paths: tuple[Path, ...]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        inside = sorted(p for p in path.rglob("*") if p.suffix in ENDINGS and p.is_file())
        if not inside:
            raise click.UsageError(f"the folder '{path}' holds no .yaml or .yml file")
        files += inside
    return list(dict.fromkeys(files))


def _count(files: list[Path], found: Sequence[Diagnostic]) -> str:
    errors = sum(d.severity is Severity.ERROR for d in found)
    parts = [_plural(len(files), "file"), _plural(errors, "error")]
    if len(found) > errors:
        parts.append(_plural(len(found) - errors, "warning"))
    return ", ".join(parts)


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
