"""What the values of a file mention: names in expressions, and blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from layergraph.expand.expressions import holds_expression, names_in
from layergraph.syntax.tree import Mapping, Scalar, Sequence, Tree


@dataclass
class Mentions:
    """The names that expressions use, and what stands under `block`, anywhere in some values.

    `knows_blocks` is false where an expression gives the name of a block.
    """

    names: set[str] = field(default_factory=set)
    blocks: set[str] = field(default_factory=set)
    knows_blocks: bool = True


def mentioned(trees: Iterable[Tree]) -> Mentions:
    """What values mention; those that an alias repeats are looked at once."""
    found = Mentions()
    waiting = list(trees)
    seen: set[int] = set()
    while waiting:
        tree = waiting.pop()
        if isinstance(tree, Scalar):
            if isinstance(tree.value, str) and holds_expression(tree.value):
                found.names.update(names_in(tree.value))
        elif id(tree) not in seen:
            seen.add(id(tree))
            if isinstance(tree, Sequence):
                waiting += tree.items
            elif isinstance(tree, Mapping):
                waiting += [entry.value for entry in tree.entries.values()]
                named = tree.entries.get("block")
                if named is not None and isinstance(named.value, Scalar):
                    _take_block(named.value.value, found)
    return found


def _take_block(name: object, found: Mentions) -> None:
    if isinstance(name, str):
        found.blocks.add(name)
        found.knows_blocks = found.knows_blocks and not holds_expression(name)
