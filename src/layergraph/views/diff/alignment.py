"""Which items of two sequences are the same: the alignment that leaves the least to be told.

It is that of Needleman and Wunsch (1970): a matrix of the least costs of all beginnings. Two long
sequences are cut first, at items that are the same in both and in one order, and the pieces are
aligned.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

GAP = 10
"""What an item costs that is in one sequence alone."""

_UNCHANGED = -10
_RENAMED = 4
_OTHER_ARGUMENTS = 5
_RENAMED_WITH_OTHER_ARGUMENTS = 16
_OTHER_TYPE = 15
_NEVER = 2 * GAP + 1

_MOST_CELLS = 2_000_000


class Item(NamedTuple):
    """A node: its name, its type, and the label of its layer."""

    name: str
    type: str
    label: int


def cost(old: Item, new: Item) -> int:
    """What it costs to have one item become the other; two gaps are the alternative."""
    if old.name == new.name:
        if old.label == new.label:
            return _UNCHANGED
        return _OTHER_ARGUMENTS if old.type == new.type else _OTHER_TYPE
    if old.label == new.label:
        return _RENAMED
    return _RENAMED_WITH_OTHER_ARGUMENTS if old.type == new.type else _NEVER


def aligned(old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """The positions of items that are the same, or have become each other, in order."""
    if len(old) * len(new) <= _MOST_CELLS:
        yield from _least_cost(old, new)
        return
    start_old = start_new = 0
    for end_old, end_new in (*_in_order(old, new), (len(old), len(new))):
        piece = _aligned_piece(old[start_old:end_old], new[start_new:end_new])
        yield from ((start_old + i, start_new + j) for i, j in piece)
        if end_old < len(old):
            yield end_old, end_new
        start_old, start_new = end_old + 1, end_new + 1


def _aligned_piece(old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """The pairs of a piece; of a long one, its two ends as far as their layers are the same."""
    begin = end = 0
    if len(old) * len(new) > _MOST_CELLS:
        begin = _alike(old, new)
        end = _alike(old[begin:][::-1], new[begin:][::-1])
    yield from ((i, i) for i in range(begin))
    left_old, left_new = old[begin : len(old) - end], new[begin : len(new) - end]
    if len(left_old) * len(left_new) <= _MOST_CELLS:
        yield from ((begin + i, begin + j) for i, j in _least_cost(left_old, left_new))
    yield from ((len(old) - i, len(new) - i) for i in range(end, 0, -1))


def _alike(old: Sequence[Item], new: Sequence[Item]) -> int:
    """How many items at the beginning are of the same layers."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((i for i, (a, b) in pairs if a.label != b.label), min(len(old), len(new)))


def _least_cost(old: Sequence[Item], new: Sequence[Item]) -> list[tuple[int, int]]:
    """The pairs of an alignment of the least cost, and of those one with the most pairs."""
    width = len(new) + 1
    row = [GAP * j for j in range(width)]
    steps = [bytearray(b"\2" * width)]
    for item in old:
        above, row = row, [row[0] + GAP]
        step = bytearray(b"\1")
        diagonal, left = above[0], row[0]
        for j, other in enumerate(new, start=1):
            best, way = diagonal + cost(item, other), 0
            diagonal = above[j]
            if diagonal + GAP < best:
                best, way = diagonal + GAP, 1
            if left + GAP < best:
                best, way = left + GAP, 2
            row.append(best)
            step.append(way)
            left = best
        steps.append(step)
    pairs = []
    i, j = len(old), len(new)
    while i and j:
        way = steps[i][j]
        if way == 0:
            pairs.append((i - 1, j - 1))
        i, j = i - (way != 2), j - (way != 1)
    return pairs[::-1]


def _in_order(old: Sequence[Item], new: Sequence[Item]) -> list[tuple[int, int]]:
    """The longest run of items that are the same in both, and come in one order."""
    places = {(item.name, item.label): j for j, item in enumerate(new)}
    found = [(i, places.get((item.name, item.label))) for i, item in enumerate(old)]
    same = [(i, j) for i, j in found if j is not None]
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(same):
        at = bisect_left(tails, j)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [j]
        ends[at : at + 1] = [number]
    run = []
    number = ends[-1] if ends else -1
    while number >= 0:
        run.append(same[number])
        number = before[number]
    return run[::-1]
