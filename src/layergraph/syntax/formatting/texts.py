"""Scalars as they are written: quoted where they would be read as something else."""

from __future__ import annotations

import math
import re
from typing import Final

from layergraph.syntax.formatting.document import Text
from layergraph.syntax.scalars import resolve
from layergraph.syntax.writing import flow, is_plain

_ESCAPED: Final = frozenset('"\\')
_OTHER_BREAKS: Final = re.compile("[\x85\u2028\u2029]")
_INDENTED: Final = re.compile("[|>][-+]?[0-9]")
EXPRESSION: Final = "${"


def on_one_line(text: Text) -> str:
    """A scalar on one line; of an empty value nothing."""
    if not text.style:
        return _plain(text.value)
    is_on_one_line = "\n" not in text.written
    if text.style == '"' and is_on_one_line and "\\" in text.written:
        return text.written
    if is_plain(text.value):
        return text.value
    if text.style == "'" and is_on_one_line and not _ESCAPED.isdisjoint(text.value):
        return text.written
    return text.written if text.style == '"' and is_on_one_line else flow(text.value)


def _plain(value: str) -> str:
    if EXPRESSION in value or "\n" in value:
        return flow(value)
    if not value:
        return ""
    meant = resolve(value)
    if meant is None or isinstance(meant, bool):
        return flow(meant)
    if isinstance(meant, float) and math.isinf(meant):
        return flow(meant)
    return value


def on_lines(text: Text) -> list[str] | None:
    """The lines of a scalar that is written on several, as they are but for their indentation.

    None where there are no such lines, or they would mean something else.
    """
    if "\n" not in text.written:
        return None
    lines = [line.strip(" \t") for line in text.written.split("\n")]
    if EXPRESSION in text.value or _OTHER_BREAKS.search(text.written):
        return None
    if text.style == "'":
        if not _ESCAPED.isdisjoint(text.written):
            return None
        within = "\n".join(lines)[1:-1].replace("''", "'")
        return f'"{within}"'.split("\n")
    return None if "\\" in text.written else lines


def as_block(text: Text) -> list[str] | None:
    """The lines of a block scalar: its header, then its content without indentation.

    None where it has no content, or cannot stand so.
    """
    content = text.value.rstrip("\n")
    if not content.strip() or _OTHER_BREAKS.search(text.written):
        return None
    lines = content.split("\n") if text.style == "|" else _folded(text)
    first = next((line for line in lines or () if line), "\t")
    if lines is None or first[0] == "\t":
        return None
    blank = len(text.value) - len(content)
    ending = ("-", "")[blank] if blank < 2 else "+"
    indentation = "2" if first[0] == " " else ""
    return [f"{text.style}{indentation}{ending}", *lines, *[""] * (blank - 1)]


def _folded(text: Text) -> list[str] | None:
    """The lines that are folded to one, as the file breaks them."""
    header, *lines = text.written.split("\n")
    if _INDENTED.match(header):
        return None
    while lines and not lines[-1].strip():
        lines.pop()
    first = next(line for line in lines if line.strip())
    indentation = len(first) - len(first.lstrip(" "))
    return [line[indentation:] for line in lines]
