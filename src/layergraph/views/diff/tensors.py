"""Which tensor of one side is which of the other."""

from __future__ import annotations

from collections.abc import Mapping

from layergraph.views.diff.regions import beyond
from layergraph.views.diff.sides import Side

Tensor = tuple[int, int]
"""The number of the node that makes it, and which of its tensors it is."""


class Tensors:
    """The tensors of two sides, whose nodes are paired."""

    def __init__(self, old: Side, new: Side, pairs: Mapping[int, int]) -> None:
        self.pairs = pairs
        self._known_new = frozenset(pairs.values())
        self._beyond_old = beyond(old, frozenset(pairs))
        self._beyond_new = beyond(new, self._known_new)

    def are_same(self, old: Tensor | None, new: Tensor | None) -> bool:
        """Whether one node makes both."""
        if old is None or new is None or old[0] not in self.pairs:
            return False
        return (self.pairs[old[0]], old[1]) == new

    def are_explained(self, old: Tensor | None, new: Tensor | None) -> bool:
        """Whether one is the other, but for nodes that came between, or went."""
        if old is None or new is None:
            return False
        before = old if old[0] in self.pairs else self._beyond_old[old[0]]
        after = new if new[0] in self._known_new else self._beyond_new[new[0]]
        return self.are_same(before, after)
