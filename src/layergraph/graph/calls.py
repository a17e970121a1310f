"""Calls: the tensors that a node is called on, matched with the arguments of its layer's `call`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from layergraph.diagnostics import Diagnostics, codes, did_you_mean
from layergraph.expand.flat import Fed
from layergraph.graph.graph import Argument, Edge, Node
from layergraph.graph.tensors_given import flattened
from layergraph.graph.wiring import WiredNode, call_place, owner
from layergraph.layers.base import Operation, TensorArgument
from layergraph.layers.custom_layer import POSITIONAL, CustomLayer
from layergraph.ops.base import Op
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
    def counts(self) -> tuple[int, ...]:
        """How many tensors each argument is given."""
        return tuple(len(tensors) for tensors in self.given.values())

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """The call as the graph keeps it."""
        return tuple(
            Argument(name, tuple(tensor.edge for tensor in tensors), name in self.lists)
            for name, tensors in self.given.items()
        )


def bind_call(
    wired: WiredNode, layer: Operation, nodes: Mapping[str, Node], diagnostics: Diagnostics
) -> BoundCall | None:
    """Match a node's references with its layer's arguments; None where a mistake has spoilt it."""
    if wired.flat.fed is None:
        return None
    if isinstance(layer, CustomLayer):
        return _whatever(wired, wired.flat.fed, nodes, diagnostics)
    known = {argument.name: argument for argument in layer.tensor_arguments()}
    given: dict[str, tuple[Given, ...]] = {}
    sound = _names_are_known(wired, layer, known, nodes, diagnostics)
    for fed in wired.flat.fed:
        tensors = _tensors(wired, fed, nodes, diagnostics)
        if tensors is None:
            sound = False
        elif fed.argument is None:
            placed = _by_position(wired, layer, fed, tensors, known, diagnostics)
            sound = sound and placed is not None
            given |= placed or {}
        elif fed.argument not in known:
            sound = False
        elif _number_fits(wired, layer, known[fed.argument], fed, tensors, diagnostics):
            given[fed.argument] = tensors
        else:
            sound = False
    if not sound:
        return None
    ordered = {name: given[name] for name in known if name in given}
    return BoundCall(ordered, frozenset(name for name in ordered if known[name].many))


def _whatever(
    wired: WiredNode, given: tuple[Fed, ...], nodes: Mapping[str, Node], diagnostics: Diagnostics
) -> BoundCall | None:
    """A call of a user's own layer, which alone knows what arguments it has."""
    found: dict[str, tuple[Given, ...]] = {}
    lists: set[str] = set()
    for fed in given:
        name = POSITIONAL if fed.argument is None else fed.argument
        tensors = _tensors(wired, fed, nodes, diagnostics)
        if tensors is None:
            continue
        found[name] = tensors
        if fed.is_list or len(tensors) > 1:
            lists.add(name)
    return BoundCall(found, frozenset(lists)) if len(found) == len(given) else None


def _by_position(
    wired: WiredNode,
    layer: Operation,
    fed: Fed,
    tensors: tuple[Given, ...],
    known: Mapping[str, TensorArgument],
    diagnostics: Diagnostics,
) -> dict[str, tuple[Given, ...]] | None:
    """Tensors given without a name: a layer's go to its first argument, a function's in order."""
    first = next(iter(known.values()))
    if isinstance(layer, Op) and not first.many and 1 < len(tensors) <= len(known):
        return {name: (tensor,) for name, tensor in zip(known, tensors, strict=False)}
    if _number_fits(wired, layer, first, fed, tensors, diagnostics):
        return {first.name: tensors}
    return None


def _count(fed: Fed, nodes: Mapping[str, Node]) -> int:
    """How many tensors are given, as far as that is known: one for what is spoilt."""
    count = 0
    for tensors in fed.tensors:
        node = None
        if tensors is not None and tensors.tensor is None and isinstance(tensors.of, str):
            node = nodes.get(tensors.of)
        count += len(node.outputs) if node is not None else 1
    return count


def _names_are_known(
    wired: WiredNode,
    layer: Operation,
    known: Mapping[str, TensorArgument],
    nodes: Mapping[str, Node],
    diagnostics: Diagnostics,
) -> bool:
    given = wired.flat.fed or ()
    named = [fed.argument for fed in given if fed.argument is not None]
    unknown = [name for name in named if name not in known]
    for name in unknown:
        at = call_place(wired.flat).at(name)
        diagnostics.report(
            codes.UNKNOWN_CALL_ARGUMENT,
            f"`from` of {owner(wired.flat)} names `{name}`, "
            f"which is no tensor argument of {layer.called()}",
            at.key_span,
            path=at.path,
            help=_help_for_unknown(name, layer, known),
        )
    by_position = sum(
        _count(fed, nodes) if isinstance(layer, Op) else 1 for fed in given if fed.argument is None
    )
    missing = [
        argument.name
        for position, argument in enumerate(known.values())
        if argument.required and argument.name not in named and position >= by_position
    ]
    if missing and not unknown:
        place = call_place(wired.flat)
        needed = ", ".join(f"{name}: …" for name in known if known[name].required or name in named)
        diagnostics.report(
            codes.MISSING_CALL_ARGUMENT,
            f"{owner(wired.flat)} is not given `{missing[0]}`, which {layer.called()} is called on",
            place.span,
            path=place.path,
            help=f"write `from: {{{needed}}}`",
        )
    return not unknown and not missing


def _help_for_unknown(
    name: str, layer: Operation, known: Mapping[str, TensorArgument]
) -> str | None:
    if name in layer.Call.key_names():
        return f"`{name}` is no tensor: write it under `call`"
    return did_you_mean(name, known) or f"it is called on {', '.join(f'`{k}`' for k in known)}"


def _tensors(
    wired: WiredNode, fed: Fed, nodes: Mapping[str, Node], diagnostics: Diagnostics
) -> tuple[Given, ...] | None:
    """The tensors that an argument's references name; a node that gives several gives them all."""
    found: list[Given] = []
    sound = True
    place = call_place(wired.flat)
    for reference, tensors in zip(fed.references, fed.tensors, strict=True):
        edges = flattened(tensors, reference, place, nodes, diagnostics) if tensors else None
        if edges is None:
            sound = False
        else:
            found += [
                Given(edge, nodes[edge.producer].outputs[edge.tensor], reference) for edge in edges
            ]
    return tuple(found) if sound else None


def _number_fits(
    wired: WiredNode,
    layer: Operation,
    takes: TensorArgument,
    argument: Fed,
    tensors: tuple[Given, ...],
    diagnostics: Diagnostics,
) -> bool:
    if takes.many or len(tensors) == 1:
        return True
    place = call_place(wired.flat)
    at = place.at(argument.argument) if argument.argument else place
    others = [a.name for a in layer.tensor_arguments()]
    if wired.flat.from_place is None:
        path = argument.references[0].path
        help = f"end the chain with `{path}`, and call the rest on one of its tensors, `{path}:0`"
    elif len(argument.references) == 1 and _come_from_outside(wired, tensors):
        path = argument.references[0].path
        help = (
            f"`{path}` is given {len(tensors)} tensors where the block is called: join them first, "
            "in a node of `merges`"
        )
    elif len(argument.references) == 1:
        path = argument.references[0].path
        help = f"`{path}` gives {len(tensors)} tensors: choose one, `{path}:0` for the first"
    elif len(others) > 1 and argument.argument is None:
        help = f"name them: `from: {{{', '.join(f'{name}: …' for name in others[:2])}}}`"
    else:
        help = "join them first, in a node of `merges`"
    diagnostics.report(
        codes.WRONG_NUMBER_OF_TENSORS,
        f"{owner(wired.flat)} is called on {len(tensors)} tensors, "
        f"and {layer.called()} takes one as `{takes.name}`",
        at.span,
        path=at.path,
        help=help,
    )
    return False


def _come_from_outside(wired: WiredNode, tensors: tuple[Given, ...]) -> bool:
    """Whether tensors are made outside of the block that a node is in."""
    scope = wired.flat.scope
    return bool(scope and wired.flat.calls) and not any(
        tensor.edge.producer.startswith(f"{scope}.") for tensor in tensors
    )
