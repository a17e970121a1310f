"""The callbacks of a graph file → Keras' own, for one fit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from layergraph.diagnostics import codes
from layergraph.graph.metric_names import LOSS, VALIDATION, names_of
from layergraph.objects.declared import CustomObject
from layergraph.targets.failures import failure
from layergraph.targets.keras_objects import Make, keras_arguments, keras_class, keras_object

if TYPE_CHECKING:
    from layergraph.graph.graph import Graph

_PATHS = ("filepath", "filename", "log_dir", "embeddings_metadata")
_KNOWN = {LOSS: "min", "accuracy": "max", "acc": "max"}
"""Which way is better of the loss, and of names for which Keras chooses a metric by shapes."""


def keras_callbacks(
    graph: Graph, make: Make, *, folder: Path, is_validated: bool
) -> tuple[Any, ...]:
    """The callbacks that the file asks for.

    Args:
        graph: the graph.
        make: makes what is the user's own.
        folder: the folder in which their paths are: the run's, or one in it for a fold.
        is_validated: whether the fit has validation data; a callback that monitors it is left out
            of one that has none.
    """
    found = []
    for described in graph.training.callbacks:
        if isinstance(described, CustomObject):
            found.append(make(described))
            continue
        arguments = keras_arguments(described, make)
        monitor = getattr(described, "monitor", None)
        if monitor is not None and monitor.startswith(VALIDATION) and not is_validated:
            continue
        for name in _PATHS:
            path = getattr(described, name, None)
            if path is not None:
                arguments[name] = str(folder / path)
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
        if monitor is not None and described.mode == "auto":  # type: ignore[attr-defined]
            arguments["mode"] = _direction(monitor, graph)
        found.append(keras_class(type(described))(**arguments))
    return tuple(found)


def stops_early(graph: Graph) -> bool:
    """Whether a fit may end before its last epoch, once what it monitors gets no better."""
    return any(type(given).__name__ == "EarlyStopping" for given in graph.training.callbacks)


def check_modes(graph: Graph) -> None:
    """Refuse a callback that monitors a metric of the user's own and does not say which way.

    Raises:
        GraphError: missing-argument.
    """
    for described in graph.training.callbacks:
        monitor = getattr(described, "monitor", None)
        if monitor is None or described.mode != "auto":  # type: ignore[attr-defined]
            continue
        metric = _monitored(monitor, graph)
        if metric is None or isinstance(metric, CustomObject):
            raise failure(
                codes.MISSING_ARGUMENT,
                f"whether less or more of `{monitor}` is better, `{type(described).__name__}` "
                "cannot know",
                help="add `mode: min`, or `mode: max`",
            )


def _monitored(monitor: str, graph: Graph) -> Any:
    """The metric of a name, or `LOSS`; None for one that names itself."""
    name = monitor.removeprefix(VALIDATION)
    if name == LOSS or name in {f"{output}_{LOSS}" for output in graph.heads}:
        return LOSS
    for output in graph.heads.values():
        for metric, described in zip(names_of(output), output.metrics, strict=True):
            if name == f"{output.name}_{metric}":
                return described
    return None


def _direction(monitor: str, graph: Graph) -> str:
    """Whether less is better of what is monitored, or more.

    Keras' own way looks for a metric of the whole name, without the output's. Where a metric does
    not tell, it counts what is right, but for errors and what is false.
    """
    import keras

    metric = _monitored(monitor, graph)
    if isinstance(metric, str) and metric in _KNOWN:
        return _KNOWN[metric]
    made = keras.metrics.get(keras_object(metric))
    known = getattr(made, "_direction", None)
    if known is not None:
        return "max" if known == "up" else "min"
    return "min" if type(made).__name__.startswith("False") else "max"
