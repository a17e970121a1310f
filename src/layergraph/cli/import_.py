"""`layergraph import`: a Keras model → a graph file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import click

from layergraph.cli.options import assigned, exit_with
from layergraph.cli.own_modules import (
    allow_option,
    collect_garbage_again,
    here_on_the_path,
    modules_to_allow,
)
from layergraph.diagnostics import GraphError
from layergraph.graph.graph import Graph
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
    """Write the graph file of MODEL: a .keras file, a .json file or package.module:function.

    A .json file is what model.to_json() gave, in any version of Keras since 1.0; it is read
    without TensorFlow. The function is called and gives the model: it runs code of your own. Of a
    file, only what stands in modules that are allowed is imported. The graph goes to stdout where
    no output is given.
    """
    from layergraph.importers.imported_weights import ENDING
    from layergraph.importers.sources import is_architecture, is_file

    arguments = dict(_argument(text) for text in given)
    if arguments and (is_file(model) or is_architecture(model)):
        raise click.UsageError("a file takes no '--arg'")
    if weights and is_architecture(model):
        raise click.UsageError("a .json file holds no weights")
    if weights and out is None:
        raise click.UsageError("'--weights' needs an output, beside which they are written")
    has_weights = out is not None and (is_file(model) if weights is None else weights)
    beside = Path(out).with_suffix(ENDING) if out is not None and has_weights else None
    try:
        for place in (out, beside):
            if place is not None:
                check_free(Path(place), force=force)
        if is_architecture(model):
            found = _of_architecture(Path(model), flat=flat)
        else:
            found = _of_model(model, arguments, allow, flat=flat)
        if beside is not None:
            found.save_weights(beside, force)
        text = found.graph.to_yaml()
        if out is not None:
            write_text(Path(out), text, force=force)
    except GraphError as error:
        exit_with(error.diagnostics)
    if out is None:
        click.echo(text, nl=False)
    if quiet:
        return
    for note in found.notes:
        click.echo(f"note: {note}", err=True)
    if found.modules:
        needed = " ".join(f"--allow {module}" for module in found.modules)
        click.echo(f"note: to compile it, allow what it imports: {needed}", err=True)
    for place in (out, beside):
        if place is not None:
            click.echo(place)


class _Imported(NamedTuple):
    """A graph, what is to be said of it, and what it would import; `save_weights` writes them."""

    graph: Graph
    notes: tuple[str, ...]
    modules: tuple[str, ...] = ()
    save_weights: Callable[[Path, bool], None] = lambda path, force: None  # noqa: ARG005  there are none


def _of_architecture(path: Path, *, flat: bool) -> _Imported:
    from layergraph.importers.graph_text import imported_graph
    from layergraph.importers.keras_json.reading import imported_json

    imported = imported_json(path)
    return _Imported(imported_graph(imported.document, flat=flat), imported.notes)


def _of_model(
    named: str, arguments: Mapping[str, Any], allow: tuple[str, ...], *, flat: bool
) -> _Imported:
    from layergraph.importers.import_model import graph_with_notes
    from layergraph.importers.imported_weights import save_weights
    from layergraph.importers.sources import model_from

    check_tensorflow()
    allow = modules_to_allow(allow, is_needed=True)
    quiet_tensorflow()
    collect_garbage_again()
    with here_on_the_path():
        model = model_from(named, arguments, allow)
    imported, graph = graph_with_notes(model, flat=flat)

    def save(path: Path, force: bool) -> None:
        save_weights(model, imported, graph, path, force=force)

    return _Imported(graph, imported.notes, imported.modules, save)


def _argument(text: str) -> tuple[str, Any]:
    """The name and the value of one `--arg`, which may be one of Python's words too."""
    name, value = assigned(text, DEFAULT, "--arg")
    return name, _PYTHON.get(value, value) if isinstance(value, str) else value
