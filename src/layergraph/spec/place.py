"""Places of values in a graph file: the tree at a path, with the path."""

from __future__ import annotations

from typing import NamedTuple

from layergraph.diagnostics import Span
from layergraph.syntax.tree import Mapping, Scalar, Sequence, Tree

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

    def gives(self, key: str) -> bool:
        """Whether it has this key with a value: null says what leaving it out says."""
        if not self.has(key):
            return False
        tree = self.at(key).tree
        return not isinstance(tree, Scalar) or tree.value is not None

    @property
    def span(self) -> Span:
        """Where the value stands."""
        return self.tree.span
