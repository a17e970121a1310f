"""Families: items whose names begin alike, as those of `block2a` and `block2b` do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from layergraph.importers.structure.items import Item, Level
from layergraph.importers.structure.merging import merged
from layergraph.importers.structure.rules import Rule, rule_of
from layergraph.importers.structure.windows import LONGEST, Window, shape_of
from layergraph.importers.structure.wiring import Unfit

_COUNTED = re.compile(r"[0-9]+[a-z]?(?=_|$)|[0-9]+")


class Family(NamedTuple):
    """A rule for windows of items whose names begin alike."""

    rule: Rule
    windows: list[Window]


def families(levels: list[Level]) -> Iterator[Family]:
    """Every rule that is found by how names begin."""
    groups: dict[str, dict[tuple[int, str], list[int]]] = {}
    for number, level in enumerate(levels):
        for position, item in enumerate(level.items):
            for prefix in _prefixes(item):
                family = groups.setdefault(_COUNTED.sub("#", prefix), {})
                family.setdefault((number, prefix), []).append(position)
    for family in groups.values():
        windows = [
            window
            for (number, _), positions in family.items()
            if (window := _window(levels[number], positions, family, number)) is not None
        ]
        if len(windows) > 1:
            found = _joined(windows)
            if found is not None:
                yield found


def _prefixes(item: Item) -> Iterator[str]:
    if item.is_fixed or item.rule is not None or item.name is None:
        return
    for match in re.finditer("_", item.name):
        prefix, suffix = item.name[: match.start()], item.name[match.end() :]
        if _COUNTED.search(prefix) or not suffix[:1].isdigit():
            yield prefix


def _window(
    level: Level,
    positions: list[int],
    family: dict[tuple[int, str], list[int]],
    number: int,
) -> Window | None:
    """The items from the first of a name to the last, and what joins them with what came before."""
    start, end = positions[0], positions[-1] + 1
    others = {p for (n, _), ps in family.items() if n == number for p in ps} - set(positions)
    if end - start < 2 or end - start > LONGEST or any(start <= p < end for p in others):
        return None
    items = level.items
    if any(item.rule is not None for item in items[start:end]):
        return None
    inside = {leaf for item in items[start:end] for leaf in item.leaves}
    while end < len(items) and end not in others and _joins(items[end], inside):
        inside |= items[end].leaves
        end += 1
    while start and start - 1 not in others and _is_beside(level, start, end):
        start -= 1
    return Window(level, start, end)


def _joins(item: Item, inside: set[str]) -> bool:
    """Whether an item joins what is in a window with something else."""
    is_free = not item.is_fixed and item.rule is None
    return is_free and len(item.refs) > 1 and any(ref.leaf in inside for ref in item.refs)


def _is_beside(level: Level, start: int, end: int) -> bool:
    """Whether the item before a window is a branch of it: called on the same, used in it alone."""
    item, window = level.items[start - 1], level.items[start:end]
    if item.is_fixed or item.rule is not None or item.output in {r.leaf for r in level.outputs}:
        return False
    given = {ref for other in window for ref in other.refs}
    users = [other for other in level.items if any(r.leaf == item.output for r in other.refs)]
    return set(item.refs) <= given and bool(users) and all(user in window for user in users)


def _joined(windows: list[Window]) -> Family | None:
    """One rule for as many windows as go together."""
    by_shape: dict[object, list[Window]] = {}
    for window in windows:
        shape = shape_of(window)
        if shape is not None:
            by_shape.setdefault(shape, []).append(window)
    shapes = sorted(by_shape.values(), key=lambda ws: -len(ws) * (ws[0].end - ws[0].start))
    rule: Rule | None = None
    found: list[Window] = []
    for alike in shapes:
        try:
            part = rule_of([tuple(window.items) for window in alike])
        except Unfit:
            continue
        both = part if rule is None else merged(rule, part)
        if both is not None:
            rule = both
            found += alike
    return Family(rule, found) if rule is not None and len(found) > 1 else None
