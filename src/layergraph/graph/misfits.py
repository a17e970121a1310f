"""A shape rule's refusal → a diagnostic with the node, its producers, and their places."""

from __future__ import annotations

from collections.abc import Mapping

from layergraph.diagnostics import Diagnostic, Diagnostics, Related
from layergraph.graph.calls import BoundCall, Given
from layergraph.graph.graph import Node
from layergraph.graph.losses_of_size import blame_padding
from layergraph.graph.named_sizes import NamedSizes
from layergraph.graph.wiring import WiredNode, owner, type_place
from layergraph.spec.place import Place
from layergraph.tensors import ShapeError


class MistakesInside(Exception):
    """A model inside cannot be called on its tensors; `found` says why."""

    def __init__(self, found: tuple[Diagnostic, ...]) -> None:
        super().__init__(f"{len(found)} mistakes")
        self.found = found


def report_misfit(
    error: ShapeError,
    wired: WiredNode,
    call: BoundCall,
    nodes: Mapping[str, Node],
    sizes: NamedSizes,
    diagnostics: Diagnostics,
) -> None:
    """Report that a layer cannot be called on its tensors."""
    tensors = call.tensors
    concerned = [tensors[number] for number in error.inputs if number < len(tensors)]
    at = _place(error, wired, concerned)
    diagnostics.report(
        error.code,
        _filled(error.message, wired, tensors),
        at.span,
        label=_filled(error.label, wired, tensors),
        path=at.path,
        related=_producers(concerned, wired, nodes),
        notes=sizes.notes(tensor.spec for tensor in concerned),
        help=_filled(error.help, wired, tensors)
        if error.help
        else blame_padding([t.edge for t in concerned], nodes, wired.flat.place.span.source),
    )


def _place(error: ShapeError, wired: WiredNode, concerned: list[Given]) -> Place:
    flat = wired.flat
    if error.argument is not None:
        return flat.place.at(error.argument) if flat.place.has(error.argument) else type_place(flat)
    if flat.from_place is None or not concerned:
        return type_place(flat)
    return flat.from_place.at(*concerned[-1].reference.steps)


def _filled(text: str, wired: WiredNode, tensors: tuple[Given, ...]) -> str:
    """The text with names for its placeholders."""
    text = text.replace("{node}", owner(wired.flat) if wired.flat.from_place else _own(wired))
    for number, tensor in enumerate(tensors):
        text = text.replace(f"{{{number}}}", f"`{tensor.reference}`")
        text = text.replace(f"{{shape{number}}}", str(tensor.spec))
    return text


def _own(wired: WiredNode) -> str:
    return f"`{wired.flat.local}`"


def _producers(
    tensors: list[Given], wired: WiredNode, nodes: Mapping[str, Node]
) -> tuple[Related, ...]:
    """Where tensors come from; out of a block, that is where the block is called."""
    scope, depth = wired.flat.scope, len(wired.flat.calls)
    related: dict[tuple[str, int], Related] = {}
    for tensor in tensors:
        producer = nodes[tensor.edge.producer]
        name, span = f"`{tensor.reference}`", producer.span
        if not scope or producer.path.startswith(f"{scope}."):
            inside = len(producer.calls) - depth
            span = producer.calls[inside - 1].span if inside > 0 else span
        elif producer.calls:
            name = f"{name}, which is `{producer.path}`,"
        text = f"{name} is {tensor.spec}"
        text += "" if tensor.spec.is_float else f", {tensor.spec.dtype}"
        related[tensor.edge.producer, tensor.edge.tensor] = Related(text, span)
    return tuple(related.values())
