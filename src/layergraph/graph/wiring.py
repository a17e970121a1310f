"""Which node feeds which: references resolved, and layers' arguments checked."""

from __future__ import annotations

from typing import NamedTuple

from layergraph.diagnostics import Diagnostics, codes, did_you_mean, nearest
from layergraph.expand.flat import FlatGraph, FlatNode
from layergraph.graph.resolving import resolve
from layergraph.layers.base import CallArguments, Layer
from layergraph.layers.catalog import LAYERS
from layergraph.spec.binding import bind
from layergraph.spec.nodes import NODE_KEYS
from layergraph.spec.place import Place
from layergraph.spec.references import Reference


class Wired(NamedTuple):
    """An argument of a call, with the nodes that its references name; None is a spoilt one."""

    name: str | None
    references: tuple[Reference, ...]
    producers: tuple[str | None, ...]
    is_list: bool


class WiredNode(NamedTuple):
    """A node with its layer and its producers; `layer` and `call` are None where spoilt."""

    flat: FlatNode
    layer: Layer | None
    call: CallArguments | None
    arguments: tuple[Wired, ...] | None

    @property
    def producers(self) -> list[str]:
        """The paths of the nodes that feed it, as far as they are known."""
        return [p for a in self.arguments or () for p in a.producers if p is not None]


def wire(flat: FlatGraph, diagnostics: Diagnostics) -> dict[str, WiredNode]:
    """Check every node's arguments and resolve its references."""
    wired = {}
    for path, node in flat.nodes.items():
        layer_class = _layer_class(node, diagnostics)
        layer = _layer(node, layer_class, diagnostics) if layer_class else None
        call = _call(node, layer, diagnostics) if layer else None
        wired[path] = WiredNode(node, layer, call, _arguments(node, layer_class, flat, diagnostics))
    return wired


def owner(node: FlatNode) -> str:
    """What messages call a node: the key that its `from` stands under."""
    if node.place.path[0] == "outputs":
        return f"output `{node.place.path[1]}`"
    if node.from_place is not None:
        return f"`{node.from_place.path[1]}`"
    return f"`{node.path}`"


def called(node: FlatNode) -> str:
    """What messages call the layer itself, which in a chain is one of its items."""
    return owner(node) if node.place.path[0] == "outputs" else f"`{node.path}`"


def call_place(node: FlatNode) -> Place:
    """Where a node says what it is called on; an item of a chain, which does not, is at fault."""
    return node.from_place or type_place(node)


def type_place(node: FlatNode) -> Place:
    """Where a node says what it is: its `type`, or its `task`, or the node itself."""
    for key in ("type", "task"):
        if node.place.has(key):
            return node.place.at(key)
    return node.place


def _layer_class(node: FlatNode, diagnostics: Diagnostics) -> type[Layer] | None:
    found = LAYERS.find(node.type)
    if found is not None:
        assert issubclass(found, Layer)
        return found
    at = type_place(node)
    if node.type in LAYERS.refused:
        diagnostics.report(
            codes.REFUSED_TYPE,
            f"{called(node)} is a `{node.type}`, which layergraph refuses: "
            f"{LAYERS.refused[node.type]}",
            at.span,
            path=at.path,
            help="write what it computes as layers of `keras.layers`",
        )
    else:
        diagnostics.report(
            codes.UNKNOWN_TYPE,
            f"{called(node)} is a `{node.type[:64]}`, which is no layer that layergraph knows",
            at.span,
            path=at.path,
            help=did_you_mean(node.type, LAYERS.names)
            or "a `type` is the name of a layer in `keras.layers`",
        )
    return None


def _layer(node: FlatNode, described: type[Layer], diagnostics: Diagnostics) -> Layer | None:
    place = Place(node.arguments, node.place.path, node.place.key_span)
    return bind(
        described,
        place,
        diagnostics,
        owner=called(node),
        also=NODE_KEYS,
        missing_at=type_place(node).span,
    )


def _call(node: FlatNode, layer: Layer, diagnostics: Diagnostics) -> CallArguments | None:
    if node.call is None:
        return layer.Call.model_construct()  # nothing given, so nothing to check
    return bind(layer.Call, node.call, diagnostics, owner=f"`call` of {called(node)}")


def _arguments(
    node: FlatNode, described: type[Layer] | None, flat: FlatGraph, diagnostics: Diagnostics
) -> tuple[Wired, ...] | None:
    if node.connections is None:
        if not _has_misspelt_from(node, described):
            name = str(node.place.path[1])
            spec = flat.spec.nodes.get(name)  # the chain, where it is the first item of one
            place = spec.place if spec else node.place
            diagnostics.report(
                codes.MISSING_FROM,
                f"`{name}` has no `from`",
                place.key_span,
                path=place.path,
                help="add `from: …` with what it is called on; nothing is implied by order",
            )
        return None
    place = call_place(node)
    return tuple(
        Wired(
            connection.argument,
            connection.references,
            tuple(
                resolve(reference, owner(node), place, flat, diagnostics)
                for reference in connection.references
            ),
            connection.is_list,
        )
        for connection in node.connections
    )


def _has_misspelt_from(node: FlatNode, described: type[Layer] | None) -> bool:
    """Whether `from` is missing because it is misspelt, which is an unknown argument already."""
    known = (*(described.key_names() if described else ()), *NODE_KEYS)
    return any(key not in known and nearest(key, known) == "from" for key in node.arguments.entries)
