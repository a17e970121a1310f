"""A `Document` → the lines of its canonical form.

What stands in brackets stays on one line where it fits, else on a line of its own below its key,
else each of its entries gets a line. What has lines already keeps them. A comment needs lines.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from layergraph.syntax.formatting.columns import Line, align_comments, align_values
from layergraph.syntax.formatting.document import Alias, Collection, Comment, Document, Entry, Text
from layergraph.syntax.formatting.inline import Measures, flow, key, lines_of_list
from layergraph.syntax.formatting.texts import as_block, on_lines
from layergraph.syntax.ignores import ADDRESSED
from layergraph.syntax.writing import WIDTH

_STEP: Final = 2


@dataclass(slots=True)
class _Row:
    """An entry: the comments above it, and its lines. One that `is_short` has a single line."""

    above: list[Line]
    is_apart: bool
    lines: list[Line]
    is_short: bool


def lines_of(document: Document, header: list[Comment], *, sections_moved: bool) -> list[str]:
    """The lines of a document whose root is a mapping; `header` are the comments on top of it."""
    root = document.root
    assert isinstance(root.value, Collection)
    opening = [Comment(text) for text in root.opening]
    start = [Line(line) for line in document.prefix]
    if root.value.anchor is not None:
        start.append(Line(f"&{root.value.anchor}"))
    if start and opening:
        start[-1].comment = opening.pop(0).text
    above = _comments([*opening, *root.inner, *header], 0)
    if above and not above[0].text:
        del above[0]
    layout = _Layout()
    rows = [layout.row(entry, 0) for entry in root.value.entries]
    if sections_moved:
        for before, row in pairwise(rows):
            row.is_apart = not (before.is_short and row.is_short)
    if not above:
        rows[0].is_apart = False
    foot = [*map(Comment, root.trailing), *root.value.foot]
    return align_comments([*start, *above, *_joined(rows), *_comments(foot, 0)])


def _comments(comments: list[Comment], indent: int) -> list[Line]:
    found: list[Line] = []
    for comment in comments:
        if comment.blank_before:
            found.append(Line(""))
        found.append(Line(f"{' ' * indent}{comment.text}"))
    return found


def _joined(rows: list[_Row]) -> list[Line]:
    """The lines of all rows, with the values of short ones in columns."""
    run: list[Line] = []
    for row in rows:
        if row.is_apart or row.above or not row.is_short:
            align_values(run)
            run = []
        if row.is_short:
            run.append(row.lines[0])
    align_values(run)
    found: list[Line] = []
    for row in rows:
        found += [*([Line("")] if row.is_apart else []), *row.above, *row.lines]
    return found


def _indented(lines: list[str], indent: int) -> list[Line]:
    return [Line(f"{' ' * indent}{line}" if line else "") for line in lines]


def _block_scalar(entry: Entry) -> list[str] | None:
    value = entry.value
    return as_block(value) if isinstance(value, Text) and value.style in ("|", ">") else None


def _is_tied(entry: Entry) -> bool:
    """Whether a comment speaks of its line, as one that ignores a warning does."""
    return any(ADDRESSED.search(comment) for comment in entry.trailing)


class _Layout:
    """Lays out entries. Those of the lines of one after the first begin `inside` at least."""

    def __init__(self) -> None:
        self._measures = Measures()

    def row(self, entry: Entry, indent: int) -> _Row:
        """An entry in a list or mapping that is indented by `indent`."""
        head = f"{' ' * indent}{key(entry)}"
        lines = self._lines(entry, head, indent + _STEP)
        leading = entry.leading
        if _block_scalar(entry) is not None:  # it has place for one comment, in its header
            leading = [*leading, *map(Comment, entry.opening[1:]), *entry.inner]
        above, is_apart = _comments(leading, indent), entry.blank_before
        if above:
            if is_apart:
                above.append(Line(""))
            is_apart = not above[0].text
            above = above[is_apart:]
        is_short = len(lines) == 1 and len(lines[0].text) > len(head)
        return _Row(above, is_apart, lines, is_short)

    def _lines(self, entry: Entry, head: str, inside: int) -> list[Line]:
        value = entry.value
        if isinstance(value, Collection):
            return self._collection(entry, value, head, inside)
        text = flow(value)
        if isinstance(value, Alias):
            return self._behind(entry, head, [text], inside)
        anchor = f"&{value.anchor} " if value.anchor is not None else ""
        content = _block_scalar(entry)
        if content is not None:
            first = Line(f"{head} {anchor}{content[0]}", "".join(entry.opening[:1]))
            return [first, *_indented(content[1:], inside)]
        lines = on_lines(value)
        fits = "\n" not in value.value and len(head) + 1 + len(text) <= WIDTH
        if lines is None or fits:
            return self._behind(entry, head, [text], inside)
        return self._behind(entry, head, [f"{anchor}{lines[0]}", *lines[1:]], inside)

    def _behind(
        self, entry: Entry, head: str, texts: list[str], inside: int, *, below: bool = False
    ) -> list[Line]:
        """A head and the text behind it; `below` it where comments come between, or it is asked."""
        opening, inner = entry.opening[:1], [*map(Comment, entry.opening[1:]), *entry.inner]
        is_empty = texts == [""]
        if is_empty or opening or inner or below:
            lines = [Line(head, "".join(opening)), *_comments(inner, inside)]
            lines += [] if is_empty else _indented(texts, inside)
        else:
            lines = [Line(f"{head} {texts[0]}", "", len(head), entry.column, entry.padded)]
            lines += _indented(texts[1:], inside)
        if not entry.trailing:
            return lines
        lines[-1].comment = entry.trailing[0]
        return [*lines, *_comments([*map(Comment, entry.trailing[1:])], inside - _STEP)]

    def _collection(self, entry: Entry, value: Collection, head: str, inside: int) -> list[Line]:
        if not value.entries:
            entry.inner += value.foot
            return self._behind(entry, head, [flow(value)], inside)
        width = self._measures.width(value)
        if not value.is_flow or width == math.inf:
            return self._opened(entry, value, head, inside)
        has_comments = bool(entry.opening or entry.inner)
        is_short = len(head) + 1 + width <= WIDTH or _is_tied(entry)
        if is_short and not has_comments:
            return self._behind(entry, head, [flow(value)], inside)
        has_key = entry.key is not None
        if (has_key or has_comments) and inside + width <= WIDTH:
            return self._behind(entry, head, [flow(value)], inside, below=True)
        if not self._measures.has_mapping(value):
            return self._behind(entry, head, lines_of_list(value, inside), inside, below=has_key)
        return self._opened(entry, value, head, inside)

    def _opened(self, entry: Entry, value: Collection, head: str, inside: int) -> list[Line]:
        """A list or mapping with a line for each entry."""
        if value.anchor is not None:
            head = f"{head} &{value.anchor}"
        opening = entry.opening or entry.trailing[:1]
        closing = entry.trailing if entry.opening else entry.trailing[1:]
        above = _comments([*map(Comment, opening[1:]), *entry.inner], inside)
        foot = _comments([*value.foot, *map(Comment, closing)], inside)
        lines = [*above, *_joined([self.row(part, inside) for part in value.entries]), *foot]
        if not lines[0].text:
            del lines[0]
        if not head.endswith("-") or opening or above or value.entries[0].leading:
            return [Line(head, "".join(opening[:1])), *lines]
        lines[0].text = f"{head} {lines[0].text.lstrip(' ')}"
        return lines
