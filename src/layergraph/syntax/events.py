"""What is used of the events of PyYAML's parsers, which always carry their marks."""

from __future__ import annotations

from typing import Protocol


class Mark(Protocol):
    """A place between two characters, all three counted from 0; columns count characters."""

    index: int
    line: int
    column: int


class Event(Protocol):
    """Something that the parser has seen from one mark to another."""

    start_mark: Mark
    end_mark: Mark


class AliasEvent(Event, Protocol):
    """``*name``."""

    anchor: str


class NodeEvent(Event, Protocol):
    """A value, or the start of one. Its start mark is before its anchor and its tag."""

    anchor: str | None
    tag: str | None


class ScalarEvent(NodeEvent, Protocol):
    """A value without parts. A plain one, without quotes, has no style."""

    value: str
    style: str | None


class StartEvent(NodeEvent, Protocol):
    """The start of a list or mapping; flow style is the one with brackets."""

    flow_style: bool
