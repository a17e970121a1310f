"""Rules that are nearly the same become one, in which nodes may be left out."""

from __future__ import annotations

from layergraph.importers.structure.rules import Rule, rule_of
from layergraph.importers.structure.wiring import Row, Unfit

_LEAST = 0.5
"""How much of the shorter rule has to stand in the longer one."""


def merged(left: Rule, right: Rule) -> Rule | None:
    """The rule that has the instances of both, where there is one."""
    pairs = _aligned(left, right)
    both = sum(a is not None and b is not None for a, b in pairs)
    if both < 2 or both < _LEAST * min(len(left.keys), len(right.keys)):
        return None
    rows: list[Row] = [
        tuple(row[a] if a is not None else None for a, _ in pairs) for row in left.rows
    ]
    rows += [tuple(row[b] if b is not None else None for _, b in pairs) for row in right.rows]
    try:
        return rule_of(rows)
    except Unfit:
        return None


def _aligned(left: Rule, right: Rule) -> list[tuple[int | None, int | None]]:
    """Slots of both in one order: those that stand for each other are pairs."""
    kinds = [_kinds(left), _kinds(right)]
    n, m = len(left.keys), len(right.keys)
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for a in reversed(range(n)):
        for b in reversed(range(m)):
            best[a][b] = max(best[a + 1][b], best[a][b + 1])
            if kinds[0][a] == kinds[1][b]:
                weight = 4 if left.keys[a] == right.keys[b] else 1
                best[a][b] = max(best[a][b], best[a + 1][b + 1] + weight)
    a = b = 0
    pairs: list[tuple[int | None, int | None]] = []
    while a < n or b < m:
        weight = 0
        if a < n and b < m and kinds[0][a] == kinds[1][b]:
            weight = 4 if left.keys[a] == right.keys[b] else 1
        if weight and best[a][b] == best[a + 1][b + 1] + weight:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif a < n and (b == m or best[a][b] == best[a + 1][b]):
            pairs.append((a, None))
            a += 1
        else:
            pairs.append((None, b))
            b += 1
    return pairs


def _kinds(rule: Rule) -> list[object]:
    found: list[object] = []
    for slot in range(len(rule.keys)):
        part = next(row[slot] for row in rule.rows if row[slot] is not None)
        assert part is not None
        found.append(part.kind)
    return found
