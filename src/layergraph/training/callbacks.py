"""The callbacks of a graph file → Keras' own, for one fit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from layergraph.graph.metric_names import VALIDATION, names_of
from layergraph.objects.declared import CustomObject
from layergraph.targets.keras_objects import Make, keras_arguments, keras_class, keras_object

if TYPE_CHECKING:
    from layergraph.graph.graph import Graph

_PATHS = ("filepath", "filename", "log_dir", "embeddings_metadata")
_CHOSEN_BY_SHAPE = ("accuracy", "acc")


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


def _direction(monitor: str, graph: Graph) -> str:
    """Whether less is better of what is monitored, or more.

    Keras' own way looks for a metric of the whole name, without the output's. Where a metric does
    not tell, it counts what is right, but for errors and what is false.
    """
    import keras

    name = monitor.removeprefix(VALIDATION)
    for output in graph.heads.values():
        for metric, described in zip(names_of(output), output.metrics, strict=True):
            if name != f"{output.name}_{metric}":
                continue
            if described in _CHOSEN_BY_SHAPE:
                return "max"
            made = keras.metrics.get(keras_object(described))
            known = getattr(made, "_direction", None)
            if known is not None:
                return "max" if known == "up" else "min"
            return "min" if type(made).__name__.startswith("False") else "max"
    return "min"
