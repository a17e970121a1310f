"""A `Document` → the lines of its canonical form.

What stands in brackets stays on one line where it fits, else on a line of its own below its key,
else each of its entries gets a line. What has lines already keeps them. A comment needs lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from layergraph.syntax.formatting.columns import Line, align_comments, align_values
from layergraph.syntax.formatting.document import Alias, Collection, Comment, Document, Entry, Text
from layergraph.syntax.formatting.inline import flow, has_mapping, key, tokens
from layergraph.syntax.formatting.texts import as_block, on_lines
from layergraph.syntax.writing import WIDTH, filled

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
    rows = [_row(entry, 0) for entry in root.value.entries]
    if sections_moved:
        for before, row in pairwise(rows):
            row.is_apart = not (before.is_short and row.is_short)
    if not above:
        rows[0].is_apart = False
    foot = [*(Comment(text) for text in root.trailing), *root.value.foot]
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
        if run and (row.is_apart or row.above or not row.is_short):
            align_values(run)
            run = []
        if row.is_short:
            run.append(row.lines[0])
    if run:
        align_values(run)
    found: list[Line] = []
    for row in rows:
        found += [*([Line("")] if row.is_apart else []), *row.above, *row.lines]
    return found


def _block(collection: Collection, indent: int, above: list[Comment]) -> list[Line]:
    """The lines of the entries of a list or mapping, under the comments that stand `above` them."""
    rows = [_row(entry, indent) for entry in collection.entries]
    lines = [*_comments(above, indent), *_joined(rows), *_comments(collection.foot, indent)]
    return lines[1:] if not lines[0].text else lines


def _row(entry: Entry, indent: int) -> _Row:
    head = f"{' ' * indent}{key(entry)}"
    lines = _lines(entry, head, indent + _STEP)
    above = _comments([*entry.leading, *_without_place(entry)], indent)
    if above and entry.blank_before:
        above.append(Line(""))
    is_apart = entry.blank_before
    if above:
        is_apart = not above[0].text
        above = above[is_apart:]
    return _Row(above, is_apart, lines, is_short=len(lines) == 1 and len(lines[0].text) > len(head))


def _without_place(entry: Entry) -> list[Comment]:
    """Comments for which a block scalar has no place: all but one, which stands in its header."""
    if _block_scalar(entry) is None:
        return []
    return [*map(Comment, entry.opening[1:]), *entry.inner]


def _block_scalar(entry: Entry) -> list[str] | None:
    value = entry.value
    return as_block(value) if isinstance(value, Text) and value.style in ("|", ">") else None


def _lines(entry: Entry, head: str, inside: int) -> list[Line]:
    """The lines of an entry; those after its first begin `inside` at least."""
    value = entry.value
    anchor = f" &{value.anchor}" if not isinstance(value, Alias) and value.anchor else ""
    if isinstance(value, Collection):
        return _collection(entry, value, head, inside)
    content = _block_scalar(entry)
    if content is not None:
        first = Line(f"{head}{anchor} {content[0]}", "".join(entry.opening[:1]))
        return [first, *_indented(content[1:], inside)]
    text = flow(value)
    lines = on_lines(value) if isinstance(value, Text) else None
    if lines is None or (len(head) + 1 + len(text) <= WIDTH and "\n" not in text):
        return _behind(entry, head, [text], inside)
    return _behind(entry, head, [f"{anchor[1:]} {lines[0]}".lstrip(), *lines[1:]], inside)


def _behind(
    entry: Entry, head: str, texts: list[str], inside: int, *, below: bool = False
) -> list[Line]:
    """A head and the text behind it; `below` it where comments come between, or it is asked."""
    opening, inner = entry.opening[:1], [*map(Comment, entry.opening[1:]), *entry.inner]
    is_empty = texts == [""]
    if is_empty or opening or inner or below:
        lines = [Line(head, "".join(opening)), *_comments(inner, inside)]
        lines += [] if is_empty else _indented(texts, inside)
    else:
        lines = [Line(f"{head} {texts[0]}", head=len(head), is_padded=entry.padded)]
        lines += _indented(texts[1:], inside)
    if not entry.trailing:
        return lines
    lines[-1].comment = entry.trailing[0]
    return [*lines, *_comments([Comment(text) for text in entry.trailing[1:]], inside - _STEP)]


def _indented(lines: list[str], indent: int) -> list[Line]:
    return [Line(f"{' ' * indent}{line}" if line else "") for line in lines]


def _collection(entry: Entry, value: Collection, head: str, inside: int) -> list[Line]:
    if not value.entries:
        entry.inner += value.foot
        value.foot = []
    if value.is_flow and not value.has_comments:
        text = flow(value)
        has_comments = bool(entry.opening or entry.inner)
        if not value.entries or (not has_comments and len(head) + 1 + len(text) <= WIDTH):
            return _behind(entry, head, [text], inside)
        if entry.key is not None and inside + len(text) <= WIDTH:
            return _behind(entry, head, [text], inside, below=True)
        if not has_mapping(value):
            lines = [line.strip(" ") for line in filled(tokens(value), inside)]
            lines[1:] = [f" {line}" for line in lines[1:]]
            return _behind(entry, head, lines, inside, below=entry.key is not None)
    return _opened(entry, value, head, inside)


def _opened(entry: Entry, value: Collection, head: str, inside: int) -> list[Line]:
    """A list or mapping with a line for each entry."""
    if value.anchor is not None:
        head = f"{head} &{value.anchor}"
    opening = [*entry.opening, *(entry.trailing[:1] if not entry.opening else [])]
    closing = entry.trailing[1:] if not entry.opening else entry.trailing
    value.foot += map(Comment, closing)
    above = [*map(Comment, opening[1:]), *entry.inner]
    lines = _block(value, inside, above)
    is_compact = head.endswith("-") and not (opening or above or value.entries[0].leading)
    if not is_compact:
        return [Line(head, "".join(opening[:1])), *lines]
    lines[0].text = f"{head} {lines[0].text.lstrip(' ')}"
    return lines
