"""Expressions → their values, in the tree of a file."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any

from layergraph.diagnostics import Diagnostic, Diagnostics, Span, codes
from layergraph.expand.expressions import (
    COPY_NAMES,
    UNKNOWN,
    ExpressionError,
    TooLarge,
    evaluate,
    holds_expression,
    names_in,
)
from layergraph.expand.known_values import computed_at
from layergraph.spec.graph_spec import Values
from layergraph.spec.place import Place
from layergraph.syntax.tree import Entry, Mapping, Scalar, Sequence, Spoiled, Tree


class Substitution:
    """Puts values in the place of expressions; a tree without any stays the object that it is.

    Args:
        diagnostics: where expressions without a value are reported.
        params: the params of the file, which its blocks do not see.
        largest: the most items of a list, or characters of a text, that an expression may give.
    """

    def __init__(self, diagnostics: Diagnostics, params: Container[str], largest: int) -> None:
        self.largest = largest
        self._diagnostics = diagnostics
        self._params = params
        self._holds: dict[int, tuple[Tree, bool]] = {}
        self._may_be_copy: Callable[[], bool] = lambda: False
        self._entry: tuple[str | int, ...] = ()

    def holds(self, tree: Tree) -> bool:
        """Whether there is an expression anywhere in a tree."""
        if isinstance(tree, Scalar):
            return isinstance(tree.value, str) and holds_expression(tree.value)
        known = self._holds.get(id(tree))
        if known is not None:
            return known[1]
        if isinstance(tree, Mapping):
            found = any(self.holds(entry.value) for entry in tree.entries.values())
        else:
            found = isinstance(tree, Sequence) and any(self.holds(item) for item in tree.items)
        self._holds[id(tree)] = (tree, found)  # with the tree, so that its id stays its own
        return found

    def into(
        self,
        place: Place,
        values: Values,
        left: tuple[str, ...] = (),
        may_be_copy: Callable[[], bool] = lambda: False,
    ) -> Place:
        """The place with every expression replaced.

        Args:
            place: the place.
            values: what the expressions may name.
            left: keys under which they stay as they are.
            may_be_copy: whether another mistake may hide that it is a copy: of names that copies
                have, something is said then only if nothing is of the place.
        """
        if not self.holds(place.tree):
            return place
        self._may_be_copy, self._entry = may_be_copy, place.path
        return place._replace(tree=self._tree(place.tree, place, values, left))

    def _tree(self, tree: Tree, at: Place, values: Values, left: tuple[str, ...] = ()) -> Tree:
        if isinstance(tree, Scalar):
            if isinstance(tree.value, str) and holds_expression(tree.value):
                return self._value(tree.value, tree.span, at, values)
            return tree
        if not self.holds(tree):
            return tree
        if isinstance(tree, Mapping):
            entries = {
                key: entry
                if key in left
                else entry._replace(value=self._tree(entry.value, _at(at, key), values))
                for key, entry in tree.entries.items()
            }
            return tree._replace(entries=entries)
        assert isinstance(tree, Sequence)
        items = [self._tree(item, _at(at, i), values) for i, item in enumerate(tree.items)]
        return Sequence(tuple(items), tree.span)

    def _value(self, text: str, span: Span, at: Place, values: Values) -> Tree:
        try:
            value = evaluate(text, values, self.largest)
        except ExpressionError as error:
            self._report(error, text, span, at, values)
            return Spoiled(span)
        return wrapped(value, computed_at(span, text, values))

    def _report(
        self, error: ExpressionError, text: str, span: Span, at: Place, values: Values
    ) -> None:
        help = error.help
        unknown = [name for name in names_in(text) if name not in values]
        if unknown and unknown[0] in self._params and at.path[:1] == ("blocks",):
            help = (
                f"`{unknown[0]}` is a param of the graph, and a block sees its own alone: "
                f"add it to the block's `params`, and give it where the block is called"
            )
        if not error.invalid:
            span = computed_at(span, text, values)
        code = codes.INVALID_EXPRESSION if error.invalid else codes.FAILED_EXPRESSION
        code = codes.TOO_LARGE_VALUE if isinstance(error, TooLarge) else code
        if unknown and unknown[0] in COPY_NAMES and self._may_be_copy():
            held = Diagnostic(code, error.message, span, path=at.path, help=help)
            self._diagnostics.hold(held, self._entry)
            return
        self._diagnostics.report(code, error.message, span, path=at.path, help=help)


def wrapped(value: Any, span: Span) -> Tree:
    """A bare value as the tree that a file would have for it, all of it at one place."""
    if value is UNKNOWN:
        return Spoiled(span)
    if isinstance(value, dict):
        entries = {key: Entry(key, span, wrapped(item, span)) for key, item in value.items()}
        return Mapping(entries, span)
    if isinstance(value, list | tuple):
        return Sequence(tuple(wrapped(item, span) for item in value), span)
    return Scalar(value, span)


def _at(place: Place, step: str | int) -> Place:
    """The place of a part, of which only the path matters."""
    return place._replace(path=(*place.path, step))
