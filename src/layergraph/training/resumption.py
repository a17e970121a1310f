"""A run goes on with what it began with: else it would end elsewhere, and nobody would know why."""

from __future__ import annotations

from dataclasses import replace

from layergraph.diagnostics import codes
from layergraph.graph.graph import Graph
from layergraph.targets.failures import failure
from layergraph.training.preparation import Settings
from layergraph.training.run_files import RunFolder
from layergraph.training.run_state import DataState, RunState


def settings_of_run(settings: Settings, begun: RunState) -> Settings:
    """The settings, with the seed and the number of epochs of a run where none are given."""
    return replace(
        settings,
        seed=begun.seed if settings.seed is None else settings.seed,
        epochs=begun.epochs if settings.epochs is None else settings.epochs,
    )


def check_unchanged(folder: RunFolder, graph: Graph, begun: RunState, now: RunState) -> None:
    """Refuse to continue a run with another graph, other data or other settings.

    The number of epochs may differ, where there are no folds.

    Raises:
        GraphError: unfit-resume, no-run.
    """
    same_epochs = graph.training.model_copy(update={"epochs": begun.epochs})
    text = replace(graph, training=same_epochs).to_yaml()
    differs = []
    if begun.seed != now.seed:
        differs.append(f"its seed is {begun.seed}, not {now.seed}")
    elif text != folder.read_graph():
        differs.append("its graph differs: see `graph.yaml` in its folder")
    if begun.data.sha256 != now.data.sha256:
        differs.append(f"its data were others: {begun.data.name}")
    if _content(begun.validation_data) != _content(now.validation_data):
        differs.append("its validation data were others")
    if begun.epochs != now.epochs and now.validation is not None and now.validation.folds:
        differs.append(f"its folds have {begun.epochs} epochs, not {now.epochs}")
    if differs:
        raise failure(
            codes.UNFIT_RESUME,
            f"the run `{folder.path}` cannot go on with this: {differs[0]}",
            notes=tuple(differs[1:]),
            help="give it what it began with, or begin another run",
        )


def _content(data: DataState | None) -> tuple[str | None] | None:
    """What makes out whether data are the same, wherever they lie by now."""
    return None if data is None else (data.sha256,)
