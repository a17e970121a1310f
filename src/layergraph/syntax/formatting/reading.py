"""A YAML text → a `Document`, with every comment at what it belongs to.

Given a text that the reader takes without a mistake. Values come from the events of PyYAML's
parser; what stands between them is scanned for comments. A comment on a line of its own belongs to
what follows, unless it is indented like what has just ended: then it is the foot of that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import yaml

from layergraph.syntax.composer import PARSER
from layergraph.syntax.events import AliasEvent, Event, NodeEvent, ScalarEvent, StartEvent
from layergraph.syntax.formatting.document import (
    Alias,
    Collection,
    Comment,
    Document,
    Entry,
    Text,
)
from layergraph.syntax.formatting.scanning import Lines, Piece, pieces

_HEADER: Final = re.compile(r"[|>](?P<signs>[-+0-9]*)[ \t]*(?P<comment>#[^\n]*)?")
_ANCHOR: Final = re.compile(r"&[^\s,\[\]{}]+")
_GAP: Final = re.compile(r"(?:\s+(?:#[^\n]*)?)*")


def read(text: str) -> Document:
    """The document of a text whose lines end in line feeds."""
    return _Reader(text).read()


class _Open(NamedTuple):
    """A list or mapping whose end has not come."""

    collection: Collection
    column: int
    holder: Entry


class _Ended(NamedTuple):
    """Something whose end has come, and where comments go that are indented like it."""

    column: int
    foot: list[Comment]


class _Reader:
    """One walk over the events of a text.

    `_entry` is the one that is being read; it has `begun` from its key or dash to its value's end.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._at = 0
        self._seen = 0  # the end of the last thing that is no white space
        self._document = Document(Entry())
        self._open: list[_Open] = []
        self._entry = self._document.root
        self._has_begun = True
        self._slot = self._entry.opening
        self._pending: list[Comment] = []
        self._ended: list[_Ended] = []
        self._after_colon: int | None = None
        self._is_over = False

    def read(self) -> Document:
        handlers: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.DocumentStartEvent: self._start_document,
            yaml.DocumentEndEvent: self._end_document,
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
        }
        parser = PARSER(self._text)
        while (event := parser.get_event()) is not None:
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)
            elif type(event) is yaml.StreamEndEvent:
                break
        self._scan(len(self._text))
        rest, _ = self._place_comments(-1, self._at)
        root = self._document.root.value
        if isinstance(root, Collection):
            root.foot += rest
        return self._document

    def _start_document(self, event: Event) -> None:
        end = event.end_mark.index
        if self._text[end - 3 : end] != "---":
            return
        lines = [line.rstrip() for line in self._text[:end].split("\n")]
        self._document.prefix = [line for line in lines if line]
        self._at = self._seen = end

    def _end_document(self, event: Event) -> None:
        self._scan(event.start_mark.index)
        self._is_over = True

    def _scalar(self, event: ScalarEvent) -> None:
        is_empty = not event.style and not event.value
        start = self._begin(event, is_inline=True)
        end = start if is_empty else event.end_mark.index
        if event.style in ("|", ">"):
            end = self._end_of_block_scalar(event, start)
        text = Text(event.value, event.style or "", self._text[start:end], event.anchor)
        self._at = max(self._at, end)
        if not is_empty:
            self._seen = self._at
        self._give(text, is_empty=is_empty)

    def _end_of_block_scalar(self, event: ScalarEvent, start: int) -> int:
        """Blank lines behind it are part of it only where it says so, with a plus."""
        header = _HEADER.match(self._text, start)
        assert header is not None
        if header["comment"]:
            self._entry.opening.append(header["comment"].rstrip())
        end = event.end_mark.index
        if "+" in header["signs"]:
            return end
        return max(start + len(self._text[start:end].rstrip(" \t\n")), header.end())

    def _alias(self, event: AliasEvent) -> None:
        self._scan(event.start_mark.index)
        self._begin_inline(event.start_mark.index)
        self._at = self._seen = event.end_mark.index
        self._give(Alias(event.anchor))

    def _start(self, event: StartEvent) -> None:
        start = self._begin(event, is_inline=event.flow_style)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        collection = Collection(is_mapping, event.flow_style, event.anchor)
        column = self._lines.column_of(start)
        if event.flow_style and self._text[start] in "{[":
            self._take_inner()
            self._at = self._seen = start + 1
        around = self._open[-1] if self._open else None
        if around is not None and around.collection.is_mapping and around.column == column:
            column += 1  # a list as far left as its key: a comment there belongs to the next key
        self._entry.value = collection
        self._open.append(_Open(collection, column, self._entry))
        self._has_begun = False

    def _end(self, event: Event) -> None:
        collection, column, self._entry = self._open.pop()
        if not collection.is_flow:
            self._ended.append(_Ended(column, collection.foot))
        elif event.start_mark.index < event.end_mark.index:
            self._scan(event.start_mark.index)
            collection.foot += self._pending
            self._pending = []
            self._at = self._seen = event.end_mark.index
            self._slot = self._entry.trailing
        self._has_begun = False

    def _begin(self, event: NodeEvent, *, is_inline: bool) -> int:
        """Take in what stands before a value, and its anchor: where the value itself starts."""
        start = min(event.start_mark.index, len(self._text))
        self._scan(start)
        if is_inline:
            self._begin_inline(start)
        if event.anchor is None:
            return start
        anchor = _ANCHOR.match(self._text, start)
        assert anchor is not None
        self._at = self._seen = anchor.end()
        if isinstance(event, yaml.ScalarEvent) and not event.style and not event.value:
            return anchor.end()
        gap = _GAP.match(self._text, anchor.end())
        assert gap is not None
        self._scan(gap.end())
        return gap.end()

    def _begin_inline(self, start: int) -> None:
        """Of values that need no line of their own, the first in an entry may be what begins it."""
        if not self._has_begun and self._open:
            self._begin_entry(start)
        elif self._after_colon is not None and self._open and not self._open[-1].collection.is_flow:
            between = self._text[self._after_colon : start]
            self._entry.column = self._lines.column_of(start)
            self._entry.padded = len(between) > 1 and not between.strip(" ")

    def _begin_entry(self, start: int) -> None:
        leading, blank = self._place_comments(self._lines.column_of(start), start)
        self._entry = Entry(leading, blank, self._lines.line_of(start))
        self._open[-1].collection.entries.append(self._entry)
        self._has_begun, self._slot, self._after_colon = True, self._entry.opening, None

    def _give(self, node: Text | Alias, *, is_empty: bool = False) -> None:
        """A scalar or an alias is whole: it is the key of the entry, or the value."""
        around = self._open[-1] if self._open else None
        if around is not None and around.collection.is_mapping and self._entry.key is None:
            self._entry.key = node
            return
        self._entry.value = node
        self._has_begun = False
        if not is_empty:
            self._take_inner()
            self._slot = self._entry.trailing
        elif around is not None and not around.collection.is_flow:
            self._ended.append(_Ended(around.column + 1, self._entry.inner))

    def _take_inner(self) -> None:
        self._entry.inner += self._pending
        self._pending = []

    def _scan(self, end: int) -> None:
        """Take in what stands between the last value and the next."""
        for piece in pieces(self._text, self._at, end):
            if piece.kind == "comment":
                self._comment(piece)
            elif piece.text == ":":
                self._after_colon = piece.end
            elif piece.text in ("-", "?") and self._open and not self._has_begun:
                self._begin_entry(piece.start)
            self._seen = piece.end
        self._at = max(self._at, end)

    def _comment(self, piece: Piece) -> None:
        if self._is_over or self._lines.is_first(piece.start):
            column = self._lines.column_of(piece.start)
            self._pending.append(Comment(piece.text, self._is_blank_before(piece.start), column))
        else:
            self._slot.append(piece.text)

    def _is_blank_before(self, index: int) -> bool:
        return self._text.count("\n", self._seen, index) > 1

    def _place_comments(self, column: int, index: int) -> tuple[list[Comment], bool]:
        """Of the comments before an entry, those that are its own; and if a blank line is last."""
        level, ended = 0, self._ended
        leading: list[Comment] = []
        for comment in self._pending:
            while level < len(ended) and not column < comment.column >= ended[level].column:
                level += 1
            (ended[level].foot if level < len(ended) else leading).append(comment)
        self._pending, self._ended = [], []
        return leading, self._is_blank_before(index)
