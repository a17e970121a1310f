"""Places of values in a graph file: the tree at a path, with the path."""

from __future__ import annotations

from typing import NamedTuple

from layergraph.diagnostics import Span
from layergraph.syntax.tree import Mapping, Sequence, Tree

Path = tuple[str | int, ...]


class Place(NamedTuple):
    """A value of the file: its tree, the path of keys and positions that leads to it, its key."""

    tree: Tree
    path: Path
    key_span: Span

    def at(self, *steps: str | int) -> Place:
        """The place that the steps lead to, or the last one on the way that exists."""
        place = self
        for step in steps:
            tree = place.tree
            if isinstance(tree, Mapping) and step in tree.entries:
                entry = tree.entries[str(step)]
                place = Place(entry.value, (*place.path, step), entry.key_span)
            elif isinstance(tree, Sequence) and isinstance(step, int) and step < len(tree.items):
                item = tree.items[step]
                place = Place(item, (*place.path, step), item.span)
            else:
                break
        return place

    def has(self, key: str) -> bool:
        """Whether it is a mapping with this key."""
        return isinstance(self.tree, Mapping) and key in self.tree.entries

    @property
    def span(self) -> Span:
        """Where the value stands."""
        return self.tree.span
