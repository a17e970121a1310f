"""LG414: an Embedding wider than its vocabulary, whose arguments may be swapped."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.graph.flow import Flow, Step
from layergraph.graph.graph import Graph
from layergraph.layers.embedding import Embedding

_SUMS = frozenset({"Add", "Average", "Subtract", "Multiply", "ops.add", "ops.multiply"})
_PASSING = frozenset({"Dropout", "Identity", "LayerNormalization", "Reshape"})


def wide_embedding(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report Embeddings whose vectors are longer than there are words.

    Silent where the vectors are added to others, as those of positions or of parts of a text are:
    their size is that of the others.
    """
    for step in graph.flow.steps.values():
        layer = step.node.layer
        if not isinstance(layer, Embedding) or layer.output_dim <= layer.input_dim:
            continue
        if step.owner != step.path or _is_summed(step, graph.flow):
            continue
        step.warn(
            diagnostics,
            codes.WIDE_EMBEDDING,
            f"`{step.name}` makes vectors of {layer.output_dim} numbers for "
            f"{layer.input_dim} words",
            help="`input_dim` is the number of words, `output_dim` the size of their vectors: "
            "swap them, or make the vectors smaller",
        )


def _is_summed(step: Step, flow: Flow) -> bool:
    for call in flow.calls[step.owner]:
        after = call
        consumers = flow.consumers[after.path]
        while len(consumers) == 1 and consumers[0].type in _PASSING:
            after = consumers[0]
            consumers = flow.consumers[after.path]
        if any(consumer.type in _SUMS for consumer in consumers):
            return True
    return False
