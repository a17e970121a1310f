"""Data + a graph → a run: the model of the file, trained, with all that is to be said of it."""

from __future__ import annotations

import platform
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from os import PathLike
from typing import TYPE_CHECKING, Any

from layergraph.graph.graph import Graph
from layergraph.targets.custom import allowed
from layergraph.training.fields import fields_of, targets_of
from layergraph.training.interruption import Interruption
from layergraph.training.preparation import Settings, prepared
from layergraph.training.progress import Reporter, Silent
from layergraph.training.reading.table import MEMORY
from layergraph.training.resumption import check_unchanged, settings_of_run
from layergraph.training.run import Run
from layergraph.training.run_files import RunFolder
from layergraph.training.run_state import DataState, RunState, Status, ValidationState, now

if TYPE_CHECKING:
    from layergraph.training.sources import Source


def train(
    graph: Graph,
    data: Any,
    *,
    out: str | PathLike[str],
    validation_data: Any = None,
    epochs: int | None = None,
    folds: int | None = None,
    seed: int | None = None,
    resume: bool = False,
    force: bool = False,
    allow: Iterable[str] = (),
    devices: Sequence[str] | None = None,
    memory: int = MEMORY,
    reporter: Reporter | None = None,
    on_checked: Callable[[], None] = lambda: None,
) -> Run:
    """Train the model of a graph, and write the folder of the run.

    Args:
        graph: the graph.
        data: a path (`.csv`, `.parquet`, `.npz`, a folder of `.npy`), a dict of arrays, a
            DataFrame, a `tf.data.Dataset` or `keras.utils.PyDataset`, or `"module:function"` that
            gives one. Columns have the names of inputs and outputs, or those of their `column`.
        out: the folder of the run.
        validation_data: what to validate on, instead of a part of `data`.
        epochs: how often to go through the data, instead of `training.epochs`.
        folds: the number of folds, instead of `training.validation`.
        seed: what random generators begin with, instead of `training.seed`. Without either it is
            drawn, and stands in the run's folder.
        resume: whether to continue the run at `out` where it stopped; where there is none, it
            begins.
        force: whether a run that stands there is replaced.
        allow: the modules that `custom` and `data` may import, with what is in them.
        devices: names such as `GPU:0`; None is all GPUs where there are several.
        memory: bytes of columns above which a Parquet file is read in pieces.
        reporter: what tells a person how it goes; nobody by default.
        on_checked: called when all is checked, before TensorFlow is needed.

    Returns:
        The run.

    Raises:
        GraphError: where the graph cannot be trained, the data do not fit it, or the folder cannot
            be written to. Nothing is trained then.
        Interrupted: where Ctrl-C or SIGTERM asked to stop. The run can be resumed.
    """
    if not isinstance(graph, Graph):
        raise TypeError(f"a Graph is trained, not {graph!r}: layergraph.load(path) reads one")
    settings = Settings(
        epochs=epochs,
        folds=folds,
        seed=seed,
        resume=resume,
        force=force,
        allow=allowed(allow),
        devices=tuple(devices) if devices is not None else None,
        memory=memory,
    )
    folder = RunFolder(out)
    begun = folder.read_state() if resume and folder.path.exists() else None
    if begun is None:
        RunFolder.check(out, force=force)
    else:
        settings = settings_of_run(settings, begun)
    graph = prepared(graph, settings, has_validation_data=validation_data is not None)
    with reporter or Silent() as told:
        fields, targets = fields_of(graph), targets_of(graph)
        from layergraph.training.loading import load_source
        from layergraph.training.plan import planned

        source = load_source(data, fields, targets, settings)
        held_out = (
            load_source(validation_data, fields, targets, settings)
            if validation_data is not None
            else None
        )
        for warning in (*source.warnings, *(held_out.warnings if held_out else ())):
            told.note(f"warning: {warning.message}")
        plan = planned(graph, source, held_out)
        state = _state(graph, source, held_out, settings)
        if begun is not None:
            check_unchanged(folder, graph, begun, state)
            if begun.status == "finished":
                told.note(f"`{folder.path}` is finished already")
                return Run(folder.path)
            state = begun.model_copy(update={"status": "running", "epochs": state.epochs})
        on_checked()
        with Interruption() as interruption:
            from layergraph.training.batches import errors_of_reading
            from layergraph.training.training_run import TrainingRun

            run = TrainingRun(graph, source, plan, folder, settings, told, interruption)
            if begun is None:
                RunFolder.create(out, state, graph.to_yaml(), force=force)
            with _kept(folder, state), errors_of_reading():
                run.carry_out()
    shutil.rmtree(folder.checkpoints, ignore_errors=True)
    return Run(folder.path)


@contextmanager
def _kept(folder: RunFolder, state: RunState) -> Iterator[None]:
    """Keep in run.json how the run stands, and how long it has taken."""

    def write(status: Status) -> None:
        seconds = round(state.seconds + time.monotonic() - begun, 1)
        folder.write_state(state.model_copy(update={"status": status, "seconds": seconds}))

    begun = time.monotonic()
    write("running")
    try:
        yield
    except BaseException:
        write("interrupted")
        raise
    write("finished")


def _state(graph: Graph, source: Source, held_out: Source | None, settings: Settings) -> RunState:
    training = graph.training
    assert training.seed is not None
    return RunState(
        status="running",
        seed=training.seed,
        epochs=training.epochs,
        batch_size=training.batch_size,
        precision=training.precision,
        validation=ValidationState(**training.validation.model_dump())
        if training.validation is not None
        else None,
        data=_data(source),
        validation_data=_data(held_out) if held_out is not None else None,
        missing=dict(source.gaps),
        dropped_rows=source.dropped,
        devices=settings.devices or (),
        versions={
            "python": platform.python_version(),
            **{name: version(name) for name in ("layergraph", "keras", "tensorflow", "numpy")},
        },
        started=now(),
    )


def _data(source: Source) -> DataState:
    rows = len(source.rows) if source.digest is not None else None
    return DataState(name=source.name, rows=rows, sha256=source.digest)
