"""Values on one line, as they stand inside of brackets."""

from __future__ import annotations

from layergraph.syntax.formatting.document import Alias, Collection, Entry, Node
from layergraph.syntax.formatting.texts import on_one_line
from layergraph.syntax.writing import bracketed


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


def has_mapping(node: Node) -> bool:
    """Whether a mapping stands anywhere in a list."""
    return isinstance(node, Collection) and (
        node.is_mapping or any(has_mapping(entry.value) for entry in node.entries)
    )


def _entry(entry: Entry) -> list[str]:
    value = tokens(entry.value)
    if value == [""]:
        value = ["null"]
    return [f"{key(entry)} {value[0]}", *value[1:]] if entry.key is not None else value
