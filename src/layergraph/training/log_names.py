"""Keras' names of losses and metrics → ours, which always begin with the output's."""

from __future__ import annotations

from collections.abc import Callable

from layergraph.graph.graph import Graph
from layergraph.graph.metric_names import LOSS, VALIDATION

_AS_IT_IS = (LOSS, "learning_rate")


def log_names(graph: Graph) -> Callable[[str], str]:
    """What gives our name of something that Keras logs while it trains the model of a graph.

    With several outputs that are measured the names are the same; with one, Keras leaves it out.
    """
    measured = [name for name, head in graph.heads.items() if head.loss is not None or head.metrics]
    if len(measured) > 1:
        return str
    (output,) = measured

    def ours(name: str) -> str:
        prefix = VALIDATION if name.startswith(VALIDATION) else ""
        bare = name.removeprefix(prefix)
        return name if bare in _AS_IT_IS else f"{prefix}{output}_{bare}"

    return ours
