"""`layergraph import`: a Keras model → a graph file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from layergraph.cli.options import assigned, exit_with
from layergraph.cli.own_modules import (
    allow_option,
    collect_garbage_again,
    here_on_the_path,
    modules_to_allow,
)
from layergraph.diagnostics import GraphError
from layergraph.syntax.limits import DEFAULT
from layergraph.targets.export import check_tensorflow
from layergraph.targets.files import check_free, write_text
from layergraph.targets.tensorflow_start import quiet_tensorflow

_PYTHON = {"None": None, "True": True, "False": False}
"""What Python calls `null`, `true` and `false`."""


@click.command("import")
@click.argument("model")
@click.option("-o", "--output", "out", type=click.Path(), help="The graph file to write.")
@click.option(
    "--arg",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="An argument of the function; the value is read as YAML. Repeatable.",
)
@click.option("--flat", is_flag=True, help="Write every call as a node of its own.")
@click.option(
    "--weights/--no-weights",
    default=None,
    help="Whether to write the weights beside the graph; of a .keras file they are.",
)
@click.option("--force", is_flag=True, help="Replace what stands at the output.")
@allow_option
@click.option("--quiet", "-q", is_flag=True, help="Say nothing where all went well.")
def command(
    model: str,
    out: str | None,
    given: tuple[str, ...],
    flat: bool,
    weights: bool | None,
    force: bool,
    allow: tuple[str, ...],
    quiet: bool,
) -> None:
    """Write the graph file of MODEL, a .keras file or package.module:function.

    The function is called and gives the model: it runs code of your own. Of a file, only what
    stands in modules that are allowed is imported. The graph goes to stdout where no output is
    given.
    """
    from layergraph.importers.import_model import graph_with_notes
    from layergraph.importers.imported_weights import ENDING, save_weights
    from layergraph.importers.sources import is_file, model_from

    arguments = dict(_argument(text) for text in given)
    if arguments and is_file(model):
        raise click.UsageError("a file takes no '--arg'")
    if weights and out is None:
        raise click.UsageError("'--weights' needs an output, beside which they are written")
    has_weights = out is not None and (is_file(model) if weights is None else weights)
    beside = Path(out).with_suffix(ENDING) if out is not None and has_weights else None
    try:
        for place in (out, beside):
            if place is not None:
                check_free(Path(place), force=force)
        check_tensorflow()
        allow = modules_to_allow(allow, is_needed=True)
        quiet_tensorflow()
        collect_garbage_again()
        with here_on_the_path():
            source = model_from(model, arguments, allow)
        imported, graph = graph_with_notes(source, flat=flat)
        if beside is not None:
            save_weights(source, imported, graph, beside, force=force)
        if out is not None:
            write_text(Path(out), graph.to_yaml(), force=force)
    except GraphError as error:
        exit_with(error.diagnostics)
    if out is None:
        click.echo(graph.to_yaml(), nl=False)
    if quiet:
        return
    for note in imported.notes:
        click.echo(f"note: {note}", err=True)
    if imported.modules:
        needed = " ".join(f"--allow {module}" for module in imported.modules)
        click.echo(f"note: to compile it, allow what it imports: {needed}", err=True)
    for place in (out, beside):
        if place is not None:
            click.echo(place)


def _argument(text: str) -> tuple[str, Any]:
    """The name and the value of one `--arg`, which may be one of Python's words too."""
    name, value = assigned(text, DEFAULT, "--arg")
    return name, _PYTHON.get(value, value) if isinstance(value, str) else value
