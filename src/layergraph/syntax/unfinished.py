"""Lists and mappings whose end the parser has not seen yet."""

from __future__ import annotations

from typing import Final

from layergraph.diagnostics import Related, Source, Span
from layergraph.diagnostics.codes import DUPLICATE_KEY, INVALID_MERGE, NON_STRING_KEY
from layergraph.syntax.events import Event, StartEvent
from layergraph.syntax.reports import Reports
from layergraph.syntax.scalars import resolve
from layergraph.syntax.tree import (
    Entry,
    Mapping,
    Scalar,
    Sequence,
    Spoiled,
    Tree,
    help_for_comma,
    is_left_empty,
)

MERGE: Final = "<<"


class Unfinished:
    """What lists and mappings share while they grow."""

    __slots__ = ("anchor", "column", "flow", "height", "last", "line", "spoiled", "values_before")

    def __init__(self, event: StartEvent) -> None:
        self.line = event.start_mark.line + 1
        self.column = event.start_mark.column + 1
        self.flow = event.flow_style
        self.anchor = event.anchor
        self.spoiled = False
        self.height = 1
        self.values_before = 0
        self.last: Span | None = None

    def start(self, source: Source) -> Span:
        """The first character: of a list or mapping in brackets, the bracket."""
        return Span(source, self.line, self.column, self.line, self.column + 1)

    def span(self, source: Source, event: Event) -> Span:
        """All of it: to the closing bracket, or else to the end of the last value."""
        end = event.end_mark
        bracket = self.flow and event.start_mark.index < end.index
        if self.last is not None and not bracket:
            return Span(source, self.line, self.column, self.last.end_line, self.last.end_column)
        return Span(source, self.line, self.column, end.line + 1, end.column + 1)


class UnfinishedSequence(Unfinished):
    """A list, as far as it has been read."""

    __slots__ = ("items",)

    def __init__(self, event: StartEvent) -> None:
        super().__init__(event)
        self.items: list[Tree] = []

    @property
    def step(self) -> int:
        """The index of the item that is being read."""
        return len(self.items)

    def take(self, item: Tree) -> None:
        """Add the next item."""
        self.items.append(item)
        self.last = item.span

    def finish(self, span: Span) -> Tree:
        """The whole list."""
        return Spoiled(span) if self.spoiled else Sequence(tuple(self.items), span)


class UnfinishedMapping(Unfinished):
    """A mapping, as far as it has been read: keys and values come in turn."""

    __slots__ = (
        *("awaits_key", "entries", "is_whole", "key_span", "merge", "merged", "reports"),
        "step",
    )

    def __init__(self, event: StartEvent, reports: Reports) -> None:
        super().__init__(event)
        self.reports = reports
        self.awaits_key = True
        self.step: str | None = None
        self.key_span: Span | None = None
        self.entries: dict[str, Entry] = {}
        self.is_whole = True
        self.merge: Span | None = None
        self.merged: list[Mapping] = []

    def take_key(self, text: str, span: Span, *, plain: bool) -> None:
        """A scalar key. One that is no text is reported, and left out with its value."""
        self.awaits_key = False
        self.step, self.key_span = text, span
        if plain:
            if text == MERGE:
                self._begin_merge(span)
                return
            if not isinstance(resolve(text), str):
                self._refuse_key(text, span)
                return
        first = self.entries.get(text)
        if first is not None:
            self._refuse_duplicate(text, span, first.key_span)
            self.is_whole = False

    def take(self, node: Tree) -> None:
        """Whatever is not a scalar key: the value of the last key, or a key that is no text."""
        self.last = node.span
        if self.awaits_key:
            self._take_node_as_key(node)
            return
        self.awaits_key = True
        key, key_span = self.step, self.key_span
        if key is None or key_span is None:
            return
        if key_span is self.merge:
            self._take_merge(node)
        elif key in self.entries:
            first = self.entries[key]
            self.entries[key] = Entry(key, first.key_span, Spoiled(first.value.span))
        else:
            self.entries[key] = Entry(key, key_span, node)
        self.step = None

    def finish(self, span: Span) -> Tree:
        """The whole mapping: what `<<` brings in first, as far as no key of its own wins."""
        if self.spoiled:
            return Spoiled(span)
        if not self.merged:
            return Mapping(self.entries, span, self.is_whole)
        entries: dict[str, Entry] = {}
        for mapping in self.merged:
            for key, entry in mapping.entries.items():
                entries.setdefault(key, entry)
        is_whole = self.is_whole and all(mapping.is_whole for mapping in self.merged)
        return Mapping(entries | self.entries, span, is_whole)

    def _take_node_as_key(self, node: Tree) -> None:
        if isinstance(node, Scalar) and isinstance(node.value, str):
            self.take_key(node.value, node.span, plain=False)
            return
        self.awaits_key = False
        self._leave_out()
        if not isinstance(node, Spoiled):
            kind = {Mapping: "a mapping", Sequence: "a list"}.get(type(node), "no text")
            self.reports.report(
                NON_STRING_KEY,
                f"a key must be a text, and this is {kind}",
                node.span,
                label=kind,
                help="write a name, or quote it",
            )

    def _refuse_key(self, text: str, span: Span) -> None:
        self.reports.report(
            NON_STRING_KEY,
            f"the key `{text}` is no text" if text else "a key is missing before `:`",
            span,
            help=self._help_for_key(text),
        )
        self._leave_out()

    def _help_for_key(self, text: str) -> str:
        """What to do; the key before it, whose value it may be, has none then."""
        last = next(reversed(self.entries.values()), None)
        if text and self.flow and last is not None and is_left_empty(last.value):
            self.entries[last.key] = last._replace(value=Spoiled(last.value.span))
            return help_for_comma(last.key, text)
        return f'quote it: `"{text}"`' if text else "write the key as a text"

    def _leave_out(self) -> None:
        """Take no value for the key at hand, as it is none."""
        self.step = self.key_span = None
        self.is_whole = False

    def _refuse_duplicate(self, text: str, span: Span, first: Span) -> None:
        self.reports.report(
            DUPLICATE_KEY,
            f"the key `{text}` is given twice",
            span,
            label="given again",
            related=(Related("first given here", first),),
            help="remove one of them, or rename it",
        )

    def _begin_merge(self, span: Span) -> None:
        if self.merge is not None:
            self._refuse_duplicate(MERGE, span, self.merge)
            self.spoiled = True
        self.merge = span

    def _take_merge(self, node: Tree) -> None:
        for part in node.items if isinstance(node, Sequence) else (node,):
            if isinstance(part, Mapping):
                self.merged.append(part)
                continue
            self.spoiled = True
            if not isinstance(part, Spoiled):
                self.reports.report(
                    INVALID_MERGE,
                    "`<<` takes a mapping or a list of mappings",
                    part.span,
                    label="a list in a list" if isinstance(part, Sequence) else "not a mapping",
                    help="write `<<: *name`, where `&name` marks a mapping",
                )
