"""Values of a file in the words of messages."""

from __future__ import annotations

from typing import Any


def shown(value: Any) -> str:
    """A value of the file as messages write it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'the string "{cut(value)}"'
    if isinstance(value, int | float):
        return cut(str(value))
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    return "a mapping" if isinstance(value, dict) else "this"


def cut(text: str, length: int = 40) -> str:
    """A text that may be long, as far as a message shows it."""
    return text if len(text) <= length else f"{text[:length]}…"
