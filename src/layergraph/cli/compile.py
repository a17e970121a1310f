"""`layergraph compile`: a graph file → a model."""

from __future__ import annotations

import gc

import click

from layergraph.cli.options import exit_with, limit_options, limits_from, load_or_exit
from layergraph.diagnostics import GraphError
from layergraph.targets.export import check_export, export
from layergraph.targets.tensorflow_start import quiet_tensorflow


@click.command("compile")
@click.argument("graph", type=click.Path())
@click.option(
    "-o",
    "--output",
    "out",
    required=True,
    type=click.Path(),
    help="Where to: a folder is a SavedModel; .keras and .weights.h5 are what they say.",
)
@click.option("--weights", type=click.Path(), help="A .weights.h5 or .keras file to put in.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="Seed of the initial weights.")
@click.option("--force", is_flag=True, help="Replace what stands at the output.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing where all went well.")
@limit_options
def command(
    graph: str,
    out: str,
    weights: str | None,
    seed: int | None,
    force: bool,
    quiet: bool,
    max_bytes: int,
    max_depth: int,
    max_values: int,
) -> None:
    """Compile GRAPH to a Keras model and write it to OUTPUT.

    The model's inputs and outputs have the names that the file gives them, in its serving
    signature too. The artefact is written beside its place and moved there whole.
    """
    loaded = load_or_exit(graph, limits_from(max_bytes, max_depth, max_values))
    try:
        check_export(loaded, out, weights=weights, force=force)
        quiet_tensorflow()
        gc.freeze()  # what the imports made stays
        gc.enable()
        written = export(loaded, out, weights=weights, seed=seed, force=force)
    except GraphError as error:
        exit_with(error.diagnostics)
    if not quiet:
        click.echo(written)
