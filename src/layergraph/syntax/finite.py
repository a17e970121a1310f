"""Infinity, which is refused except as a constant of an `ops.*` node, where masks need it."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, Span
from layergraph.diagnostics.codes import NOT_FINITE
from layergraph.syntax.tree import Entry, Mapping, Scalar, Sequence, Spoiled, Tree


def refuse_infinities(tree: Tree, diagnostics: Diagnostics) -> Tree:
    """The tree with every infinity outside of an `ops.*` node reported, and spoiled."""
    return _Refusal(diagnostics).walk(tree, ())


class _Refusal:
    def __init__(self, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics
        self._reported: set[Span] = set()  # by aliases, one place is met more than once

    def walk(self, tree: Tree, path: tuple[str | int, ...]) -> Tree:
        if isinstance(tree, Mapping):
            if _is_operation(tree):
                return tree
            entries = {
                key: Entry(key, entry.key_span, self.walk(entry.value, (*path, key)))
                for key, entry in tree.entries.items()
            }
            return tree._replace(entries=entries)
        if isinstance(tree, Sequence):
            items = (self.walk(item, (*path, i)) for i, item in enumerate(tree.items))
            return Sequence(tuple(items), tree.span)
        if isinstance(tree, Scalar) and tree.value in (float("inf"), float("-inf")):
            return self._refuse(tree.span, path)
        return tree

    def _refuse(self, span: Span, path: tuple[str | int, ...]) -> Spoiled:
        if span not in self._reported:
            self._reported.add(span)
            self._diagnostics.report(
                NOT_FINITE,
                "infinity is allowed only as a constant of an `ops.*` node",
                span,
                path=path,
                help="write a finite number",
            )
        return Spoiled(span)


def _is_operation(tree: Mapping) -> bool:
    kind = tree.entries.get("type")
    if kind is None or not isinstance(kind.value, Scalar):
        return False
    return isinstance(kind.value.value, str) and kind.value.value.startswith("ops.")
