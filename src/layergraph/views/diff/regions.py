"""Nodes that came or went together, and what they stand between."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from layergraph.views.diff.sides import Side


def beyond(side: Side, known: AbstractSet[int]) -> list[tuple[int, int] | None]:
    """For each node that is on one side alone, the one tensor that it is all made of.

    None where that are several, or none, and for nodes that are on both sides.

    Args:
        side: the side.
        known: the nodes that are on both.
    """
    found: list[tuple[int, int] | None] = []
    for number, links in enumerate(side.links):
        sources = {
            (link.producer, link.tensor) if link.producer in known else found[link.producer]
            for link in links
        }
        one = next(iter(sources)) if len(sources) == 1 else None
        found.append(None if number in known else one)
    return found


class Regions:
    """The regions of the nodes that are on one side alone: those that are called on each other.

    `of` maps such a node to the number of its region, counted from `start` on.
    """

    def __init__(self, side: Side, known: AbstractSet[int], start: int) -> None:
        self._side = side
        self._known = known
        self.of: dict[int, int] = {}
        for number in range(len(side.nodes)):
            if number not in known and number not in self.of:
                self._spread(number, start + number)

    def _spread(self, number: int, region: int) -> None:
        waiting = [number]
        self.of[number] = region
        while waiting:
            one = waiting.pop()
            for link in (*self._side.links[one], *self._side.uses[one]):
                other = link.producer
                if other not in self._known and other not in self.of:
                    self.of[other] = region
                    waiting.append(other)

    def near(self, number: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of the nodes that one is called on, and of those that are called on it."""
        before = dict.fromkeys(self._side.name(link.producer) for link in self._side.links[number])
        after = dict.fromkeys(self._side.name(use.producer) for use in self._side.uses[number])
        return tuple(before), tuple(after)
