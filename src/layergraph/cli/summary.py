"""`layergraph summary`: a graph's nodes with their shapes, parameters and memory."""

from __future__ import annotations

import click

from layergraph.cli.options import Reading, load_or_exit, reading_options
from layergraph.views.rows import ALL
from layergraph.views.summary import summary
from layergraph.views.summary_json import summary_json

FORMATS = {"text": summary, "json": summary_json}


def _depth(context: click.Context, option: click.Parameter, value: str | None) -> int | None:  # noqa: ARG001
    if value is None:
        return None
    if value == "all":
        return ALL
    if not (value.isascii() and value.isdecimal()):
        raise click.BadParameter(f"'{value}' is neither a number from 0 on nor 'all'.")
    return int(value)


@click.command("summary")
@click.argument("graph", type=click.Path())
@click.option(
    "--depth",
    callback=_depth,
    metavar="N",
    help="Fold what is deeper than N steps of a path; `all` opens nested models "
    "too. Without it, they alone are folded.",
)
@click.option(
    "--batch-size",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Samples that activations are counted for.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    show_default=True,
    help="Form of the summary.",
)
@reading_options
def command(graph: str, depth: int | None, batch_size: int, form: str, reading: Reading) -> None:
    """Show the nodes of GRAPH in order: shapes, dtypes, parameters, memory, multiply-adds, totals.

    Neither TensorFlow nor Keras is needed.
    """
    shown = FORMATS[form](load_or_exit(graph, reading), depth=depth, batch_size=batch_size)
    click.echo(shown)
