"""The entries of sections: names with their places."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics
from layergraph.spec.names import check_distinct, check_name
from layergraph.spec.place import Place
from layergraph.syntax.tree import Mapping

NAMING = ("inputs", "layers", "merges")
"""The sections whose names `from` may give."""


def entries_of(holder: Place, section: str, diagnostics: Diagnostics) -> dict[str, Place | None]:
    """The entries of a section by name, which is checked; none where the section is no mapping."""
    if not holder.has(section):
        return {}
    place = holder.at(section)
    if not isinstance(place.tree, Mapping):
        return {}
    found: dict[str, Place | None] = {}
    for name in place.tree.entries:
        found[name] = place.at(name)
        check_name(name, place.at(name), diagnostics)
    return found


def without_sections(holder: Place, sections: tuple[str, ...]) -> Place:
    """The mapping with every section that is one emptied: sections are read entry by entry."""
    assert isinstance(holder.tree, Mapping)
    entries = {
        key: entry._replace(value=Mapping({}, entry.value.span))
        if isinstance(entry.value, Mapping) and key in sections
        else entry
        for key, entry in holder.tree.entries.items()
    }
    return Place(Mapping(entries, holder.tree.span), holder.path, holder.key_span)


def ambiguous_names(file: Place, diagnostics: Diagnostics) -> frozenset[str]:
    """The names that two nodes have. Outputs have a namespace of their own."""
    check_distinct(
        _named(file, ("outputs",)), diagnostics, help="rename one: case alone tells no two apart"
    )
    help = "inputs, layers and merges share one set of names: rename one"
    return check_distinct(_named(file, NAMING), diagnostics, help=help)


def _named(file: Place, sections: tuple[str, ...]) -> list[tuple[str, Place]]:
    places = [file.at(section) for section in sections if file.has(section)]
    return [
        (name, place.at(name))
        for place in places
        if isinstance(place.tree, Mapping)
        for name in place.tree.entries
    ]
