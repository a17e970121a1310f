"""LG419: a merge of a single tensor, which it gives as it is."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.graph import Graph

_MERGES = frozenset({"Add", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"})


def merge_of_one(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report merges that are called on one tensor.

    Silent where the tensor comes from copies, whose number a param may give: of `each` over a list
    with one item there is one.
    """
    for step in graph.flow.steps.values():
        if step.type not in _MERGES or len(step.edges) != 1:
            continue
        producer = step.edges[0].producer
        if any(part.isdigit() for part in producer.replace("/", ".").split(".")):
            continue
        name = graph.flow.steps[producer].name
        step.warn(
            diagnostics,
            codes.MERGE_OF_ONE,
            f"`{step.name}` merges one tensor, `{name}`, and gives it as it is",
            help=f"name what it is to be merged with, or use `{name}` itself",
        )
