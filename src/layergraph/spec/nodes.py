"""Nodes: told apart by the key that says what they are, and read once their values are known."""

from __future__ import annotations

from typing import NamedTuple

from layergraph.diagnostics import Diagnostics, Span, codes, did_you_mean, nearest
from layergraph.diagnostics.values import shown
from layergraph.layers.catalog import LAYERS
from layergraph.objects.base import StrictModel
from layergraph.spec.binding import bind
from layergraph.spec.graph_spec import NodeSpec
from layergraph.spec.node_keys import COPYING, KINDS, LeftOutKeys
from layergraph.spec.place import Place
from layergraph.spec.references import Connection
from layergraph.syntax.tree import Mapping, Spoiled, plain

NODE_KEYS = tuple(
    dict.fromkeys([*(key for keys in KINDS.values() for key in keys.key_names()), *COPYING])
)
"""Every key that some node may have beside arguments."""

OP_PREFIX = "ops."
"""What the `type` of a function of `keras.ops` begins with."""

_TAKES_ARGUMENTS = ("type", "block")


class Outline(NamedTuple):
    """What a node is, and the places that say whether it is there and how often."""

    kind: str
    place: Place
    when: Place | None
    repeat: Place | None
    each: Place | None


def outline(
    name: str, place: Place, diagnostics: Diagnostics, *, in_chain: bool = False
) -> Outline | None:
    """What the node at a place is, its values still unknown; None where a mistake has spoilt it."""
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
    if not kinds and not place.tree.is_whole:
        return None
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
    when, repeat, each = (place.at(key) if place.has(key) else None for key in COPYING)
    if repeat is not None and each is not None:
        diagnostics.report(
            codes.CONFLICTING_ARGUMENTS,
            f"`{name}` has both `repeat` and `each`; its copies come one after another, "
            "or side by side",
            each.key_span,
            path=each.path,
            help="drop one; a block, or a chain in a chain, has copies of copies",
        )
        return None
    return Outline(kinds[0], place, when, repeat, each)


def split(tree: Mapping, keys: tuple[str, ...]) -> tuple[Mapping, Mapping]:
    """The entries of a mapping under `keys`, and the others."""
    inside = {key: entry for key, entry in tree.entries.items() if key in keys}
    outside = {key: entry for key, entry in tree.entries.items() if key not in keys}
    return tree._replace(entries=inside), tree._replace(entries=outside)


def read_node(
    name: str, kind: str, place: Place, diagnostics: Diagnostics, *, in_chain: bool = False
) -> NodeSpec | None:
    """The node at a place whose expressions have their values; None where a mistake spoils it."""
    assert isinstance(place.tree, Mapping)
    model = KINDS[kind]
    also = (*COPYING, "name") if in_chain else COPYING
    tree = split(place.tree, also)[1]  # `name` of an item is the chain's to check
    arguments = Mapping({}, tree.span)
    if kind in _TAKES_ARGUMENTS:
        tree, arguments = split(tree, model.key_names())
    keys = bind(
        model,
        Place(tree, place.path, place.key_span),
        diagnostics,
        owner=f"`{name}`",
        also=() if kind in _TAKES_ARGUMENTS else also,
    )
    if keys is None:
        return None
    spec = _spec(kind, keys, arguments, place)
    if not in_chain and _section(place) == "merges":
        _check_joins(name, spec, diagnostics)
    return spec if _may_be_left_out(name, spec, diagnostics, in_chain=in_chain) else None


def left_out(place: Place) -> Place:
    """What is read of the node at a place if it is left out: what may stand for it."""
    assert isinstance(place.tree, Mapping)
    return place._replace(tree=split(place.tree, (*LeftOutKeys.key_names(), "when"))[0])


def read_left_out(
    name: str, kind: str, place: Place, diagnostics: Diagnostics, *, in_chain: bool = False
) -> NodeSpec | None:
    """The node that is left out; None where a mistake spoils what stands for it."""
    assert isinstance(place.tree, Mapping)
    own = place._replace(tree=split(place.tree, LeftOutKeys.key_names())[0])
    keys = bind(LeftOutKeys, own, diagnostics, owner=f"`{name}`")
    if keys is None:
        return None
    spec = NodeSpec(kind, "", keys.from_, keys.else_, Mapping({}, place.span), None, place)
    return spec if _may_be_left_out(name, spec, diagnostics, in_chain=in_chain) else None


def _section(place: Place) -> str | int:
    """The section of the file or of a block that an entry stands in."""
    return place.path[2 if place.path[0] == "blocks" else 0]


def _check_joins(name: str, spec: NodeSpec, diagnostics: Diagnostics) -> None:
    """A node of `merges` joins tensors."""
    joining = LAYERS.families["merging"]
    if spec.kind == "type" and (spec.named in joining or LAYERS.find(spec.named) is None):
        return
    at = spec.place.at(spec.kind if spec.kind != "chain" else "type")
    diagnostics.report(
        codes.NOT_A_CHOICE,
        f"`{name}` joins nothing: `merges` holds {', '.join(joining)}",
        at.span,
        path=at.path,
        help="move it to `layers`",
    )


def _spec(kind: str, keys: StrictModel, arguments: Mapping, place: Place) -> NodeSpec:
    named = getattr(keys, kind)
    return NodeSpec(
        kind=kind,
        named=str(named) if kind != "chain" else "",
        connections=getattr(keys, "from_", None),
        otherwise=getattr(keys, "else_", None),
        arguments=arguments,
        call=place.at("call") if place.has("call") else None,
        place=place,
        name=getattr(keys, "name", None),
        nested=getattr(keys, "nested", False),
    )


def _may_be_left_out(
    name: str, spec: NodeSpec, diagnostics: Diagnostics, *, in_chain: bool
) -> bool:
    """Whether a node says what stands for it where its `when` leaves it out."""
    place = spec.place
    if place.has("else") and not place.has("when"):
        at = place.at("else")
        diagnostics.report(
            codes.CONFLICTING_ARGUMENTS,
            f"`{name}` has an `else`, but no `when`",
            at.key_span,
            path=at.path,
            help="add `when: …`, or drop it",
        )
        return False
    if not place.has("when") or spec.otherwise or in_chain or not spec.connections:
        return True
    if is_single(spec.connections):
        return True
    at = place.at("when")
    diagnostics.report(
        codes.MISSING_KEY,
        f"`{name}` may be left out, and is called on several tensors: nothing says which of them "
        "then stands for it",
        at.key_span,
        path=at.path,
        help="add `else: …`",
    )
    return False


def is_single(connections: tuple[Connection, ...]) -> bool:
    """Whether a `from` is one reference."""
    return len(connections) == 1 and len(connections[0].references) == 1


def has_misspelt_from(spec: NodeSpec) -> bool:
    """Whether `from` is missing because it is misspelt, which is an unknown argument already."""
    described = LAYERS.find(spec.named) if spec.kind == "type" else None
    known = (*(described.key_names() if described else ()), *NODE_KEYS)
    return any(key not in known and nearest(key, known) == "from" for key in spec.arguments.entries)


def _report_kinds(name: str, kinds: list[str], place: Place, diagnostics: Diagnostics) -> None:
    assert isinstance(place.tree, Mapping)
    span: Span = place.key_span
    help: str | None = "a node has a `type`, a `block`, a `chain` or a `use`"
    message = f"`{name}` has no `type`"
    misspelt = [key for key in place.tree.entries if key not in NODE_KEYS and nearest(key, KINDS)]
    if kinds:
        message = f"`{name}` has both `{kinds[0]}` and `{kinds[1]}`; a node is one of them"
        span, help = place.at(kinds[1]).key_span, "remove one"
    elif misspelt:
        span, help = place.at(misspelt[0]).key_span, did_you_mean(misspelt[0], KINDS)
    diagnostics.report(codes.NO_KIND_OF_NODE, message, span, path=place.path, help=help)
