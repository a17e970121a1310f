"""The entries of sections: names with their places."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics
from layergraph.spec.names import NAME, check_distinct, check_name
from layergraph.spec.place import Place
from layergraph.syntax.tree import Mapping, Tree

UNREAD = ""
"""What stands, with None, among the names of a section of which a mistake may have hidden some."""

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


def hides_names(section: Tree) -> bool:
    """Whether a mistake hides a name of a section, or all of them."""
    if not isinstance(section, Mapping) or not section.is_whole:
        return True
    return any(NAME.fullmatch(name) is None for name in section.entries)


def without_sections(holder: Place, sections: tuple[str, ...]) -> Place:
    """The mapping with every section that is one emptied: sections are read entry by entry."""
    assert isinstance(holder.tree, Mapping)
    entries = {
        key: entry._replace(value=Mapping({}, entry.value.span))
        if isinstance(entry.value, Mapping) and key in sections
        else entry
        for key, entry in holder.tree.entries.items()
    }
    return holder._replace(tree=holder.tree._replace(entries=entries))


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
