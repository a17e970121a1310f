"""LG415: numbers as they come from the data reach a Dense, some large and some small."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.flow import Flow, Step
from layergraph.graph.graph import Graph
from layergraph.graph.losses import is_trained

_PASSING = frozenset(
    {
        *("Identity", "Flatten", "Reshape", "Permute", "RepeatVector", "Concatenate"),
        *("Dropout", "ops.cast", "ops.concatenate", "ops.reshape", "ops.expand_dims"),
    }
)


def unscaled_input(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report inputs of numbers that a Dense is called on as they are.

    Only a file with a `training` section is looked at, and inputs of one axis, a row of a table.
    Silent where anything but a layer that moves numbers about stands between: a `Normalization`, a
    `Rescaling`, a `BatchNormalization`, an `Embedding`, an encoding, a function; on images and
    sequences; on strings and truth values. Data that come scaled, or hold 0 and 1 alone, it
    cannot tell from others: say so with a comment.
    """
    if not is_trained(graph):
        return
    first_dense = _first_dense(graph.flow)
    for step in graph.flow.steps.values():
        keys = step.node.input
        if keys is None or step.output.rank != 2 or step.output.dtype in ("string", "bool"):
            continue
        dense = first_dense.get(step.path)
        if dense is not None:
            step.warn(
                diagnostics,
                codes.UNSCALED_INPUT,
                f"the numbers of input `{step.name}` reach `{dense.name}` as they are: large ones "
                "drown small ones",
                help=f"call a layer `{{type: Normalization, from: {step.name}}}` on it first; "
                "where the data come scaled, say so in a comment, `# layergraph: ignore[LG415] …`",
            )


def _first_dense(flow: Flow) -> dict[str, Step]:
    """By the path of a step, the first Dense that its numbers reach as they are."""
    found: dict[str, Step] = {}
    for step in reversed(tuple(flow.steps.values())):
        reached = step if step.type == "Dense" else found.get(step.path)
        if reached is not None and (step.type == "Dense" or step.type in _PASSING):
            for edge in step.edges:
                found[edge.producer] = reached
    return found
