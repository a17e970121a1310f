"""How many nodes something makes at the least, as far as that shows without expanding it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layergraph.expand.budget import DEEPEST
from layergraph.expand.expressions import UNKNOWN, ExpressionError, evaluate
from layergraph.expand.files import LoadedFile
from layergraph.expand.params import initial
from layergraph.spec.graph_spec import BlockSpec, Values
from layergraph.syntax.tree import Mapping as MappingTree
from layergraph.syntax.tree import Scalar, Sequence, Tree, plain

_OF_COPIES = {"i": UNKNOWN, "item": UNKNOWN}


class Forecast:
    """Counts nodes, so that blocks that double thirty times are refused before they are expanded.

    What differs from copy to copy counts for nothing, so that it never counts too many.

    Args:
        largest: the most items of a list, or characters of a text, that an expression may give.
    """

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._known: dict[tuple[int, str], int] = {}

    def of_copies(self, tree: Tree, values: Values, file: LoadedFile) -> int:
        """The least that one copy of a node makes."""
        return 1 + self._inside(tree, values, file, 1) if isinstance(tree, MappingTree) else 1

    def of_block(self, block: BlockSpec, values: Values, file: LoadedFile, depth: int = 1) -> int:
        """The least that one instance makes."""
        key = (id(block), repr(values))
        if key not in self._known:
            self._known[key] = 0  # which a block that holds itself finds
            places = [place for place in block.nodes.values() if place is not None]
            self._known[key] = sum(self._of(place.tree, values, file, depth) for place in places)
        return self._known[key]

    def _of(self, tree: Tree, values: Values, file: LoadedFile, depth: int) -> int:
        if not isinstance(tree, MappingTree) or depth > DEEPEST:
            return 1 if isinstance(tree, Scalar) else 0
        copies = self._copies(tree, values)
        return copies * (1 + self._inside(tree, values, file, depth + 1)) if copies else 0

    def _inside(self, tree: MappingTree, values: Values, file: LoadedFile, depth: int) -> int:
        if "repeat" in tree.entries or "each" in tree.entries:
            values = {**values, **_OF_COPIES}
        if "chain" in tree.entries:
            items = tree.entries["chain"].value
            of_chain = items.items if isinstance(items, Sequence) else ()
            return sum(self._of(item, values, file, depth) for item in of_chain)
        named = self._value(tree, "block", values) if "block" in tree.entries else None
        if not isinstance(named, str):
            return 0
        alias, _, name = named.partition(".")
        imported = file.imports.get(alias) if name else file
        block = imported.spec.blocks.get(name or alias) if imported else None
        if block is None or imported is None:
            return 0
        inner = {
            param: self._value(tree, param, values) if param in tree.entries else initial(spec)
            for param, spec in block.params.items()
        }
        return self.of_block(block, inner, imported, depth)

    def _copies(self, tree: MappingTree, values: Mapping[str, Any]) -> int:
        if "when" in tree.entries and self._value(tree, "when", values) is not True:
            return 0
        if "repeat" in tree.entries:
            number = self._value(tree, "repeat", values)
            return number if type(number) is int and number > 0 else 0
        if "each" in tree.entries:
            items = self._value(tree, "each", values)
            return len(items) if isinstance(items, list) else 0
        return 1

    def _value(self, tree: MappingTree, key: str, values: Mapping[str, Any]) -> Any:
        """The value of a key; of one that is a text with expressions, what they give."""
        value = plain(tree.entries[key].value)
        if not isinstance(value, str):
            return value
        try:
            return evaluate(value, values, self._largest)
        except ExpressionError:
            return UNKNOWN
