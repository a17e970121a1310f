"""`layergraph predict`: a run + data → a file of predictions."""

from __future__ import annotations

import click

from layergraph.cli.options import data_option, exit_with
from layergraph.cli.own_modules import allow_option
from layergraph.cli.run_commands import opened, start_tensorflow
from layergraph.diagnostics import GraphError


@click.command("predict")
@click.argument("run", type=click.Path())
@data_option
@click.option(
    "-o",
    "--output",
    "out",
    required=True,
    type=click.Path(),
    help="Where to: .csv, .parquet or .npz.",
)
@click.option("--force", is_flag=True, help="Replace what stands at the output.")
@allow_option
@click.option("--quiet", "-q", is_flag=True, help="Say nothing where all went well.")
def command(
    run: str, data: str, out: str, force: bool, allow: tuple[str, ...], quiet: bool
) -> None:
    """Ask the model of the folder RUN about DATA, which needs the columns of inputs alone.

    There is a row for each row of DATA, in its order.
    """
    from layergraph.training.evaluation import predict
    from layergraph.training.prediction_files import check_predictions_file, write_predictions

    try:
        trained, modules = opened(run, data, allow)
        check_predictions_file(out, trained.graph.heads, force=force)
        found = predict(trained, data, allow=modules, on_checked=start_tensorflow)
        written = write_predictions(out, found, trained.graph.heads, force=force)
    except GraphError as error:
        exit_with(error.diagnostics)
    if not quiet:
        click.echo(written)
