"""What a file writes for a value: its tree, in which expressions are still to be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from layergraph.expand.expressions import holds_expression
from layergraph.syntax.tree import Mapping, Scalar, Sequence, Tree, plain
from layergraph.targets.python_source.layout import Expression

Translate = Callable[[str, Any], Expression]
"""A text of a file with expressions, and the value that it has here → what Python writes for it."""


class Written(NamedTuple):
    """The tree of a value, and what translates the expressions in it."""

    tree: Tree
    translate: Translate

    def part(self, step: str | int) -> Written | None:
        """The tree of a part of the value; None where the file has none for it."""
        if isinstance(self.tree, Mapping) and step in self.tree.entries:
            return self._replace(tree=self.tree.entries[str(step)].value)
        if (
            isinstance(self.tree, Sequence)
            and isinstance(step, int)
            and step < len(self.tree.items)
        ):
            return self._replace(tree=self.tree.items[step])
        return None

    @property
    def holds_expression(self) -> bool:
        """Whether there is an expression anywhere in it."""
        return "${" in repr(plain(self.tree))

    def expression(self, value: Any) -> Expression | None:
        """What Python writes for it, where it is an expression."""
        if isinstance(self.tree, Scalar):
            text = self.tree.value
            if isinstance(text, str) and holds_expression(text):
                return self.translate(text, value)
        return None


def part(written: Written | None, step: str | int) -> Written | None:
    """The same of what may be None."""
    return written.part(step) if written is not None else None
