"""`layergraph fmt`: write graph files in their canonical form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import click

from layergraph.cli.exit_status import INPUT_HAS_ERRORS
from layergraph.cli.graph_files import graph_files, number_of
from layergraph.cli.options import exit_with, text_limits
from layergraph.cli.text_diff import text_diff
from layergraph.diagnostics import Diagnostics, GraphError, Source
from layergraph.syntax.formatting import format_source
from layergraph.syntax.limits import Limits
from layergraph.syntax.reader import decode, read_bytes, read_stream
from layergraph.targets.files import rewrite

STDIN = Path("-")


class _Formatted(NamedTuple):
    """A file: what it holds, and its canonical form, which is None where it has errors."""

    name: str
    data: bytes
    text: str | None

    @property
    def would_change(self) -> bool:
        return self.text is not None and self.text.encode() != self.data


@click.command("fmt")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; fail where a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
@text_limits
def command(paths: tuple[Path, ...], check: bool, diff: bool, quiet: bool, limits: Limits) -> None:
    """Write graph files, and all in folders that end in .yaml or .yml, in their canonical form.

    Values and comments stay as they are, which is proved before a file is written. `-` reads
    stdin and writes to stdout.
    """
    if STDIN in paths and len(paths) > 1:
        raise click.UsageError("'-' is stdin, and stands alone")
    is_stdin = STDIN in paths
    diagnostics = Diagnostics()
    files = [
        _formatted(path, diagnostics, limits)
        for path in (paths if is_stdin else graph_files(paths))
    ]
    changed = [file for file in files if file.would_change]
    if diff:
        for file in changed:
            assert file.text is not None
            click.echo(text_diff(file.name, file.data, file.text.encode()), nl=False)
    elif is_stdin and not check:
        click.echo("".join(file.text or "" for file in files).encode(), nl=False)
    elif not check:
        changed = [file for file in changed if _is_written(file, diagnostics)]
    if not quiet and not is_stdin:
        _report(files, changed, is_written=not (check or diff), is_shown=diff)
    if len(diagnostics):
        exit_with(tuple(diagnostics))
    if check and changed:
        sys.exit(INPUT_HAS_ERRORS)


def _formatted(path: Path, diagnostics: Diagnostics, limits: Limits) -> _Formatted:
    if path == STDIN:
        name = "<stdin>"
        data = read_stream(sys.stdin.buffer, name, diagnostics, limits)
    else:
        name = str(path)
        data = read_bytes(path, name, diagnostics, limits)
    text = decode(data, name, diagnostics) if data is not None else None
    if text is not None:
        text = format_source(Source(name, text), diagnostics, limits)
    return _Formatted(name, data or b"", text)


def _is_written(file: _Formatted, diagnostics: Diagnostics) -> bool:
    """Write a file, through a link to what it stands for; whether that went well."""
    assert file.text is not None
    try:
        rewrite(Path(file.name), file.text.encode())
    except GraphError as error:
        for diagnostic in error.diagnostics:
            diagnostics.take(diagnostic)
        return False
    return True


def _report(
    files: list[_Formatted], changed: list[_Formatted], *, is_written: bool, is_shown: bool
) -> None:
    verb = "formatted" if is_written else "would format"
    for file in changed if not is_shown else ():
        click.echo(f"{verb} {file.name}")
    right = sum(file.text is not None for file in files) - len(changed)
    left = f"{number_of(right, 'file')} left as {'it is' if right == 1 else 'they are'}"
    done = f"{number_of(len(changed), 'file')} {'' if is_written else 'would be '}formatted, "
    click.echo(f"{done if changed else ''}{left}", err=is_shown)
