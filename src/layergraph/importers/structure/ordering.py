"""The order in which a level is read: what belongs together stands together."""

from __future__ import annotations

from layergraph.importers.structure.items import Item, Level


def in_reading_order(level: Level) -> list[Item]:
    """The items of a level, each after what it is called on, branch after branch.

    It is the order of a search from the outputs, that visits first what every path to a node
    passes (its dominator), and then what the node is called on, in the order of its `from`.
    """
    items = {item.output: item for item in level.items}
    dominators = _dominators(items)
    found: dict[str, Item] = {}
    entered: set[str] = set()
    waiting = [*reversed(items), *(ref.leaf for ref in reversed(level.outputs))]
    while waiting:
        leaf = waiting.pop()
        if leaf not in items or leaf in found:
            continue
        if leaf in entered:
            found[leaf] = items[leaf]
            continue
        entered.add(leaf)
        waiting.append(leaf)
        waiting += (ref.leaf for ref in reversed(items[leaf].refs))
        waiting += dominators[leaf]
    return list(found.values())


def _dominators(items: dict[str, Item]) -> dict[str, list[str]]:
    """For each node the nearest one that all paths from the inputs to it pass, if there is one."""
    nearest: dict[str, str | None] = {}
    depth: dict[str | None, int] = {None: 0}
    for leaf in _topological(items):
        refs = [ref.leaf for ref in items[leaf].refs]
        common: str | None = refs[0] if refs and refs[0] in items else None
        for other in refs[1:]:
            common = _meeting(common, other if other in items else None, nearest, depth)
        nearest[leaf] = common
        depth[leaf] = depth[common] + 1
    return {leaf: [found] if found is not None else [] for leaf, found in nearest.items()}


def _meeting(
    left: str | None,
    right: str | None,
    nearest: dict[str, str | None],
    depth: dict[str | None, int],
) -> str | None:
    while left != right:
        if depth[left] >= depth[right]:
            assert left is not None
            left = nearest[left]
        else:
            assert right is not None
            right = nearest[right]
    return left


def _topological(items: dict[str, Item]) -> list[str]:
    found: dict[str, None] = {}
    entered: set[str] = set()
    waiting = list(reversed(items))
    while waiting:
        leaf = waiting.pop()
        if leaf not in items or leaf in found:
            continue
        if leaf in entered:
            found[leaf] = None
            continue
        entered.add(leaf)
        waiting.append(leaf)
        waiting += (ref.leaf for ref in reversed(items[leaf].refs))
    return list(found)
