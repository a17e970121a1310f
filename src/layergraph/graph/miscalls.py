"""Calls that give a layer other tensors than it takes."""

from __future__ import annotations

from collections.abc import Mapping

from layergraph.diagnostics import Diagnostics, codes, did_you_mean
from layergraph.expand.flat import Fed
from layergraph.graph.graph import Edge, Node
from layergraph.graph.tensors_given import flattened
from layergraph.graph.wiring import WiredNode, call_place, owner
from layergraph.layers.base import Operation, TensorArgument

_Edges = list[tuple[Edge, ...] | None]
"""The tensors that each reference of an argument stands for; None for one that is spoilt."""


def report_miscall(
    wired: WiredNode, layer: Operation, nodes: Mapping[str, Node], diagnostics: Diagnostics
) -> None:
    """Report what is wrong in how a layer is called, beside tensors that are spoilt already."""
    if layer.is_own:
        return
    known = {argument.name: argument for argument in layer.tensor_arguments()}
    first = next(iter(known.values()))
    given = [(fed, _edges(wired, fed, nodes)) for fed in wired.flat.fed or ()]
    _report_names(wired, layer, known, given, diagnostics)
    for fed, found in given:
        edges = [edge for part in found for edge in part or ()]
        takes = first if fed.argument is None else known.get(fed.argument)
        if None in found or takes is None or takes.many or len(edges) == 1:
            continue
        if fed.argument is None and layer.is_function and len(edges) <= len(known):
            continue
        _report_number(wired, layer, takes, fed, edges, diagnostics)


def _edges(wired: WiredNode, fed: Fed, nodes: Mapping[str, Node]) -> _Edges:
    said = Diagnostics()  # what is wrong with a tensor was reported when it was looked up
    place = call_place(wired.flat)
    return [
        flattened(tensors, reference, place, nodes, said) if tensors else None
        for reference, tensors in zip(fed.references, fed.tensors, strict=True)
    ]


def _report_names(
    wired: WiredNode,
    layer: Operation,
    known: Mapping[str, TensorArgument],
    given: list[tuple[Fed, _Edges]],
    diagnostics: Diagnostics,
) -> None:
    """Report arguments that the layer does not have, else one that it is not given."""
    place = call_place(wired.flat)
    named = [fed.argument for fed, _ in given if fed.argument is not None]
    unknown = [name for name in named if name not in known]
    for name in unknown:
        at = place.at(name)
        diagnostics.report(
            codes.UNKNOWN_CALL_ARGUMENT,
            f"`from` of {owner(wired.flat)} names `{name}`, "
            f"which is no tensor argument of {layer.called()}",
            at.key_span,
            path=at.path,
            help=_help_for_unknown(name, layer, known),
        )
    by_position = sum(_count(layer, known, found) for fed, found in given if fed.argument is None)
    missing = [
        argument.name
        for position, argument in enumerate(known.values())
        if argument.required and argument.name not in named and position >= by_position
    ]
    is_spoilt = any(fed.argument is None and None in found for fed, found in given)
    if missing and not unknown and not is_spoilt:
        needed = ", ".join(f"{name}: …" for name in known if known[name].required or name in named)
        diagnostics.report(
            codes.MISSING_CALL_ARGUMENT,
            f"{owner(wired.flat)} is not given `{missing[0]}`, which {layer.called()} is called on",
            place.span,
            path=place.path,
            help=f"write `from: {{{needed}}}`",
        )


def _count(layer: Operation, known: Mapping[str, TensorArgument], found: _Edges) -> int:
    """How many arguments are given by position; what is spoilt counts as one tensor."""
    if not layer.is_function or next(iter(known.values())).many:
        return 1
    return sum(1 if edges is None else len(edges) for edges in found)


def _help_for_unknown(
    name: str, layer: Operation, known: Mapping[str, TensorArgument]
) -> str | None:
    if name in layer.Call.key_names():
        return f"`{name}` is no tensor: write it under `call`"
    return did_you_mean(name, known) or f"it is called on {', '.join(f'`{k}`' for k in known)}"


def _report_number(
    wired: WiredNode,
    layer: Operation,
    takes: TensorArgument,
    argument: Fed,
    edges: list[Edge],
    diagnostics: Diagnostics,
) -> None:
    """Report several tensors where the layer takes one."""
    place = call_place(wired.flat)
    at = place.at(argument.argument) if argument.argument else place
    others = [a.name for a in layer.tensor_arguments()]
    if wired.flat.from_place is None:
        path = argument.references[0].path
        help = f"end the chain with `{path}`, and call the rest on one of its tensors, `{path}:0`"
    elif len(argument.references) == 1 and _come_from_outside(wired, edges):
        path = argument.references[0].path
        help = (
            f"`{path}` is given {len(edges)} tensors where the block is called: join them first, "
            "in a node of `merges`"
        )
    elif len(argument.references) == 1:
        path = argument.references[0].path
        help = f"`{path}` gives {len(edges)} tensors: choose one, `{path}:0` for the first"
    elif len(others) > 1 and argument.argument is None:
        help = f"name them: `from: {{{', '.join(f'{name}: …' for name in others[:2])}}}`"
    else:
        help = "join them first, in a node of `merges`"
    diagnostics.report(
        codes.WRONG_NUMBER_OF_TENSORS,
        f"{owner(wired.flat)} is called on {len(edges)} tensors, "
        f"and {layer.called()} takes one as `{takes.name}`",
        at.span,
        path=at.path,
        help=help,
    )


def _come_from_outside(wired: WiredNode, edges: list[Edge]) -> bool:
    """Whether tensors are made outside of the block that a node is in."""
    scope = wired.flat.scope
    return bool(scope and wired.flat.calls) and not any(
        edge.producer.startswith(f"{scope}.") for edge in edges
    )
