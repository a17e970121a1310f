"""`layergraph schema`: the JSON Schema of graph files."""

from __future__ import annotations

from pathlib import Path

import click

from layergraph.cli.options import exit_with
from layergraph.diagnostics import GraphError
from layergraph.schema import DRAFTS, text
from layergraph.targets.files import write_text


@click.command("schema")
@click.option(
    "--draft",
    type=click.Choice(tuple(DRAFTS)),
    default="2020-12",
    show_default=True,
    help="The dialect of JSON Schema.",
)
@click.option("-o", "--output", "out", type=click.Path(), help="The file to write.")
@click.option("--force", is_flag=True, help="Replace what stands at the output.")
def command(draft: str, out: str | None, force: bool) -> None:
    """Write the JSON Schema of graph files, for editors and other tools.

    It goes to stdout where no output is given.
    """
    schema = text(draft)
    if out is None:
        click.echo(schema, nl=False)
        return
    try:
        write_text(Path(out), schema, force=force)
    except GraphError as error:
        exit_with(error.diagnostics)
