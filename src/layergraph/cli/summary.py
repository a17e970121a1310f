"""`layergraph summary`: a graph's nodes with their shapes and parameters."""

from __future__ import annotations

import click

from layergraph.cli.options import limit_options, limits_from, load_or_exit
from layergraph.views.summary import summary


@click.command("summary")
@click.argument("graph", type=click.Path())
@limit_options
def command(graph: str, max_bytes: int, max_depth: int, max_values: int) -> None:
    """Show the nodes of GRAPH in order: shapes, dtypes, parameters, multiply-adds, totals."""
    click.echo(summary(load_or_exit(graph, limits_from(max_bytes, max_depth, max_values))))
