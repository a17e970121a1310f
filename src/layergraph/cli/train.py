"""`layergraph train`: a graph file + data → a run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from layergraph.cli.exit_status import INTERRUPTED
from layergraph.cli.options import (
    Reading,
    data_option,
    exit_with,
    load_or_exit,
    reading_options,
)
from layergraph.cli.own_modules import (
    allow_option,
    collect_garbage_again,
    here_on_the_path,
    modules_to_allow,
)
from layergraph.cli.sizes import SIZE
from layergraph.diagnostics import GraphError
from layergraph.graph.graph import Graph
from layergraph.targets.custom import check_allowed, declared_in, import_custom
from layergraph.targets.tensorflow_start import compute_alike, quiet_tensorflow
from layergraph.training.interruption import Interrupted
from layergraph.training.metrics_summary import metrics_table
from layergraph.training.no_run import is_run
from layergraph.training.progress import reporter
from layergraph.training.reading.python_source import (
    check_function,
    import_function,
    is_function_of,
)
from layergraph.training.reading.table import MEMORY
from layergraph.training.run import Run
from layergraph.training.train import train


def _devices(
    context: click.Context,  # noqa: ARG001  click gives both
    option: click.Parameter,  # noqa: ARG001
    value: str | None,
) -> tuple[str, ...] | None:
    if value is None:
        return None
    names = tuple(part.strip().upper() for part in value.split(","))
    if not all(names):
        raise click.BadParameter(f"'{value}' is no list of devices, such as GPU:0,GPU:1")
    return names


@click.command("train")
@click.argument("graph", type=click.Path())
@data_option
@click.option("-o", "--output", "out", required=True, type=click.Path(), help="The run's folder.")
@click.option("--validation-data", metavar="DATA", help="What to validate on, of the same form.")
@click.option("--epochs", type=click.IntRange(1), help="Epochs, instead of the file's.")
@click.option("--folds", type=click.IntRange(2), help="Folds, instead of the file's validation.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="Seed, instead of the file's.")
@click.option("--resume", is_flag=True, help="Continue the run where it stopped.")
@click.option("--force", is_flag=True, help="Replace the run that stands at the output.")
@click.option(
    "--devices",
    callback=_devices,
    metavar="NAMES",
    help="Devices, such as GPU:0,GPU:1; all GPUs where there are several.",
)
@click.option(
    "--memory",
    type=SIZE,
    default=MEMORY,
    show_default="256MiB",
    metavar="SIZE",
    help="Columns of a Parquet file that take more are read in pieces.",
)
@allow_option
@click.option("--quiet", "-q", is_flag=True, help="Say nothing where all went well.")
@reading_options
def command(
    graph: str,
    data: str,
    out: str,
    validation_data: str | None,
    epochs: int | None,
    folds: int | None,
    seed: int | None,
    resume: bool,
    force: bool,
    devices: tuple[str, ...] | None,
    memory: int,
    allow: tuple[str, ...],
    quiet: bool,
    reading: Reading,
) -> None:
    """Train the model of GRAPH on DATA and write all that came of it to the folder OUTPUT.

    DATA is a .csv, .parquet or .npz file, a folder of .npy files, or module:function. Its columns
    have the names of the graph's inputs and outputs, or those that their `column` gives.
    """
    if resume and force:
        raise click.UsageError("'--resume' continues a run, and '--force' replaces it: choose one")
    if folds and validation_data:
        raise click.UsageError("'--folds' and '--validation-data' are two ways: choose one")
    loaded = load_or_exit(graph, reading)
    own_data = [d for d in (data, validation_data) if d is not None and is_function_of(d)]
    allow = modules_to_allow(
        allow, is_needed=bool(own_data) or any(declared_in(loaded, in_training=True))
    )
    try:
        _import_own(loaded, own_data, allow)
        with reporter(sys.stderr, quiet=quiet) as told:
            run = train(
                loaded,
                data,
                out=out,
                validation_data=validation_data,
                epochs=epochs,
                folds=folds,
                seed=seed,
                resume=resume,
                force=force,
                allow=allow,
                devices=devices,
                memory=memory,
                reporter=told,
                on_checked=_start_tensorflow,
            )
    except GraphError as error:
        exit_with(error.diagnostics)
    except (Interrupted, KeyboardInterrupt) as stop:
        has_begun = isinstance(stop, Interrupted) or (is_run(Path(out)) and not force)
        click.echo(_stopped(Path(out), force=force) if has_begun else "stopped", err=True)
        sys.exit(INTERRUPTED)
    if not quiet:
        click.echo(_shown(run), nl=False)


def _start_tensorflow() -> None:
    quiet_tensorflow()
    compute_alike()
    collect_garbage_again()


def _import_own(graph: Graph, functions: list[str], allow: tuple[str, ...]) -> None:
    """Import what is the user's own, from here too; what is checked again is there then."""
    if not functions and not any(declared_in(graph, in_training=True)):
        return
    check_allowed(graph, allow, in_training=True)
    for named in functions:
        check_function(named, allow)
    quiet_tensorflow()
    with here_on_the_path():
        import_custom(graph, allow, in_training=True)
        for named in functions:
            import_function(named, allow)


def _shown(run: Run) -> str:
    folds = run.metrics["folds"]
    table = metrics_table(run.metrics["final"], folds["each"] if folds else ())
    missing = "".join(
        f"{count:,} of {run.state.data.rows:,} targets of {output} are missing\n"
        for output, count in run.state.missing.items()
    )
    return f"{table}{missing}{run.path}\n"


def _stopped(out: Path, *, force: bool) -> str:
    resume = "--resume in place of --force" if force else "--resume"
    return f"stopped; the same command with {resume} goes on: {out}"
