"""What a YAML text says: values, each with its place.

A tree is frozen, and may share parts: an alias is its anchor's value at the alias' place.
What lies inside of an alias, and what `<<` brings in, keeps the place where it was written.
"""

from __future__ import annotations

from collections.abc import Iterable
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
Path: TypeAlias = Iterable[str | int]


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


def find(tree: Tree, path: Path) -> Tree | None:
    """The value at the end of `path`, or None where there is none."""
    found: Tree | None = tree
    for step in path:
        found = _child(found, step) if found is not None else None
    return found


def span_at(tree: Tree, path: Path) -> Span:
    """The place of the value at `path`, or of the last value on the way that exists."""
    for step in path:
        child = _child(tree, step)
        if child is None:
            break
        tree = child
    return tree.span


def key_span_at(tree: Tree, path: Path) -> Span:
    """The place of the key that `path` ends with; of the value, where it has no key."""
    steps = tuple(path)
    holder = find(tree, steps[:-1])
    if steps and isinstance(holder, Mapping) and steps[-1] in holder.entries:
        return holder.entries[str(steps[-1])].key_span
    return span_at(tree, steps)


def _child(tree: Tree, step: str | int) -> Tree | None:
    if isinstance(tree, Mapping) and step in tree.entries:
        return tree.entries[str(step)].value
    if isinstance(tree, Sequence) and isinstance(step, int) and 0 <= step < len(tree.items):
        return tree.items[step]
    return None
