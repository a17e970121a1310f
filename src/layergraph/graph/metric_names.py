"""The names of what training measures: `loss`, `<output>_loss`, `<output>_<metric>`.

They are those of reports and histories, with the output's name before every metric, also where
there is one output and Keras leaves it out. With `val_` before it, each is measured on what is held
out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from layergraph.graph.graph import Output
from layergraph.objects.base import KerasObject
from layergraph.objects.catalog import snake_case
from layergraph.objects.declared import CustomObject

LOSS = "loss"
VALIDATION = "val_"


def metric_names(outputs: Collection[Output]) -> tuple[str, ...]:
    """What is measured of a model with these outputs, without what is held out.

    The losses of several outputs have names of their own, beside their sum. A metric whose name is
    not known before it is made (`has_own_names`) is left out.
    """
    trained = [output for output in outputs if output.loss is not None]
    if not trained:
        return ()
    losses = [f"{output.name}_{LOSS}" for output in trained] if len(trained) > 1 else []
    measured = [f"{output.name}_{name}" for output in outputs for name in names_of(output) if name]
    return tuple(dict.fromkeys((LOSS, *losses, *measured)))


def has_own_names(output: Output) -> bool:
    """Whether an output has a metric that names itself: one of the user's own."""
    return None in names_of(output)


def names_of(output: Output) -> tuple[str | None, ...]:
    """The names of an output's metrics, without the output's; None of those not known yet.

    Keras names a metric that is given by name as the file writes it. One with arguments has its
    `name`, or the name of its class, numbered within the output.
    """
    return tuple(_names(output.metrics))


def _names(metrics: tuple[str | KerasObject, ...]) -> Iterator[str | None]:
    numbers: Counter[str] = Counter()
    for metric in metrics:
        if isinstance(metric, str):
            yield metric
        elif isinstance(metric, CustomObject):
            given = metric.given.get("name")
            yield given if isinstance(given, str) else None
        elif "name" in metric.arguments_set():
            yield metric.arguments_set()["name"]
        else:
            name = snake_case(type(metric).__name__)
            number = f"_{numbers[name]}" if numbers[name] else ""
            numbers[name] += 1
            yield f"{name}{number}"
