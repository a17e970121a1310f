"""`layergraph evaluate`: a run + data → losses and metrics."""

from __future__ import annotations

import json
from math import isfinite

import click

from layergraph.cli.options import data_option, exit_with
from layergraph.cli.own_modules import allow_option
from layergraph.cli.run_commands import opened, start_tensorflow
from layergraph.diagnostics import GraphError
from layergraph.training.metrics_summary import metrics_table


@click.command("evaluate")
@click.argument("run", type=click.Path())
@data_option
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Form of the result.",
)
@allow_option
def command(run: str, data: str, form: str, allow: tuple[str, ...]) -> None:
    """Measure the model of the folder RUN on DATA, which has the columns of inputs and outputs."""
    from layergraph.training.evaluation import evaluate

    try:
        trained, modules = opened(run, data, allow)
        values = evaluate(trained, data, allow=modules, on_checked=start_tensorflow)
    except GraphError as error:
        exit_with(error.diagnostics)
    if form == "json":
        finite = {name: value if isfinite(value) else None for name, value in values.items()}
        click.echo(json.dumps(finite, indent=2))
    else:
        click.echo(metrics_table(values, of="value"), nl=False)
