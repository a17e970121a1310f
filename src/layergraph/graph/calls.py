"""Calls: the tensors that a node is called on, matched with the arguments of its layer's `call`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from layergraph.diagnostics import Diagnostics, codes, did_you_mean
from layergraph.graph.graph import Argument, Edge, Node
from layergraph.graph.wiring import Wired, WiredNode, call_place, owner
from layergraph.layers.base import Layer, TensorArgument
from layergraph.spec.place import Place
from layergraph.spec.references import Reference
from layergraph.tensors import TensorSpec


class Given(NamedTuple):
    """A tensor that a call is given: where it comes from, and the reference that says so."""

    edge: Edge
    spec: TensorSpec
    reference: Reference


class BoundCall(NamedTuple):
    """The tensors of a call, by the names of the layer's arguments."""

    given: Mapping[str, tuple[Given, ...]]
    lists: frozenset[str]

    @property
    def names(self) -> tuple[str, ...]:
        """The arguments that are given."""
        return tuple(self.given)

    def specs(self, name: str) -> TensorSpec | tuple[TensorSpec, ...]:
        """What a shape rule is given for an argument."""
        specs = tuple(tensor.spec for tensor in self.given[name])
        return specs if name in self.lists else specs[0]

    @property
    def tensors(self) -> tuple[Given, ...]:
        """All tensors, in the order of the call."""
        return tuple(tensor for tensors in self.given.values() for tensor in tensors)

    @property
    def inputs(self) -> tuple[TensorSpec, ...]:
        """What is known of all tensors, in the order of the call."""
        return tuple(tensor.spec for tensor in self.tensors)

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """The call as the graph keeps it."""
        return tuple(
            Argument(name, tuple(tensor.edge for tensor in tensors), name in self.lists)
            for name, tensors in self.given.items()
        )


def bind_call(
    wired: WiredNode, nodes: Mapping[str, Node], diagnostics: Diagnostics
) -> BoundCall | None:
    """Match a node's references with its layer's arguments; None where a mistake has spoilt it."""
    assert wired.layer is not None
    if wired.arguments is None:
        return None
    known = {argument.name: argument for argument in type(wired.layer).tensor_arguments()}
    given: dict[str, tuple[Given, ...]] = {}
    sound = _names_are_known(wired, known, diagnostics)
    for argument in wired.arguments:
        takes = next(iter(known.values())) if argument.name is None else known.get(argument.name)
        tensors = _tensors(wired, argument, nodes, diagnostics)
        if takes is None or tensors is None:
            sound = False
        elif _number_fits(wired, takes, argument, tensors, diagnostics):
            given[takes.name] = tensors
        else:
            sound = False
    if not sound:
        return None
    ordered = {name: given[name] for name in known if name in given}
    return BoundCall(ordered, frozenset(name for name in ordered if known[name].many))


def _names_are_known(
    wired: WiredNode, known: Mapping[str, TensorArgument], diagnostics: Diagnostics
) -> bool:
    assert wired.arguments is not None
    place = call_place(wired.flat)
    named = [argument.name for argument in wired.arguments if argument.name is not None]
    unknown = [name for name in named if name not in known]
    for name in unknown:
        at = place.at(name)
        diagnostics.report(
            codes.UNKNOWN_CALL_ARGUMENT,
            f"`from` of {owner(wired.flat)} names `{name}`, "
            f"which is no tensor argument of {_type(wired.layer)}",
            at.key_span,
            path=at.path,
            help=_help_for_unknown(name, wired.layer, known),
        )
    positional = len(named) < len(wired.arguments)
    missing = [
        argument.name
        for position, argument in enumerate(known.values())
        if argument.required and argument.name not in named and not (positional and position == 0)
    ]
    if missing and not unknown:
        needed = ", ".join(f"{name}: …" for name in known if known[name].required or name in named)
        diagnostics.report(
            codes.MISSING_CALL_ARGUMENT,
            f"{owner(wired.flat)} is not given `{missing[0]}`, "
            f"which {_type(wired.layer)} is called on",
            place.span,
            path=place.path,
            help=f"write `from: {{{needed}}}`",
        )
    return not unknown and not missing


def _help_for_unknown(
    name: str, layer: Layer | None, known: Mapping[str, TensorArgument]
) -> str | None:
    if layer is not None and name in layer.Call.key_names():
        return f"`{name}` is no tensor: write it under `call`"
    return did_you_mean(name, known) or f"it is called on {', '.join(f'`{k}`' for k in known)}"


def _tensors(
    wired: WiredNode, argument: Wired, nodes: Mapping[str, Node], diagnostics: Diagnostics
) -> tuple[Given, ...] | None:
    """The tensors that an argument's references name; a node that gives several gives them all."""
    found: list[Given] = []
    sound = True
    for reference, producer in zip(argument.references, argument.producers, strict=True):
        node = nodes.get(producer) if producer is not None else None
        if node is None:
            sound = False
        elif reference.tensor is not None and reference.tensor >= len(node.outputs):
            place = call_place(wired.flat)
            report_no_such_tensor(reference, node, place, diagnostics)
            sound = False
        else:
            numbers = range(len(node.outputs)) if reference.tensor is None else [reference.tensor]
            found += [Given(Edge(node.path, n), node.outputs[n], reference) for n in numbers]
    return tuple(found) if sound else None


def report_no_such_tensor(
    reference: Reference, node: Node, place: Place, diagnostics: Diagnostics
) -> None:
    """Say that a node gives fewer tensors than a reference counts to."""
    at = place.at(*reference.steps)
    several = len(node.outputs) > 1
    diagnostics.report(
        codes.NO_SUCH_TENSOR,
        f"`{reference.path}` gives {len(node.outputs)} tensor{'s' if several else ''}, "
        f"so there is no `{reference}`",
        at.span,
        path=at.path,
        help=f"tensors count from 0: the last is `{reference.path}:{len(node.outputs) - 1}`"
        if several
        else _help_for_only_tensor(reference.path, node),
    )


def _help_for_only_tensor(path: str, node: Node) -> str:
    more = ", or set `return_state: true` there" if "return_state" in node.args else ""
    return f"write `{path}`{more}"


def _number_fits(
    wired: WiredNode,
    takes: TensorArgument,
    argument: Wired,
    tensors: tuple[Given, ...],
    diagnostics: Diagnostics,
) -> bool:
    if takes.many or len(tensors) == 1:
        return True
    place = call_place(wired.flat)
    at = place.at(argument.name) if argument.name else place
    others = [a.name for a in type(wired.layer).tensor_arguments()] if wired.layer else []
    if wired.flat.from_place is None:
        path = argument.references[0].path
        help = f"end the chain with `{path}`, and call the rest on one of its tensors, `{path}:0`"
    elif len(argument.references) == 1:
        path = argument.references[0].path
        help = f"`{path}` gives {len(tensors)} tensors: choose one, `{path}:0` for the first"
    elif len(others) > 1 and argument.name is None:
        help = f"name them: `from: {{{', '.join(f'{name}: …' for name in others[:2])}}}`"
    else:
        help = "join them first, in a node of `merges`"
    diagnostics.report(
        codes.WRONG_NUMBER_OF_TENSORS,
        f"{owner(wired.flat)} is called on {len(tensors)} tensors, "
        f"and {_type(wired.layer)} takes one as `{takes.name}`",
        at.span,
        path=at.path,
        help=help,
    )
    return False


def _type(layer: Layer | None) -> str:
    return f"`{type(layer).__name__}`"
