"""`layergraph compile`: a graph file → a model."""

from __future__ import annotations

import click

from layergraph.cli.options import Reading, exit_with, load_or_exit, reading_options
from layergraph.cli.own_modules import (
    allow_option,
    collect_garbage_again,
    here_on_the_path,
    modules_to_allow,
)
from layergraph.diagnostics import GraphError
from layergraph.targets.custom import declared_in, import_custom
from layergraph.targets.export import Target, check_export, export_with_notes
from layergraph.targets.tensorflow_start import quiet_tensorflow


@click.command("compile")
@click.argument("graph", type=click.Path())
@click.option(
    "-o",
    "--output",
    "out",
    required=True,
    type=click.Path(),
    help="Where to: a folder is a SavedModel; .keras, .weights.h5 and .py are what they say.",
)
@click.option("--weights", type=click.Path(), help="A .weights.h5 or .keras file to put in.")
@click.option(
    "--partial-weights", is_flag=True, help="Put in what fits, and leave the other weights."
)
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="Seed of the initial weights.")
@click.option("--force", is_flag=True, help="Replace what stands at the output.")
@allow_option
@click.option("--quiet", "-q", is_flag=True, help="Say nothing where all went well.")
@reading_options
def command(
    graph: str,
    out: str,
    weights: str | None,
    partial_weights: bool,
    seed: int | None,
    force: bool,
    allow: tuple[str, ...],
    quiet: bool,
    reading: Reading,
) -> None:
    """Compile GRAPH to a Keras model and write it to OUTPUT.

    The model's inputs and outputs have the names that the file gives them, in its serving
    signature too. The artefact is written beside its place and moved there whole. An OUTPUT that
    ends in .py is a module of Python that builds the model with Keras alone; writing it needs
    neither TensorFlow nor Keras.
    """
    if partial_weights and weights is None:
        raise click.UsageError("'--partial-weights' is of '--weights', which is not given")
    loaded = load_or_exit(graph, reading)
    allow = modules_to_allow(allow, is_needed=any(declared_in(loaded)))
    try:
        target = check_export(loaded, out, weights=weights, seed=seed, force=force, allow=allow)
        if isinstance(target, Target):
            quiet_tensorflow()
            collect_garbage_again()
            with here_on_the_path():
                import_custom(loaded, allow)
        written, notes = export_with_notes(
            loaded,
            out,
            weights=weights,
            partial_weights=partial_weights,
            seed=seed,
            force=force,
            allow=allow,
        )
    except GraphError as error:
        exit_with(error.diagnostics)
    if quiet:
        return
    for note in notes:
        click.echo(f"note: {note}", err=True)
    click.echo(written)
