"""Events of a YAML parser → a tree. Every limit is checked before anything is built.

PyYAML's own composer is not used: it dies of a segmentation fault on deep files, keeps the last
of duplicate keys in silence, and reads scalars by YAML 1.1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import yaml

from layergraph.diagnostics import Diagnostics, Source, Span
from layergraph.diagnostics.codes import (
    DUPLICATE_KEY,
    NON_STRING_KEY,
    NOT_FINITE,
    SEVERAL_DOCUMENTS,
    TAG,
)
from layergraph.syntax.anchors import Anchors
from layergraph.syntax.events import AliasEvent, Event, ScalarEvent, StartEvent
from layergraph.syntax.limits import Budget, Limits
from layergraph.syntax.places import event_span, properties, scalar_span
from layergraph.syntax.problems import problem_of
from layergraph.syntax.reports import Reports
from layergraph.syntax.scalars import is_infinity, resolve
from layergraph.syntax.strictness import Strictness
from layergraph.syntax.tree import Scalar, Spoiled, Tree
from layergraph.syntax.unfinished import UnfinishedMapping, UnfinishedSequence

PARSER: Final[Any] = getattr(getattr(yaml, "cyaml", None), "CParser", yaml.SafeLoader)
"""PyYAML may have been built without libyaml; its own parser gives the same events."""


class Composer:
    """Builds the tree of one text, in one walk over its events."""

    def __init__(self, source: Source, diagnostics: Diagnostics, limits: Limits) -> None:
        self.has_infinities = False
        self._source = source
        self._diagnostics = diagnostics
        self._open: list[UnfinishedMapping | UnfinishedSequence] = []
        self._reports = Reports(diagnostics, self._open)
        self._budget = Budget(limits, self._reports)
        self._anchors = Anchors(self._reports)
        self._strictness = Strictness(source, self._reports, self._open)
        self._has_document = False
        self._root: Tree | None = None

    def compose(self) -> Tree | None:
        """The tree, or None for a text without a document. Raises `Refused`."""
        handlers: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._start_mapping,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceStartEvent: self._start_sequence,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._start_document,
        }
        try:
            parser = PARSER(self._source.text)
            while True:
                event = parser.get_event()
                handler = handlers.get(type(event))
                if handler is not None:
                    handler(event)
                elif type(event) is yaml.StreamEndEvent:
                    self._strictness.look_at_comments()
                    return self._root
        except yaml.YAMLError as error:
            brackets = [part.start(self._source) for part in self._open if part.flow]
            problem = problem_of(error, self._source, brackets[-1] if brackets else None)
            # What seems to be keys comes of the brackets that are wrong.
            first = brackets[0] if brackets else problem.span
            self._diagnostics.withdraw((NON_STRING_KEY, DUPLICATE_KEY), self._source, first.line)
            self._reports.refuse(
                problem.code,
                problem.message,
                problem.span,
                related=problem.related,
                help=problem.help,
            )

    def _scalar(self, event: ScalarEvent) -> None:
        text, plain, anchor, tagged = event.value, not event.style, event.anchor, False
        span = scalar_span(self._source, event)
        if anchor is not None or event.tag is not None:
            tag, line, column = properties(self._source, event, bounded=True)
            span = Span(self._source, line, column, span.end_line, span.end_column)
            tagged = self._refuse_tag(tag)
        has_value = True
        if not plain or text == "-" or self._strictness.has_glued:
            has_value = self._strictness.look_at_scalar(event, span)
        around = self._open[-1] if self._open else None
        if type(around) is UnfinishedMapping and around.awaits_key:
            if anchor is not None:
                self._anchors.define(anchor, Scalar(text, span))
            around.take_key(text, span, plain=plain and not tagged)
            return
        self._budget.spend(1, span)
        tree: Tree = Scalar(text, span)
        if tagged or not has_value:
            tree = Spoiled(span)
        elif plain:
            tree = self._plain(text, span)
        if anchor is not None:
            self._anchors.define(anchor, tree)
        self._give(tree)

    def _plain(self, text: str, span: Span) -> Tree:
        value = resolve(text)
        if type(value) is not float or math.isfinite(value):
            return Scalar(value, span)
        if is_infinity(text):
            self.has_infinities = True
            return Scalar(value, span)
        shown = text if len(text) <= 40 else f"{text[:20]}…{text[-10:]}"
        fault = "is not a number" if math.isnan(value) else "is beyond the largest float, 1.8e308"
        self._reports.report(NOT_FINITE, f"`{shown}` {fault}", span, help="write a finite number")
        return Spoiled(span)

    def _start_mapping(self, event: StartEvent) -> None:
        self._start(UnfinishedMapping(event, self._reports), event)

    def _start_sequence(self, event: StartEvent) -> None:
        self._start(UnfinishedSequence(event), event)

    def _start(self, growing: UnfinishedMapping | UnfinishedSequence, event: StartEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            tag, growing.line, growing.column = properties(self._source, event, bounded=False)
            growing.spoiled = self._refuse_tag(tag)
        start = growing.start(self._source)
        growing.values_before = self._budget.values
        self._budget.spend(1, start)
        self._budget.check_depth(len(self._open) + 1, start)
        if event.anchor is not None:
            self._anchors.begin(event.anchor, start)
        self._open.append(growing)

    def _end(self, event: Event) -> None:
        whole = self._open.pop()
        span = whole.span(self._source, event)
        if whole.flow:
            self._strictness.look_at_brackets(span)
        tree = whole.finish(span)
        if whole.anchor is not None:
            values = self._budget.values - whole.values_before
            self._anchors.define(whole.anchor, tree, values, whole.height)
        self._give(tree, whole.height)

    def _alias(self, event: AliasEvent) -> None:
        span = event_span(self._source, event)
        anchored = self._anchors.resolve(event.anchor, span)
        self._budget.spend(anchored.values, span)
        self._budget.check_depth(len(self._open) + anchored.height, span)
        self._give(anchored.tree, anchored.height)

    def _start_document(self, event: Event) -> None:
        if self._has_document:
            line, end = event.end_mark.line + 1, event.end_mark.column + 1
            self._reports.refuse(
                SEVERAL_DOCUMENTS,
                "a second document starts here, and a graph file holds one",
                Span(self._source, line, end - len("---"), line, end),
                help="remove the `---`, or move what follows to a file of its own",
            )
        self._has_document = True

    def _give(self, tree: Tree, height: int = 0) -> None:
        """Hand a whole value to what it stands in."""
        if not self._open:
            self._root = tree
            return
        around = self._open[-1]
        around.take(tree)
        if height >= around.height:
            around.height = height + 1

    def _refuse_tag(self, tag: Span | None) -> bool:
        if tag is None:
            return False
        self._reports.report(
            TAG, "tags have no use in a graph file", tag, help="write the value without it"
        )
        return True
