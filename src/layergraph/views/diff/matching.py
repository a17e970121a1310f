"""Which nodes of two sides are the same.

What has its name, its layer and all that comes before it, or after it, unchanged, is the same; and
so is what has its name, its layer, and what is next to it on one side. The rest is aligned, so that
a node that is called otherwise is found by its layer and its place. A pair of different names stays
one only where it is called on the same, and with something around it in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping

from layergraph.views.diff.alignment import Item, aligned
from layergraph.views.diff.sides import Side, Signatures
from layergraph.views.diff.sources import changed_sources, given_to
from layergraph.views.diff.tensors import Tensors

Step = Callable[[Side, int], list[int]]
"""From a node to those next to it, in one direction."""


def matched(old: Side, new: Side, signatures: Signatures) -> dict[int, int]:
    """The number of each node of the old side that there still is, and its number on the new."""
    return _Matching(old, new, signatures).pairs


class _Matching:
    """Pairs, found one way after the other; each leaves alone what those before it found."""

    def __init__(self, old: Side, new: Side, signatures: Signatures) -> None:
        self._old = old
        self._new = new
        self._signatures = signatures
        self.pairs: dict[int, int] = {}
        self._taken: set[int] = set()
        for keys in (_by_all_before, _by_all_after, _by_those_before, _by_those_after):
            self._pair_alike(keys(old, signatures), keys(new, signatures))
        self._align()
        self._drop_what_has_no_place()
        self._pair_alike(_by_name(old), _by_name(new))
        self._pair_by_place()

    def _left(self, old: Iterable[int]) -> list[int]:
        return [number for number in old if number not in self.pairs]

    def _take(self, old: int, new: int) -> None:
        self.pairs[old] = new
        self._taken.add(new)

    def _pair_alike(self, old: list[Hashable], new: list[Hashable]) -> None:
        """Pair what has the same key, in order."""
        found: dict[Hashable, list[int]] = defaultdict(list)
        for number, key in enumerate(new):
            if number not in self._taken:
                found[key].append(number)
        for queue in found.values():
            queue.reverse()
        for number, key in enumerate(old):
            if number not in self.pairs and found.get(key):
                self._take(number, found[key].pop())

    def _align(self) -> None:
        old = self._left(range(len(self._old.nodes)))
        new = [n for n in range(len(self._new.nodes)) if n not in self._taken]
        found = aligned(_items(self._old, old), _items(self._new, new))
        for i, j in found:
            self._take(old[i], new[j])

    def _drop_what_has_no_place(self) -> None:
        """Undo pairs of different names that nothing around them speaks for."""
        renamed = {a: b for a, b in self.pairs.items() if self._old.name(a) != self._new.name(b)}
        trusted = {a for a in self.pairs if a not in renamed or self._is_at_one_input(a)}
        waiting = list(trusted)
        while waiting:
            for other in self._around(waiting.pop()):
                if other in renamed and other not in trusted and self._fits(other, trusted):
                    trusted.add(other)
                    waiting.append(other)
        self._drop(a for a in renamed if a not in trusted)
        moved = self._moved(renamed)
        while moved:
            self._drop(moved)
            moved = self._moved(renamed)

    def _drop(self, olds: Iterable[int]) -> None:
        for old in olds:
            self._taken.discard(self.pairs.pop(old))

    def _moved(self, renamed: Iterable[int]) -> list[int]:
        """The pairs of different names that are called on other tensors, and so stand elsewhere."""
        tensors = Tensors(self._old, self._new, self.pairs)
        sides = self._old, self._new
        return [
            old
            for old in renamed
            if old in self.pairs
            and any(
                changed_sources(
                    given_to(self._old, old), given_to(self._new, self.pairs[old]), sides, tensors
                )
            )
        ]

    def _is_at_one_input(self, old: int) -> bool:
        a, b = self._old.nodes[old], self._new.nodes[self.pairs[old]]
        return a.input is not None and b.input is not None and self._labels_agree(old)

    def _labels_agree(self, old: int) -> bool:
        return self._old.labels[old] == self._new.labels[self.pairs[old]]

    def _around(self, number: int) -> Iterator[int]:
        """The nodes beside one, and beyond those that are on one side alone."""
        for step in (_producers, _users):
            seen = {number}
            waiting = [number]
            while waiting:
                for other in step(self._old, waiting.pop()):
                    if other in seen:
                        continue
                    seen.add(other)
                    if other in self.pairs:
                        yield other
                    else:
                        waiting.append(other)

    def _fits(self, old: int, trusted: set[int]) -> bool:
        """Whether a pair stands at one place: on one side of it, or where it differs, on both."""
        ways = [self._meets(old, step, trusted) for step in (_producers, _users)]
        return any(ways) if self._labels_agree(old) else all(ways)

    def _meets(self, old: int, step: Step, trusted: set[int]) -> bool | None:
        """Whether a trusted pair is next to both; None where nothing is next to either."""
        new = self.pairs[old]
        near_old = _near(self._old, old, step, self.pairs)
        near_new = _near(self._new, new, step, self._taken)
        if not near_old and not near_new:
            return None
        return any(a in trusted and self.pairs[a] in near_new for a in near_old)

    def _pair_by_place(self) -> None:
        """Pair what is left, where layer and place leave no choice."""
        for step in (self._called_on, self._given_to):
            old, new = step(self._old, self.pairs), step(self._new, _identity(self._taken))
            left = self._left(old)
            by_key: dict[Hashable, list[int]] = defaultdict(list)
            for number in left:
                by_key[old[number]].append(number)
            others: dict[Hashable, list[int]] = defaultdict(list)
            for number, key in new.items():
                if number not in self._taken:
                    others[key].append(number)
            for key, numbers in by_key.items():
                if len(numbers) == 1 and len(others[key]) == 1:
                    self._take(numbers[0], others[key][0])

    def _called_on(self, side: Side, known: Mapping[int, int]) -> dict[int, Hashable]:
        return {
            number: (
                side.labels[number],
                tuple(link._replace(producer=known[link.producer]) for link in links),
            )
            for number, links in enumerate(side.links)
            if links and all(link.producer in known for link in links)
        }

    def _given_to(self, side: Side, known: Mapping[int, int]) -> dict[int, Hashable]:
        return {
            number: (
                side.labels[number],
                tuple(sorted(use._replace(producer=known[use.producer]) for use in uses)),
            )
            for number, uses in enumerate(side.uses)
            if uses and all(use.producer in known for use in uses)
        }


def _by_name(side: Side) -> list[Hashable]:
    return [side.name(number) for number in range(len(side.nodes))]


def _by_all_before(side: Side, signatures: Signatures) -> list[Hashable]:
    """Keys of name, layer, and all that comes before a node."""
    keys: list[int] = []
    for number, links in enumerate(side.links):
        before = tuple(link._replace(producer=keys[link.producer]) for link in links)
        keys.append(signatures.number(("before", _own(side, number), before)))
    return list(keys)


def _by_all_after(side: Side, signatures: Signatures) -> list[Hashable]:
    """Keys of name, layer, and all that comes after a node."""
    keys = [0] * len(side.nodes)
    for number in reversed(range(len(side.nodes))):
        after = tuple(
            sorted(use._replace(producer=keys[use.producer]) for use in side.uses[number])
        )
        key = ("after", _own(side, number), after, side.names_out[number])
        keys[number] = signatures.number(key)
    return list(keys)


def _by_those_before(side: Side, signatures: Signatures) -> list[Hashable]:
    """Keys of name, layer, and what a node is called on."""
    own = [signatures.number(_own(side, number)) for number in range(len(side.nodes))]
    return [
        ("from", own[number], tuple(link._replace(producer=own[link.producer]) for link in links))
        for number, links in enumerate(side.links)
    ]


def _by_those_after(side: Side, signatures: Signatures) -> list[Hashable]:
    """Keys of name, layer, and what is called on a node."""
    own = [signatures.number(_own(side, number)) for number in range(len(side.nodes))]
    return [
        (
            "to",
            own[number],
            tuple(sorted(use._replace(producer=own[use.producer]) for use in uses)),
            side.names_out[number],
        )
        for number, uses in enumerate(side.uses)
    ]


def _own(side: Side, number: int) -> tuple[str, int]:
    return side.name(number), side.labels[number]


def _identity(numbers: Iterable[int]) -> dict[int, int]:
    return {number: number for number in numbers}


def _items(side: Side, numbers: list[int]) -> list[Item]:
    return [Item(side.name(n), side.nodes[n].type, side.labels[n]) for n in numbers]


def _producers(side: Side, number: int) -> list[int]:
    return [link.producer for link in side.links[number]]


def _users(side: Side, number: int) -> list[int]:
    return [use.producer for use in side.uses[number]]


def _near(side: Side, number: int, step: Step, known: Container[int]) -> set[int]:
    """The nearest nodes in one direction that are in a pair."""
    found: set[int] = set()
    seen = {number}
    waiting = [number]
    while waiting:
        for other in step(side, waiting.pop()):
            if other in seen:
                continue
            seen.add(other)
            if other in known:
                found.add(other)
            else:
                waiting.append(other)
    return found
