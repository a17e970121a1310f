"""Blocks are found: what saves most first, until nothing does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from layergraph.importers.structure.families import families
from layergraph.importers.structure.items import Level
from layergraph.importers.structure.merging import merged
from layergraph.importers.structure.naming import skeleton
from layergraph.importers.structure.rules import Rule, rule_of, solve
from layergraph.importers.structure.windows import Alike, Search, Window, alike_windows
from layergraph.importers.structure.wiring import Unfit

_TRIED = 40
"""How many kinds of windows are tried, of those that promise most."""

_NEARLY = 0.75
"""What has to be saved by the blocks of a stage, to have them rather than the stage."""

_LEAST = 40
"""How many characters a block has to save."""


class Found:
    """A kind of window as a rule, and what it saves."""

    def __init__(self, rule: Rule, windows: list[Window]) -> None:
        self.rule = rule
        self.windows = windows
        before = sum(item.size for window in windows for item in window.items)
        self.saves = before - rule.size - size_of_instances(rule)


def mine(levels: list[Level], searches: tuple[Search, ...], *, by_names: bool) -> list[Rule]:
    """The rules for what repeats in levels; instances take the place of their items.

    Args:
        levels: the levels, changed.
        searches: what windows are looked for, one after another.
        by_names: whether those are looked for before whose names begin alike.
    """
    rules: list[Rule] = []
    while by_names:
        named = [Found(family.rule, family.windows) for family in families(levels)]
        most = max((found.saves for found in named), default=0)
        if most < _LEAST:
            break
        nearly = [found for found in named if found.saves >= _NEARLY * most]
        chosen = max(nearly, key=lambda found: len(found.windows))
        _place(chosen)
        rules.append(chosen.rule)
    for search in searches:
        while True:
            best = max(_tried(levels, search), key=lambda found: found.saves, default=None)
            if best is None or best.saves < _LEAST:
                break
            _place(best)
            rules.append(best.rule)
            _merge_last(rules, levels)
    return rules


def _tried(levels: list[Level], search: Search) -> list[Found]:
    found = []
    for alike in alike_windows(levels, search)[:_TRIED]:
        windows = _of_one_name(alike)
        if len(windows) < 2:
            continue
        try:
            found.append(Found(rule_of([tuple(w.items) for w in windows]), windows))
        except Unfit:
            continue
    return found


def _of_one_name(alike: Alike) -> list[Window]:
    """The windows whose names differ in their numbers alone, where most of them are so."""
    kinds = [tuple(skeleton(item.name or "") for item in window.items) for window in alike.windows]
    (usual, count), *_ = Counter(kinds).most_common(1)
    if 2 * count <= len(kinds):
        return list(alike.windows)
    return [window for window, kind in zip(alike.windows, kinds, strict=True) if kind == usual]


def _place(found: Found) -> None:
    """Put instances where their items stand."""
    from_behind = sorted(enumerate(found.windows), key=lambda pair: -pair[1].start)
    for number, window in from_behind:
        window.level.items[window.start : window.end] = [found.rule.instance(number)]


def _merge_last(rules: list[Rule], levels: list[Level]) -> None:
    """Make the newest rule one with an older one, where that is shorter."""
    newest = rules[-1]
    for older in rules[:-1]:
        both = merged(older, newest)
        if both is None:
            continue
        before = sum(rule.size + size_of_instances(rule) for rule in (older, newest))
        if both.size + size_of_instances(both) < before:
            _renew(both, [older, newest], levels, rules)
            rules.remove(newest)
            rules[rules.index(older)] = both
            settle(rules)
            return


def _renew(both: Rule, old: list[Rule], levels: list[Level], rules: list[Rule]) -> None:
    """Make the instances of old rules those of the new one."""
    by_leaves = {
        frozenset(leaf for part in row if part for leaf in part.leaves): number
        for number, row in enumerate(both.rows)
    }
    everywhere = [item for level in levels for item in level.items]
    everywhere += [part for rule in rules for row in rule.rows for part in row if part]
    for item in everywhere:
        if item.rule in old:
            both.instance(by_leaves[item.leaves], item)


def settle(rules: list[Rule], finish: Callable[[Rule], None] | None = None) -> None:
    """Find everything anew, from the innermost rules outwards.

    Args:
        rules: all of them.
        finish: what is done with each of them then, before the others that hold instances of it.
    """
    done: set[int] = set()

    def visit(rule: Rule) -> None:
        if id(rule) in done:
            return
        done.add(id(rule))
        for row in rule.rows:
            for part in row:
                if part is not None and part.rule is not None:
                    visit(part.rule)
                    number = part.rule.rows.index(part.parts)
                    part.rule.instance(number, part)
        solve(rule)
        if finish is not None:
            finish(rule)

    for rule in rules:
        visit(rule)


def size_of_instances(rule: Rule) -> int:
    """About how many characters the instances of a rule take."""
    return sum(rule.instance(number).size for number in range(len(rule.rows)))
