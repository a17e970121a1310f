"""What a YAML text says: values, each with its place.

A tree is frozen, and may share parts: an alias is its anchor's value at the alias' place.
What lies inside of an alias, and what `<<` brings in, keeps the place where it was written.
"""

from __future__ import annotations

from enum import Enum
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from layergraph.diagnostics import Span


class Scalar(NamedTuple):
    """A value without parts."""

    value: str | int | float | bool | None
    span: Span


class Sequence(NamedTuple):
    """A list of values."""

    items: tuple[Tree, ...]
    span: Span


class Mapping(NamedTuple):
    """Values by key, in the order of the file.

    `is_whole` is false where a key is no text, and left out, or is given twice, which is reported:
    what seems to be missing may be what stands there.
    """

    entries: dict[str, Entry]
    span: Span
    is_whole: bool = True


class Spoiled(NamedTuple):
    """A value of which a mistake is already reported; nothing more is to be said about it."""

    span: Span


class Entry(NamedTuple):
    """A key of a mapping, and what it stands for."""

    key: str
    key_span: Span
    value: Tree


Tree: TypeAlias = Scalar | Sequence | Mapping | Spoiled


class SpoiledValue(Enum):
    """The type of `SPOILED`, so that type checkers know it from other values."""

    SPOILED = "spoiled"

    def __repr__(self) -> str:
        return "SPOILED"


SPOILED: Final[Literal[SpoiledValue.SPOILED]] = SpoiledValue.SPOILED


def plain(tree: Tree) -> Any:
    """The bare value: dicts, lists and scalars, with `SPOILED` for what is spoiled or not whole."""
    if isinstance(tree, Scalar):
        return tree.value
    if isinstance(tree, Mapping) and tree.is_whole:
        return {key: plain(entry.value) for key, entry in tree.entries.items()}
    if isinstance(tree, Sequence):
        return [plain(item) for item in tree.items]
    return SPOILED


def is_left_empty(value: Tree) -> bool:
    """Whether nothing is written for a value."""
    span = value.span
    is_null = isinstance(value, Scalar) and value.value is None
    return is_null and (span.line, span.column) == (span.end_line, span.end_column)


def help_for_comma(key: str, value: str) -> str:
    """What to do about `{key, value}`, where the value has become a key."""
    return f"with a colon in place of the comma, it is `{key}: {value}`"
