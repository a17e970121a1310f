"""`layergraph compile`: a graph file → a model."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from layergraph.cli.configuration import allowed_modules, is_module
from layergraph.cli.options import Reading, exit_with, load_or_exit, reading_options
from layergraph.diagnostics import GraphError
from layergraph.targets.custom import declared_in, import_custom
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
@click.option(
    "--allow",
    multiple=True,
    metavar="MODULE",
    help="A module that `custom` may import, with what is in it. Repeatable.",
)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing where all went well.")
@reading_options
def command(
    graph: str,
    out: str,
    weights: str | None,
    seed: int | None,
    force: bool,
    allow: tuple[str, ...],
    quiet: bool,
    reading: Reading,
) -> None:
    """Compile GRAPH to a Keras model and write it to OUTPUT.

    The model's inputs and outputs have the names that the file gives them, in its serving
    signature too. The artefact is written beside its place and moved there whole.
    """
    for module in allow:
        if not is_module(module):
            message = f"'{module}' is no name of a module"
            raise click.BadParameter(message, param_hint="'--allow'")
    loaded = load_or_exit(graph, reading)
    if any(declared_in(loaded)):
        allow += allowed_modules()
    try:
        check_export(loaded, out, weights=weights, force=force, allow=allow)
        quiet_tensorflow()
        gc.freeze()  # what the imports made stays
        gc.enable()
        with _here_on_the_path():
            import_custom(loaded, allow)
        written = export(loaded, out, weights=weights, seed=seed, force=force, allow=allow)
    except GraphError as error:
        exit_with(error.diagnostics)
    if not quiet:
        click.echo(written)


@contextmanager
def _here_on_the_path() -> Iterator[None]:
    """Let Python find modules in the current directory, as `python -m` does.

    Only the user's own are imported meanwhile: a file here could else stand in for any library's.
    """
    here = str(Path.cwd())
    sys.path.insert(0, here)
    try:
        yield
    finally:
        if here in sys.path:  # which what is imported may change
            sys.path.remove(here)
