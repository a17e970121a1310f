"""Rules that are nearly the same become one, in which nodes may be left out."""

from __future__ import annotations

from layergraph.importers.structure.rules import Rule, rule_of
from layergraph.importers.structure.wiring import Row, Unfit

_LEAST = 0.5
"""How much of the shorter rule has to stand in the longer one."""


def merged(left: Rule, right: Rule) -> Rule | None:
    """The rule that has the instances of both, where there is one."""
    if _holds(left, right) or _holds(right, left):
        return None
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


def _holds(rule: Rule, other: Rule) -> bool:
    """Whether there are instances of another rule in those of a rule, at any depth."""
    inner = {part.rule for row in rule.rows for part in row if part and part.rule}
    return other in inner or any(_holds(one, other) for one in inner)


def _aligned(left: Rule, right: Rule) -> list[tuple[int | None, int | None]]:
    """Slots of both in one order: those that stand for each other are pairs."""
    n, m = len(left.keys), len(right.keys)
    weights = _weights(left, right)
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for a in reversed(range(n)):
        for b in reversed(range(m)):
            together = best[a + 1][b + 1] + weights[a][b] if weights[a][b] else 0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], together)
    a = b = 0
    pairs: list[tuple[int | None, int | None]] = []
    while a < n or b < m:
        weight = weights[a][b] if a < n and b < m else 0
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


def _weights(left: Rule, right: Rule) -> list[list[int]]:
    """How much speaks for two slots to be one; 0 where they cannot be."""
    kinds, called = (_kinds(left), _kinds(right)), (_called_on(left), _called_on(right))

    def weight(a: int, b: int) -> int:
        if kinds[0][a] != kinds[1][b]:
            return 0
        if left.suffixes[a] is not None and left.suffixes[a] == right.suffixes[b]:
            return 4
        on = called[0][a], called[1][b]
        return 0 if all(on) and not set(on[0]) & set(on[1]) else 1

    return [[weight(a, b) for b in range(len(kinds[1]))] for a in range(len(kinds[0]))]


def _called_on(rule: Rule) -> list[tuple[str, ...]]:
    """The suffixes of what each slot is called on; none where one of these has none."""
    found = []
    for targets in rule.calls:
        names = [rule.suffixes[target.slot] if target.slot >= 0 else "" for target in targets]
        found.append(tuple(name for name in names if name is not None) if None not in names else ())
    return found


def _kinds(rule: Rule) -> list[object]:
    found: list[object] = []
    for slot in range(len(rule.keys)):
        part = next(row[slot] for row in rule.rows if row[slot] is not None)
        assert part is not None
        found.append(part.kind)
    return found
