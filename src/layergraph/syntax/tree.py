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
    """Values by key, in the order of the file."""

    entries: dict[str, Entry]
    span: Span


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
    """The bare value: dicts, lists and scalars, with `SPOILED` for what is spoiled."""
    if isinstance(tree, Scalar):
        return tree.value
    if isinstance(tree, Mapping):
        return {key: plain(entry.value) for key, entry in tree.entries.items()}
    if isinstance(tree, Sequence):
        return [plain(item) for item in tree.items]
    return SPOILED
