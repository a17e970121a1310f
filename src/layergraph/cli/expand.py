"""`layergraph expand`: the flat file that a graph comes to."""

from __future__ import annotations

from pathlib import Path

import click

from layergraph.cli.options import Reading, exit_with, load_or_exit, reading_options
from layergraph.diagnostics import GraphError
from layergraph.targets.files import write_text


@click.command("expand")
@click.argument("graph", type=click.Path())
@click.option("-o", "--output", "out", type=click.Path(), help="The file to write.")
@click.option("--force", is_flag=True, help="Replace what stands at the output.")
@reading_options
def command(graph: str, out: str | None, force: bool, reading: Reading) -> None:
    """Write GRAPH without params, imports, blocks and copies: the same model, node by node.

    What is written is a graph file of its own. It goes to stdout where no output is given.
    """
    loaded = load_or_exit(graph, reading)
    try:
        text = loaded.to_yaml()
        if out is not None:
            write_text(Path(out), text, force=force)
    except GraphError as error:
        exit_with(error.diagnostics)
    if out is None:
        click.echo(text, nl=False)
