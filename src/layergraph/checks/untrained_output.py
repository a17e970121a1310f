"""LG423: an output without a loss, and layers before it that nothing else trains."""

from __future__ import annotations

from typing import NamedTuple

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.flow import Step
from layergraph.graph.graph import Graph
from layergraph.graph.losses import is_trained

_MOST_NAMED = 3


def untrained_output(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report outputs without a loss whose layers have weights that no other output's loss trains.

    Only a file with a `training` section is looked at. Silent where all the weights before the
    output are trained by another: it then shows what the model has learnt. Weights that are frozen
    or learnt from data before training need no loss; nor do those of the user's own layers, whose
    losses are not known.
    """
    without = [name for name, output in graph.heads.items() if output.loss is None]
    if not without or not is_trained(graph):
        return
    trained = _trained(graph)
    idle: dict[str, _Idle] = {}
    for step in graph.flow.steps.values():
        idle[step.path] = _idle_at(step, trained, idle)
    for name in without:
        found = idle[graph.flow.outputs[name].producer]
        if not found.names or not found.is_known:
            continue
        listed = ", ".join(f"`{layer}`" for layer in found.names)
        graph.heads[name].warn(
            diagnostics,
            codes.UNTRAINED_OUTPUT,
            f"output `{name}` has no loss, so nothing trains {listed}",
            help="give it a `task` or a `loss`; `trainable: false` says that the weights stay",
        )


class _Idle(NamedTuple):
    """The first layers before a tensor that nothing trains, and whether all weights are known."""

    names: tuple[str, ...] = ()
    is_known: bool = True


def _trained(graph: Graph) -> set[str]:
    """The owners of the weights that some loss trains."""
    flow = graph.flow
    waiting = [
        edge.producer for name, edge in flow.outputs.items() if graph.heads[name].loss is not None
    ]
    found: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [edge.producer for edge in flow.steps[path].edges]
    return {flow.steps[path].owner for path in found}


def _idle_at(step: Step, trained: set[str], idle: dict[str, _Idle]) -> _Idle:
    before = [idle[edge.producer] for edge in step.edges]
    names = [name for found in before for name in found.names]
    is_known = all(found.is_known for found in before)
    if step.owner not in trained:
        is_known = is_known and step.node.knows_weights
        if any(weight.trainable for weight in step.node.weights.values()):
            names.append(step.name)
    return _Idle(tuple(dict.fromkeys(names))[:_MOST_NAMED], is_known)
