"""Windows: neighbouring items of a level, and which of them are made alike."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from layergraph.importers.structure.items import Item, Level, Ref

LONGEST = 64
"""The most items that a block may have when it is found."""

MOST_INPUTS = 3


class Search(NamedTuple):
    """What windows may be.

    `inputs` is the most that they are called on; `has_instances` says whether there may be
    instances in them, `is_closed` that nothing else is called on what they are called on.
    """

    inputs: int
    has_instances: bool
    is_closed: bool = False


_INSTANCE = 70
"""About how many characters it takes to call a block."""


class Window(NamedTuple):
    """Items of a level, by the numbers of the first and of the one after the last."""

    level: Level
    start: int
    end: int

    @property
    def items(self) -> list[Item]:
        """The items in it."""
        return self.level.items[self.start : self.end]


class Alike(NamedTuple):
    """Windows that are made alike and do not overlap, and about how much a block would save."""

    windows: tuple[Window, ...]
    saves: int


def alike_windows(levels: list[Level], search: Search) -> list[Alike]:
    """Every kind of window that is there several times, what saves most first."""
    by_shape: dict[Hashable, list[Window]] = {}
    for level in levels:
        for shape, window in _windows_of(level, search):
            by_shape.setdefault(shape, []).append(window)
    found = []
    for windows in by_shape.values():
        if len(windows) > 1:
            apart = _apart(windows)
            saves = _estimate(apart)
            if len(apart) > 1 and saves > 0 and not _repeats_itself(apart[0]):
                found.append(Alike(tuple(apart), saves))
    return sorted(found, key=lambda alike: -alike.saves)


def _windows_of(level: Level, search: Search) -> Iterator[tuple[Hashable, Window]]:
    items = level.items
    owner = {leaf: number for number, item in enumerate(items) for leaf in item.leaves}
    first_user = [len(items)] * len(items)
    last_user: dict[str, int] = dict.fromkeys((ref.leaf for ref in level.outputs), len(items))
    for number in reversed(range(len(items))):
        for ref in items[number].refs:
            last_user.setdefault(ref.leaf, number)
            if ref.leaf in owner:
                first_user[owner[ref.leaf]] = number
    for start in range(len(items)):
        if _runs_on(items, start, owner):
            continue
        shape: Hashable = ()
        inputs: dict[Ref, int] = {}
        open_ends: list[int] = []
        for end in range(start, min(start + LONGEST, len(items))):
            item = items[end]
            if item.is_fixed or (item.rule is not None and not search.has_instances):
                break
            seen: list[Hashable] = []
            for ref in item.refs:
                at = owner.get(ref.leaf, -1)
                if at >= start:
                    seen.append((end - at, items[at].path_to(ref.leaf), ref.rest))
                else:
                    seen.append(-1 - inputs.setdefault(ref, len(inputs)))
            shape = hash((shape, item.kind, tuple(seen)))
            if len(inputs) > search.inputs:
                break
            open_ends = [number for number in open_ends if first_user[number] > end]
            has_one_end = not open_ends
            open_ends.append(end)
            if end == start or not has_one_end or not inputs or _runs_on(items, end + 1, owner):
                continue
            if not search.is_closed or all(last_user[ref.leaf] <= end for ref in inputs):
                yield (end - start, shape), Window(level, start, end + 1)


def shape_of(window: Window) -> Hashable | None:
    """What has to be the same in windows that are made alike; None where one has several ends."""
    items = window.items
    owner = {leaf: number for number, item in enumerate(items) for leaf in item.leaves}
    inputs: dict[Ref, int] = {}
    used: set[int] = set()
    shape: list[Hashable] = []
    for item in items:
        seen: list[Hashable] = []
        for ref in item.refs:
            at = owner.get(ref.leaf)
            if at is None:
                seen.append(inputs.setdefault(ref, len(inputs)))
            else:
                seen.append((at, items[at].path_to(ref.leaf), ref.rest))
                used.add(at)
        shape.append((item.kind, tuple(seen)))
    is_whole = used == set(range(len(items) - 1)) and not any(item.is_fixed for item in items)
    return tuple(shape) if is_whole and 0 < len(inputs) <= MOST_INPUTS else None


def _runs_on(items: list[Item], number: int, owner: dict[str, int]) -> bool:
    """Whether an item is called on the one before it, which is an instance of the same block."""
    if not 0 < number < len(items):
        return False
    rule = items[number].rule
    return (
        rule is not None
        and items[number - 1].rule is rule
        and any(owner.get(ref.leaf) == number - 1 for ref in items[number].refs)
    )


def _apart(windows: list[Window]) -> list[Window]:
    found: list[Window] = []
    for window in windows:
        if not found or found[-1].level is not window.level or found[-1].end <= window.start:
            found.append(window)
    return found


def _estimate(windows: list[Window]) -> int:
    length = sum(item.size for item in windows[0].items)
    return (len(windows) - 1) * length - len(windows) * _INSTANCE


def _repeats_itself(window: Window) -> bool:
    """Whether it is several shorter ones of one kind, one after another."""
    kinds = [item.kind for item in window.items]
    size = len(kinds)
    return any(
        size % period == 0 and kinds == kinds[:period] * (size // period)
        for period in range(1, size // 2 + 1)
    )
