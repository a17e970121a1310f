"""Items of a chain: each named by a name of its own or by its number."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, Related, codes
from layergraph.diagnostics.values import shown
from layergraph.spec.names import check_name
from layergraph.spec.place import Place
from layergraph.syntax.tree import Entry, Mapping, Scalar, Sequence, Spoiled, plain

Item = tuple[str, Place | None]
"""The step by which references name an item, and its place; None where its name is spoilt."""


def items_of(chain: str, place: Place, diagnostics: Diagnostics) -> tuple[Item, ...]:
    """The items of the list at a place."""
    assert isinstance(place.tree, Sequence)
    items: list[Item] = []
    named: dict[str, Place] = {}
    for number in range(1, len(place.tree.items) + 1):
        at = _whole(place.at(number - 1))
        step: str | None = str(number)
        if at.has("name"):
            step = _own_name(chain, number, at.at("name"), named, diagnostics)
        items.append((step or str(number), at if step else None))
    return tuple(items)


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
