"""The heads of functions: their arguments, and their docstrings."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from layergraph.targets.python_source.layout import STEP, WIDTH

_TYPES = {bool: "bool", int: "int", float: "float", str: "str", list: "list", dict: "dict"}


def annotation(value: Any) -> str:
    """The type of an argument by a value that it has."""
    kind = _TYPES.get(type(value))
    return f": {kind}" if kind else ""


def signature(name: str, arguments: list[str], by_name: list[str], gives: str) -> list[str]:
    """The lines that begin a function."""
    every = [*arguments, *(["*", *by_name] if by_name else [])]
    joined = ", ".join(every)
    if len(f"def {name}({joined}) -> {gives}:") <= WIDTH:
        return [f"def {name}({joined}) -> {gives}:"]
    if len(joined) + STEP <= WIDTH:
        return [f"def {name}(", f"    {joined}", f") -> {gives}:"]
    return [f"def {name}(", *(f"    {each}," for each in every), f") -> {gives}:"]


def docstring(text: str, indent: int, more: Sequence[str] = ()) -> list[str]:
    """The lines of a docstring, with further lines below it."""
    closing = ' """' if text.endswith('"') else '"""'
    lines = wrapped(text, indent)
    if len(lines) <= 1 and not more:
        return [f'{" " * indent}"""{text}{closing}']
    body = [f'"""{lines[0]}', *lines[1:], *(["", *more] if more else []), '"""']
    return [f"{' ' * indent}{line}" if line else "" for line in body]


def wrapped(text: str, indent: int) -> list[str]:
    """A text on lines that quotation marks and an indent fit beside."""
    width = WIDTH - len('"""') * 2 - 1 - indent
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
