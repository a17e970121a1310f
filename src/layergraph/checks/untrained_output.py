"""LG423: an output without a loss, and layers before it that nothing else trains."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.flow import Flow, Step
from layergraph.graph.graph import Graph
from layergraph.graph.losses import is_trained


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
    trained = _before([name for name in graph.heads if name not in without], graph)
    owners = {step.owner for step in trained}
    for name in without:
        idle = [s for s in _before([name], graph) if s.owner not in owners and _learns(s)]
        if not idle or any(not s.node.knows_weights for s in idle):
            continue
        listed = ", ".join(f"`{n}`" for n in list(dict.fromkeys(s.name for s in idle))[:3])
        graph.heads[name].warn(
            diagnostics,
            codes.UNTRAINED_OUTPUT,
            f"output `{name}` has no loss, so nothing trains {listed}",
            help="give it a `task` or a `loss`; `trainable: false` says that the weights stay",
        )


def _before(names: list[str], graph: Graph) -> list[Step]:
    """The steps that outputs come from."""
    flow: Flow = graph.flow
    waiting = [flow.outputs[name].producer for name in names]
    found: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [edge.producer for edge in flow.steps[path].edges]
    return [step for path, step in flow.steps.items() if path in found]


def _learns(step: Step) -> bool:
    node = step.node
    return not node.knows_weights or any(weight.trainable for weight in node.weights.values())
