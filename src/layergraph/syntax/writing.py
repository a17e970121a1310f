"""Values → YAML that the reader takes back as it was, laid out as a person would.

A mapping or a list stands on one line where it fits, else each of its entries does. A string is
quoted only where it would be read as something else.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Mapping
from typing import Any

from layergraph.syntax.scalars import resolve

WIDTH = 120

_PLAIN = re.compile(r"[\w/][\w./+-]*(?: [\w./+][\w./+-]*)*(?::[0-9]+)?")
_SENTENCE = re.compile(r"[^\W_](?:[^:#]|:(?! |$)|(?<! )#)*")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def section(key: str, value: Any, opened: int) -> list[str]:
    """The lines of one entry of a file.

    Args:
        key: its key.
        value: scalars, lists and mappings with strings as keys.
        opened: how many levels of mappings are written entry by entry, even where they fit a line.
    """
    return _entry(key, value, 0, opened)


def prose(key: str, text: str) -> list[str]:
    """The lines of an entry that a person reads: long ones are folded, paragraphs kept."""
    lines = text.split("\n")
    if not _is_prose(lines):
        return [f"{key}: {flow(text)}"]
    if len(lines) > 1:
        ending = "" if not lines[-1] else "-"
        return [
            f"{key}: |{ending}",
            *(f"  {line}".rstrip() for line in lines[: len(lines) or None]),
        ]
    if _is_sentence(text) and len(key) + 2 + len(text) <= WIDTH:
        return [f"{key}: {text}"]
    if "  " in text or len(text) < WIDTH // 2:
        return [f"{key}: {flow(text)}"]
    folded = textwrap.wrap(text, WIDTH - 2, break_long_words=False, break_on_hyphens=False)
    return [f"{key}: >-", *(f"  {line}" for line in folded)]


def flow(value: Any) -> str:
    """A value on one line, as it stands inside of brackets."""
    return " ".join(_tokens(value))


def _entry(key: str, value: Any, indent: int, opened: int) -> list[str]:
    head = f"{' ' * indent}{flow(key)}:"
    is_opened = opened > 0 and isinstance(value, Mapping)
    if not value or not (is_opened or isinstance(value, Mapping | list)):
        return [f"{head} {flow(value)}"]
    whole = f"{head} {flow(value)}"
    if not is_opened and len(whole) <= WIDTH:
        return [whole]
    if isinstance(value, Mapping):
        return [head, *_entries(value, indent + 2, opened - 1)]
    return [head, *_items(value, indent + 2)]


def _entries(mapping: Mapping[str, Any], indent: int, opened: int = 0) -> list[str]:
    return [line for key, value in mapping.items() for line in _entry(key, value, indent, opened)]


def _items(items: list[Any], indent: int) -> list[str]:
    if not any(_holds_mapping(item) for item in items):
        return filled(_tokens(items), indent)
    lines: list[str] = []
    for item in items:
        whole = f"{' ' * indent}- {flow(item)}"
        if len(whole) <= WIDTH or not isinstance(item, Mapping | list) or not item:
            lines.append(whole)
            continue
        inside = (
            _entries(item, indent + 2) if isinstance(item, Mapping) else _items(item, indent + 2)
        )
        lines += [f"{' ' * indent}- {inside[0].lstrip()}", *inside[1:]]
    return lines


def _holds_mapping(value: Any) -> bool:
    if isinstance(value, list):
        return any(_holds_mapping(item) for item in value)
    return isinstance(value, Mapping)


def filled(tokens: list[str], indent: int) -> list[str]:
    """Tokens on as few lines as they fit, the later ones one column in, behind the bracket."""
    lines = [" " * indent + tokens[0]]
    for token in tokens[1:]:
        if len(lines[-1]) + 1 + len(token) <= WIDTH:
            lines[-1] += f" {token}"
        else:
            lines.append(" " * (indent + 1) + token)
    return lines


def _tokens(value: Any) -> list[str]:
    """The pieces of a value on one line, between which it may be broken."""
    if isinstance(value, Mapping):
        parts = [_tokens(item) for item in value.values()]
        keyed = [
            [f"{_scalar(key)}: {part[0]}", *part[1:]]
            for key, part in zip(value, parts, strict=True)
        ]
        return bracketed("{", keyed, "}")
    if isinstance(value, list):
        return bracketed("[", [_tokens(item) for item in value], "]")
    return [_scalar(value)]


def bracketed(left: str, parts: list[list[str]], right: str) -> list[str]:
    """The pieces of a list or mapping in brackets, from those of its entries."""
    if not parts:
        return [left + right]
    ended = [[*part[:-1], f"{part[-1]},"] for part in parts[:-1]]
    last = parts[-1]
    tokens = [token for part in [*ended, [*last[:-1], last[-1] + right]] for token in part]
    return [left + tokens[0], *tokens[1:]]


def _scalar(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, int):
        return str(value)
    assert isinstance(value, str)
    return value if is_plain(value) else _quoted(value)


def is_plain(text: str) -> bool:
    """Whether a text needs no quotes: it is made of words, and reads as text."""
    return _PLAIN.fullmatch(text) is not None and isinstance(resolve(text), str)


def _float(value: float) -> str:
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    digits, e, exponent = repr(value).partition("e")
    return f"{digits}e{int(exponent)}" if e else digits


def _quoted(text: str) -> str:
    return f'"{"".join(_escaped(sign) for sign in text)}"'


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if sign.isprintable() and sign != "\ufeff":
        return sign
    code = ord(sign)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _is_prose(lines: list[str]) -> bool:
    """Whether lines can stand as they are: printable, and without spaces at their ends."""
    first, *others = lines
    return (
        bool(first.strip())
        and not first[0].isspace()
        and all(line.isprintable() and line == line.rstrip() for line in lines)
        and (not others or bool(lines[-1]) or (len(lines) > 1 and bool(lines[-2])))
    )


def _is_sentence(text: str) -> bool:
    return _SENTENCE.fullmatch(text) is not None and isinstance(resolve(text), str)
