"""The optimizer, the losses and the metrics of a graph → the call of `compile`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from layergraph.graph.graph import Graph, Output
from layergraph.objects.catalog import snake_case
from layergraph.objects.declared import CustomObject
from layergraph.targets.python_source.layout import (
    Call,
    Expression,
    Named,
    Text,
    listed,
)
from layergraph.targets.python_source.literals import literal, mapped
from layergraph.targets.python_source.objects import Objects
from layergraph.targets.python_source.written import Written, part

OfOutput = Callable[[Output], Written | None]


def compile_call(
    graph: Graph,
    objects: Objects,
    model: str,
    training: Written | None = None,
    of_output: OfOutput = lambda output: None,  # noqa: ARG005
) -> Call | None:
    """The call that compiles a model with a loss for each output that has one; None without any.

    Args:
        graph: the graph.
        objects: what writes objects.
        model: the variable that holds the model.
        training: what the file writes under `training`.
        of_output: what it writes for an output.
    """
    trained = {name: output for name, output in graph.heads.items() if output.loss is not None}
    if not trained:
        return None
    optimizer = objects.value(graph.training.optimizer, part(training, "optimizer"))
    losses = {
        name: objects.value(output.loss, part(of_output(output), "loss"))
        for name, output in trained.items()
    }
    given = [Named("optimizer", optimizer), Named("loss", mapped(losses))]
    if any(output.loss_weight is not None for output in trained.values()):
        weights = {
            name: objects.value(
                1.0 if output.loss_weight is None else output.loss_weight,
                part(of_output(output), "loss_weight"),
            )
            for name, output in trained.items()
        }
        given.append(Named("loss_weights", mapped(weights)))
    metrics: dict[str, Expression] = {
        name: listed(_metrics(output, objects, part(of_output(output), "metrics")))
        for name, output in graph.heads.items()
        if output.metrics
    }
    return Call(Text(f"{model}.compile"), (*given, Named("metrics", mapped(metrics))))


def _metrics(output: Output, objects: Objects, written: Written | None) -> list[Expression]:
    """The metrics of an output; those with arguments are named by their class.

    Keras would number them through the process.
    """
    found: list[Expression] = []
    names: Counter[str] = Counter()
    for number, metric in enumerate(output.metrics):
        here = part(written, number)
        made = objects.value(metric, here)
        is_named = isinstance(metric, str | CustomObject) or "name" in metric.arguments_set()
        if not is_named and isinstance(made, Call):
            name = snake_case(type(metric).__name__)
            numbered = f"{name}_{names[name]}" if names[name] else name
            names[name] += 1
            given = (*made.arguments, Named("name", literal(numbered)))
            made = Call(made.function, given)
        found.append(made)
    return found
