"""Nodes of a graph file: layers and chains, told apart and read."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes, did_you_mean
from layergraph.spec.binding import bind, shown
from layergraph.spec.graph_spec import ChainSpec, NodeSpec
from layergraph.spec.models import ChainKeys, NodeKeys
from layergraph.spec.names import check_name
from layergraph.spec.place import Place
from layergraph.syntax.tree import Entry, Mapping, Scalar, Sequence, Spoiled, plain

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
    return _read_layer(name, place, diagnostics)


def split(tree: Mapping, keys: tuple[str, ...]) -> tuple[Mapping, Mapping]:
    """The entries of a mapping under `keys`, and the others."""
    inside = {key: entry for key, entry in tree.entries.items() if key in keys}
    outside = {key: entry for key, entry in tree.entries.items() if key not in keys}
    return Mapping(inside, tree.span), Mapping(outside, tree.span)


def _report_kinds(name: str, kinds: list[str], place: Place, diagnostics: Diagnostics) -> None:
    assert isinstance(place.tree, Mapping)
    if kinds:
        message = f"`{name}` has both `type` and `chain`; a node is one of them"
        span, help = place.at("chain").key_span, "remove one"
    else:
        message, span = f"`{name}` has no `type`", place.key_span
        meant = [did_you_mean(key, KINDS) for key in place.tree.entries if key not in NODE_KEYS]
        help = next((h for h in meant if h), "a node has a `type` or a `chain`")
    diagnostics.report(codes.NO_KIND_OF_NODE, message, span, path=place.path, help=help)


def _read_layer(name: str, place: Place, diagnostics: Diagnostics) -> NodeSpec | None:
    assert isinstance(place.tree, Mapping)
    own, arguments = split(place.tree, NodeKeys.key_names())
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
    read = [
        _read_item(f"{name}.{number}", items.at(number - 1), diagnostics)
        for number in range(1, len(items.tree.items) + 1)
    ]
    _check_item_names(name, read, items, diagnostics)
    return ChainSpec(tuple(read), keys.from_, place) if keys else None


def _read_item(name: str, place: Place, diagnostics: Diagnostics) -> NodeSpec | ChainSpec | None:
    if isinstance(place.tree, Scalar) and isinstance(place.tree.value, str):
        entry = Entry("type", place.span, place.tree)
        place = Place(Mapping({"type": entry}, place.span), place.path, place.span)
    return read_node(name, place, diagnostics, in_chain=True)


def item_name(place: Place) -> str | None:
    """The name that an item of a chain has of its own."""
    named = place.at("name").tree if place.has("name") else None
    return named.value if isinstance(named, Scalar) and isinstance(named.value, str) else None


def _check_item_names(
    chain: str,
    items: list[NodeSpec | ChainSpec | None],
    place: Place,
    diagnostics: Diagnostics,
) -> None:
    seen: set[str] = set()
    for position in range(len(items)):
        item = place.at(position)
        name = item_name(item)
        if name is None:
            continue
        at = item.at("name")
        if name.isdigit():
            diagnostics.report(
                codes.INVALID_NAME,
                f"item {position + 1} of `{chain}` is named `{name}`, which would count items",
                at.span,
                path=at.path,
                help="begin the name with a letter",
            )
            items[position] = None
        elif not check_name(name, Place(at.tree, at.path, at.span), diagnostics):
            items[position] = None
        elif name.lower() in seen:
            diagnostics.report(
                codes.NAME_CLASH,
                f"two items of `{chain}` are named `{name}`",
                at.span,
                path=at.path,
            )
        seen.add(name.lower())
