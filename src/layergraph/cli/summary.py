"""`layergraph summary`: a graph's nodes with their shapes and parameters."""

from __future__ import annotations

import click

from layergraph.cli.options import Reading, load_or_exit, reading_options
from layergraph.views.summary import summary


@click.command("summary")
@click.argument("graph", type=click.Path())
@reading_options
def command(graph: str, reading: Reading) -> None:
    """Show the nodes of GRAPH in order: shapes, dtypes, parameters, multiply-adds, totals."""
    click.echo(summary(load_or_exit(graph, reading)))
