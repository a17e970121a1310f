"""Plain values → Python's own literals, as `ruff format` writes them."""

from __future__ import annotations

from collections.abc import Mapping
from math import isinf
from typing import Any

from layergraph.targets.python_source.layout import Brackets, Expression, Named, Text
from layergraph.tensors import Size


def text_literal(text: str) -> str:
    """A string literal, whatever the text holds.

    In double quotes, but where single ones need fewer backslashes.
    """
    body = repr(f"{text}\"'")[1:-1]  # with both kinds of quotes, Python uses single ones
    body = body[:-3].replace("\\'", "'")
    if text.count('"') > text.count("'"):
        return "'" + body.replace("'", "\\'") + "'"
    return '"' + body.replace('"', '\\"') + '"'


def literal(value: Any) -> Expression:
    """The literal of a scalar, a list, a tuple or a mapping, at any depth.

    Raises:
        TypeError: where there is none.
    """
    if value is None or isinstance(value, Size):
        return Text("None")
    if isinstance(value, bool):
        return Text(str(value))
    if isinstance(value, int):
        return Text(repr(value))
    if isinstance(value, float):
        infinite = 'float("inf")' if value > 0 else '-float("inf")'
        return Text(infinite if isinf(value) else repr(value))
    if isinstance(value, str):
        return Text(text_literal(value))
    if isinstance(value, tuple):
        return Brackets("(", tuple(map(literal, value)), ")")
    if isinstance(value, list):
        return Brackets("[", tuple(map(literal, value)), "]")
    if isinstance(value, Mapping):
        entries = (Named(literal(key).flat, literal(item), ": ") for key, item in value.items())
        return Brackets("{", tuple(entries), "}")
    raise TypeError(f"{value!r} has no literal")


def mapped(entries: Mapping[str, Expression]) -> Brackets:
    """A dict of expressions."""
    named = (Named(text_literal(name), value, ": ") for name, value in entries.items())
    return Brackets("{", tuple(named), "}")


def prose(text: str) -> str:
    """A text that may stand in a docstring: on one line, and nothing that would end it."""
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return words.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
