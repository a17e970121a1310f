"""About how many characters things take in a file, which is what blocks are weighed by."""

from __future__ import annotations

from typing import Any


def size_of(value: Any) -> int:
    """The characters of a value on one line, give or take its quotes."""
    if isinstance(value, str):
        return len(value) + (2 if "$" in value else 0)
    if isinstance(value, dict):
        return sum(len(key) + 4 + size_of(item) for key, item in value.items()) or 2
    if isinstance(value, list):
        return sum(2 + size_of(item) for item in value) or 2
    return len(repr(value))


def size_of_entry(key: str, value: dict[str, Any]) -> int:
    """The characters of an entry with its line."""
    return len(key) + 5 + size_of(value)
