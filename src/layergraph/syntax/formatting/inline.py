"""Values on one line, as they stand inside of brackets."""

from __future__ import annotations

import math
from typing import Final

from layergraph.syntax.formatting.document import Alias, Collection, Entry, Node
from layergraph.syntax.formatting.texts import on_one_line
from layergraph.syntax.writing import WIDTH, bracketed, filled

_NOTHING: Final = "null"


def flow(node: Node) -> str:
    """A value on one line; of an empty one nothing."""
    return " ".join(tokens(node))


def tokens(node: Node) -> list[str]:
    """The pieces of a value on one line, between which it may be broken."""
    if isinstance(node, Alias):
        return [f"*{node.name}"]
    anchor = f"&{node.anchor} " if node.anchor is not None else ""
    if not isinstance(node, Collection):
        return [f"{anchor}{on_one_line(node)}".rstrip()]
    parts = [_entry(entry) for entry in node.entries]
    first, *others = bracketed(*(("{", parts, "}") if node.is_mapping else ("[", parts, "]")))
    return [anchor + first, *others]


def key(entry: Entry) -> str:
    """The key of an entry with its colon, or the dash of an item."""
    if entry.key is None:
        return "-"
    space = " " if isinstance(entry.key, Alias) else ""
    return f"{flow(entry.key)}{space}:"


def lines_of_list(node: Collection, indent: int) -> list[str]:
    """The lines of a list in brackets that is too long for one.

    It is broken where it was, if all of it fits so; else wherever a line is full.
    """
    found: list[str] = []
    line = node.entries[0].line
    for entry in node.entries:
        text = f"{flow(entry.value)},"
        if found and entry.line == line:
            found[-1] += f" {text}"
        else:
            found.append(f" {text}")
        line = entry.line
    anchor = f"&{node.anchor} " if node.anchor is not None else ""
    found[0] = f"{anchor}[{found[0][1:]}"
    found[-1] = f"{found[-1][:-1]}]"
    if all(indent + len(line) <= WIDTH for line in found):
        return found
    return [line[indent:] for line in filled(tokens(node), indent)]


class Measures:
    """How long values are on one line. Of what it is asked it is asked again, from further out."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[float, bool]] = {}

    def width(self, node: Node) -> float:
        """The length of `flow(node)`; infinite where there is a comment in it."""
        return self._measured(node)[0] if isinstance(node, Collection) else len(flow(node))

    def has_mapping(self, node: Node) -> bool:
        """Whether it is a mapping, or a list with one anywhere in it."""
        return isinstance(node, Collection) and self._measured(node)[1]

    def _measured(self, collection: Collection) -> tuple[float, bool]:
        if id(collection) not in self._known:
            entries = collection.entries
            width = sum(map(self._entry_width, entries)) + 2 * max(len(entries), 1)
            if collection.anchor is not None:
                width += len(collection.anchor) + 2
            has_comments = collection.foot or any(entry.has_comments for entry in entries)
            has_mapping = any(self.has_mapping(entry.value) for entry in entries)
            self._known[id(collection)] = (
                math.inf if has_comments else width,
                collection.is_mapping or has_mapping,
            )
        return self._known[id(collection)]

    def _entry_width(self, entry: Entry) -> float:
        value = self.width(entry.value) or len(_NOTHING)
        return value if entry.key is None else len(key(entry)) + 1 + value


def _entry(entry: Entry) -> list[str]:
    value = tokens(entry.value)
    if value == [""]:
        value = [_NOTHING]
    return [f"{key(entry)} {value[0]}", *value[1:]] if entry.key is not None else value
