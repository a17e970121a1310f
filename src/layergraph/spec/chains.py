"""Items of a chain: read one by one, each named by a name of its own or by its number."""

from __future__ import annotations

from typing import Protocol

from layergraph.diagnostics import Diagnostics, Related, codes
from layergraph.diagnostics.values import shown
from layergraph.spec.graph_spec import ChainSpec, NodeSpec
from layergraph.spec.names import check_name
from layergraph.spec.place import Place
from layergraph.syntax.tree import Entry, Mapping, Scalar, Sequence, Spoiled, plain

Item = NodeSpec | ChainSpec | None


class ReadNode(Protocol):
    """What reads a node, wherever it stands."""

    def __call__(
        self, name: str, place: Place, diagnostics: Diagnostics, *, in_chain: bool = False
    ) -> Item:
        """The node at a place; None where a mistake has spoilt it."""


def read_items(
    chain: str, place: Place, read_node: ReadNode, diagnostics: Diagnostics
) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """The items of the list at a place, and the steps by which references name them."""
    assert isinstance(place.tree, Sequence)
    items: list[Item] = []
    steps: list[str] = []
    named: dict[str, Place] = {}
    for number in range(1, len(place.tree.items) + 1):
        at = _whole(place.at(number - 1))
        items.append(read_node(f"{chain}.{number}", at, diagnostics, in_chain=True))
        step = str(number)
        if at.has("name"):
            name = _own_name(chain, number, at.at("name"), named, diagnostics)
            if name is None:
                items[-1] = None
            step = name or step
        steps.append(step)
    return tuple(items), tuple(steps)


def _whole(place: Place) -> Place:
    """The place of an item, with a bare type name written out."""
    if isinstance(place.tree, Scalar) and isinstance(place.tree.value, str):
        entry = Entry("type", place.span, place.tree)
        return Place(Mapping({"type": entry}, place.span), place.path, place.span)
    return place


def _own_name(
    chain: str, number: int, at: Place, named: dict[str, Place], diagnostics: Diagnostics
) -> str | None:
    """The name that an item gives itself; None where it is no name for an item."""
    if isinstance(at.tree, Spoiled):
        return None
    name = plain(at.tree)
    if not isinstance(name, str):
        diagnostics.report(
            codes.WRONG_TYPE,
            f"`name` of `{chain}.{number}` must be a string, not {shown(name)}",
            at.span,
            path=at.path,
        )
        return None
    if name.isdigit():
        diagnostics.report(
            codes.INVALID_NAME,
            f"item {number} of `{chain}` is named `{name[:64]}`, which would count items",
            at.span,
            path=at.path,
            help="begin the name with a letter",
        )
        return None
    if not check_name(name, at._replace(key_span=at.span), diagnostics):
        return None
    first = named.setdefault(name.lower(), at)
    if first is not at:
        differs = "" if plain(first.tree) == name else ", but for case"
        diagnostics.report(
            codes.NAME_CLASH,
            f"two items of `{chain}` are named `{name}`{differs}",
            at.span,
            path=at.path,
            related=(Related(f"`{plain(first.tree)}` stands here", first.span),),
            help="rename one, or leave the name out: an item has its number",
        )
        return None
    return name
