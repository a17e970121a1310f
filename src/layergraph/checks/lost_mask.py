"""LG421: a mask that is made, and that no layer heeds."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, Related, codes
from layergraph.graph.flow import Flow, Step
from layergraph.graph.graph import Graph
from layergraph.layers.embedding import Embedding


def lost_mask(graph: Graph, diagnostics: Diagnostics) -> None:
    """Report what makes a mask that is lost on every way, at layers that know nothing of masks.

    Silent where a layer heeds it on any way, or an output with a loss carries it, as the loss heeds
    it then; where it reaches a layer of the user's own; and where nothing is called on it.
    """
    flow = graph.flow
    makers = [step for step in flow.steps.values() if _may_make(step)]
    if not any(graph.masks[step.path].fate == "made" for step in makers):
        return
    heeded: set[str] = {
        edge.producer for name, edge in flow.outputs.items() if graph.heads[name].loss is not None
    }
    lost_at: dict[str, Step] = {}
    for step in reversed(tuple(flow.steps.values())):
        fate = graph.masks[step.path].fate
        for edge in step.edges:
            before = graph.masks[edge.producer].outputs
            if edge.tensor >= len(before) or before[edge.tensor] is None:
                continue
            if fate in ("consumed", "unknown") or (fate == "carried" and step.path in heeded):
                heeded.add(edge.producer)
            elif fate == "lost":
                lost_at[edge.producer] = step
            elif step.path in lost_at:
                lost_at.setdefault(edge.producer, lost_at[step.path])
    for step in makers:
        if step.path not in lost_at or _is_heeded(step, flow, heeded):
            continue
        loser = lost_at[step.path]
        step.warn(
            diagnostics,
            codes.LOST_MASK,
            f"`{step.name}` makes a mask that no layer heeds: it is lost at `{loser.name}`",
            related=(Related(f"`{loser.type}` knows nothing of masks", loser.node.span),),
            help="take a layer that heeds it (`LSTM`, `GRU`, `GlobalAveragePooling1D`, attention), "
            "or make none",
        )


def _may_make(step: Step) -> bool:
    layer = step.node.layer
    return step.type == "Masking" or (isinstance(layer, Embedding) and layer.mask_zero)


def _is_heeded(step: Step, flow: Flow, heeded: set[str]) -> bool:
    return any(call.path in heeded for call in flow.calls[step.owner])
