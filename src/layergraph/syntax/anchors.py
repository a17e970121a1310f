"""Anchors, and what their aliases stand for."""

from __future__ import annotations

from typing import NamedTuple

from layergraph.diagnostics import Related, Span
from layergraph.diagnostics.codes import INVALID_YAML
from layergraph.syntax.reports import Reports
from layergraph.syntax.tree import Mapping, Scalar, Sequence, Spoiled, Tree


class Anchored(NamedTuple):
    """A value with an anchor: how many values it holds, aliases counted, and how deep."""

    tree: Tree
    values: int
    height: int


class Anchors:
    """The anchors of one text. A later one of the same name takes the place of an earlier one."""

    def __init__(self, reports: Reports) -> None:
        self._reports = reports
        self._known: dict[str, Anchored | Span] = {}

    def begin(self, name: str, start: Span) -> None:
        """A list or mapping with an anchor opens: until it ends, an alias of it is endless."""
        self._known[name] = start

    def define(self, name: str, tree: Tree, values: int = 1, height: int = 0) -> None:
        """A value with an anchor is whole."""
        self._known[name] = Anchored(tree, values, height)

    def resolve(self, name: str, alias: Span) -> Anchored:
        """What an alias stands for, placed where the alias is. Raises `Refused`."""
        known = self._known.get(name)
        if known is None:
            self._reports.refuse(
                INVALID_YAML,
                f"the alias `*{name}` has no anchor before it",
                alias,
                help=f"mark the value with `&{name}`, or quote a text that starts with `*`",
            )
        if isinstance(known, Span):
            self._reports.refuse(
                INVALID_YAML,
                f"the alias `*{name}` stands inside of what it stands for",
                alias,
                related=(Related(f"`&{name}` starts here", known),),
                help="write out what is meant; a value cannot hold itself",
            )
        return known._replace(tree=_placed(known.tree, alias))


def _placed(tree: Tree, span: Span) -> Tree:
    """The same value at another place; its parts are shared and keep theirs."""
    match tree:
        case Scalar(value):
            return Scalar(value, span)
        case Sequence(items):
            return Sequence(items, span)
        case Mapping():
            return tree._replace(span=span)
        case Spoiled():
            return Spoiled(span)
