"""Nodes of a graph file: layers and chains, told apart and read."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes, nearest
from layergraph.diagnostics.values import shown
from layergraph.spec.binding import bind
from layergraph.spec.chains import read_items
from layergraph.spec.graph_spec import ChainSpec, NodeSpec
from layergraph.spec.models import ChainKeys, NodeKeys
from layergraph.spec.place import Place
from layergraph.syntax.tree import Mapping, Sequence, Spoiled, plain

KINDS = ("type", "chain")
NODE_KEYS = tuple(dict.fromkeys(NodeKeys.key_names() + ChainKeys.key_names()))


def read_node(
    name: str, place: Place, diagnostics: Diagnostics, *, in_chain: bool = False
) -> NodeSpec | ChainSpec | None:
    """The node at a place; None where a mistake has spoilt it."""
    if isinstance(place.tree, Spoiled):
        return None
    if not isinstance(place.tree, Mapping):
        diagnostics.report(
            codes.WRONG_TYPE,
            f"`{name}` must be a mapping, not {shown(plain(place.tree))}",
            place.span,
            path=place.path,
            help="write `{type: …, from: …}`",
        )
        return None
    kinds = [kind for kind in KINDS if place.has(kind)]
    if len(kinds) != 1:
        _report_kinds(name, kinds, place, diagnostics)
        return None
    if in_chain and place.has("from"):
        at = place.at("from")
        diagnostics.report(
            codes.UNKNOWN_KEY,
            f"`{name}` has a `from`, but is fed by the item before it",
            at.key_span,
            path=at.path,
            help="remove it, or make the item a node of its own in `layers`",
        )
        return None
    if kinds == ["chain"]:
        return _read_chain(name, place, diagnostics, in_chain)
    return _read_layer(name, place, diagnostics, in_chain)


def split(tree: Mapping, keys: tuple[str, ...]) -> tuple[Mapping, Mapping]:
    """The entries of a mapping under `keys`, and the others."""
    inside = {key: entry for key, entry in tree.entries.items() if key in keys}
    outside = {key: entry for key, entry in tree.entries.items() if key not in keys}
    return Mapping(inside, tree.span), Mapping(outside, tree.span)


def _report_kinds(name: str, kinds: list[str], place: Place, diagnostics: Diagnostics) -> None:
    assert isinstance(place.tree, Mapping)
    span, help = place.key_span, "a node has a `type` or a `chain`"
    message = f"`{name}` has no `type`"
    misspelt = [key for key in place.tree.entries if key not in NODE_KEYS and nearest(key, KINDS)]
    if kinds:
        message = f"`{name}` has both `type` and `chain`; a node is one of them"
        span, help = place.at("chain").key_span, "remove one"
    elif misspelt:
        span, help = (
            place.at(misspelt[0]).key_span,
            f"did you mean `{nearest(misspelt[0], KINDS)}`?",
        )
    diagnostics.report(codes.NO_KIND_OF_NODE, message, span, path=place.path, help=help)


def _read_layer(
    name: str, place: Place, diagnostics: Diagnostics, in_chain: bool
) -> NodeSpec | None:
    assert isinstance(place.tree, Mapping)
    own, arguments = split(place.tree, NodeKeys.key_names())
    if in_chain:
        own = split(own, ("name",))[1]  # the chain's to check
    keys = bind(NodeKeys, Place(own, place.path, place.key_span), diagnostics, owner=f"`{name}`")
    if keys is None:
        return None
    call = place.at("call") if place.has("call") else None
    return NodeSpec(keys.type, keys.from_, arguments, call, place, keys.name)


def _read_chain(
    name: str, place: Place, diagnostics: Diagnostics, in_chain: bool
) -> ChainSpec | None:
    also = ("name",) if in_chain else ()
    assert isinstance(place.tree, Mapping)
    tree = split(place.tree, also)[1]
    keys = bind(
        ChainKeys,
        Place(tree, place.path, place.key_span),
        diagnostics,
        owner=f"`{name}`",
        also=also,
    )
    items = place.at("chain")
    if not isinstance(items.tree, Sequence):
        return None
    read, steps = read_items(name, items, read_node, diagnostics)
    return ChainSpec(read, steps, keys.from_, place) if keys else None
