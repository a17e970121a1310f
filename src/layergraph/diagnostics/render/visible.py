"""Text as a terminal can show it: nothing moves its cursor, and the width of all is known."""

from __future__ import annotations

import unicodedata
from typing import Final, NamedTuple

TAB: Final = 4
WIDEST: Final = 160
"""Columns of a source line; longer ones are cut."""

_BEFORE_MARK: Final = 60
"""Columns that a cut line keeps on the left of what it is shown for."""

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"})
"""Of what is unassigned or for private use, nobody knows whether it shows, or how wide it is."""

_WITHOUT_WIDTH: Final = frozenset({"Mn", "Me"})


class Stretch(NamedTuple):
    """A line, or a part of it, ready to print, and where the marked characters are in it."""

    text: str
    start: int
    width: int


def visible(text: str) -> str:
    """The text with its control characters, line breaks and direction marks escaped."""
    return text if _is_plain(text) else "".join(map(_escaped, text))


def stretch(line: str, start: int, end: int) -> Stretch:
    """Show `line`, in which the characters from `start` to `end` are to be underlined."""
    if _is_plain(line) and len(line) <= WIDEST:
        return Stretch(line, min(start, len(line)), max(len(line[start:end]), 1))
    cells = _cells(line)
    widths = [_width(cell) for cell in cells]
    before, marked = sum(widths[:start]), sum(widths[start:end])
    if sum(widths) <= WIDEST:
        return Stretch("".join(cells), before, max(marked, 1))
    first = start
    while first > 0 and sum(widths[first - 1 : start]) <= _BEFORE_MARK:
        first -= 1
    last, taken = first, 0
    while last < len(cells) and taken + widths[last] <= WIDEST:
        taken += widths[last]
        last += 1
    left, right = "…" if first else "", "…" if last < len(cells) else ""
    marked = sum(widths[start : min(end, last)])
    before = len(left) + sum(widths[first:start])
    return Stretch(left + "".join(cells[first:last]) + right, before, max(marked, 1))


def is_cut(line: str) -> bool:
    """Whether the line is too wide to be shown as a whole."""
    if _is_plain(line):
        return len(line) > WIDEST
    return sum(map(_width, _cells(line))) > WIDEST


def _is_plain(text: str) -> bool:
    """Whether each character is shown as it is, one column wide."""
    return text.isascii() and text.isprintable()


def _cells(line: str) -> list[str]:
    """What is printed for each character: tabs reach to the next tab stop."""
    cells: list[str] = []
    column = 0
    for character in line:
        cell = " " * (TAB - column % TAB) if character == "\t" else _escaped(character)
        column += _width(cell)
        cells.append(cell)
    return cells


def _escaped(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) not in _UNSEEN:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _width(cell: str) -> int:
    if cell.isascii() or len(cell) > 1:
        return len(cell)
    if unicodedata.category(cell) in _WITHOUT_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(cell) in "WF" else 1
