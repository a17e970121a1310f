"""A YAML text as it is laid out: values with the comments, blank lines and quotes around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(slots=True, eq=False)
class Comment:
    """A comment on a line of its own, and the column that it was found at."""

    text: str
    blank_before: bool = False
    column: int = 0


@dataclass(slots=True, eq=False)
class Text:
    """A scalar. `style` is its quote, ``|`` or ``>``, or nothing; `written` is how it stood."""

    value: str
    style: str
    written: str
    anchor: str | None = None


@dataclass(slots=True, eq=False)
class Alias:
    """``*name``."""

    name: str


@dataclass(slots=True, eq=False)
class Collection:
    """A mapping or a list. `foot` are the comments behind its last entry."""

    is_mapping: bool
    is_flow: bool
    anchor: str | None = None
    entries: list[Entry] = field(default_factory=list)
    foot: list[Comment] = field(default_factory=list)


Node: TypeAlias = Text | Alias | Collection


@dataclass(slots=True, eq=False)
class Entry:
    """A key with its value, or an item of a list, which has no key.

    Comments stand above it (`leading`), behind its key or dash (`opening`), on lines between the
    key and the value (`inner`), or behind the value (`trailing`). `line` is where an entry begins;
    `column` is that of a value behind its key, and a value with more than one space before it is
    `padded`.
    """

    leading: list[Comment] = field(default_factory=list)
    blank_before: bool = False
    line: int = 0
    key: Text | Alias | None = None
    opening: list[str] = field(default_factory=list)
    inner: list[Comment] = field(default_factory=list)
    column: int = -1
    padded: bool = False
    value: Node = field(default_factory=lambda: Text("", "", ""))
    trailing: list[str] = field(default_factory=list)

    @property
    def has_comments(self) -> bool:
        """Whether a comment stands beside its key or its value."""
        return bool(self.leading or self.opening or self.inner or self.trailing)


@dataclass(slots=True, eq=False)
class Document:
    """A whole text: the lines up to ``---``, and its one value."""

    root: Entry
    prefix: list[str] = field(default_factory=list)


def nodes_in(node: Node) -> Iterator[Node]:
    """A value and all that it holds, in the order of the text."""
    yield node
    if isinstance(node, Collection):
        for entry in node.entries:
            if entry.key is not None:
                yield entry.key
            yield from nodes_in(entry.value)
