"""A difference as people read it: sections of entries, causes before what follows from them.

What is alike is told once, unless all of it is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from layergraph.graph.graph import Output
from layergraph.views.diff.difference import Difference, NodeChange, OutputChange
from layergraph.views.diff.values import ValueChange
from layergraph.views.diff.words import (
    ARROW,
    MOST,
    derived,
    details,
    named,
    output_details,
    plural,
    tensors_text,
    types_text,
    value_text,
)

ADDED, REMOVED, CHANGED = "+", "-", "~"

_MOST_ENTRIES = 50

RENAMES = (
    "weights find their layers by name: `compile --weights` leaves those of a renamed layer; "
    "Keras' own `load_weights` goes by position"
)


class Entry(NamedTuple):
    """One thing that changed: its sign, what it is, and what of it changed."""

    sign: str
    title: str
    details: tuple[str, ...] = ()


class Section(NamedTuple):
    """Entries under a heading, and what they mean."""

    heading: str
    entries: tuple[Entry, ...]
    note: str | None = None


def sections(difference: Difference, *, every: bool) -> tuple[Section, ...]:
    """The sections that are not empty.

    Args:
        difference: what changed.
        every: whether every node is told by itself, also where many are alike.
    """
    follows = [c for c in (*difference.inputs, *difference.nodes) if c.kind == "follows"]
    nodes = [c for c in difference.nodes if c.kind != "follows"]
    inputs = [c for c in difference.inputs if c.kind != "follows"]
    has_renames = any(change.is_renamed for change in nodes)
    found = (
        Section("inputs", tuple(map(_node, inputs))),
        Section("nodes", tuple(_nodes(nodes, every)), RENAMES if has_renames else None),
        Section("outputs", tuple(map(_output, difference.outputs))),
        Section("training", tuple(map(_setting, difference.training))),
        Section("follows from these", tuple(_follows(follows, every))),
    )
    return tuple(_cut(section, every) for section in found if section.entries)


def _cut(section: Section, every: bool) -> Section:
    """A section with as many entries as a person reads."""
    left = len(section.entries) - _MOST_ENTRIES
    if every or left <= 0:
        return section
    more = Entry("…", f"and {left} more, which `--all` shows")
    return section._replace(entries=(*section.entries[:_MOST_ENTRIES], more))


def _setting(change: ValueChange) -> Entry:
    if change.before is not None and change.after is not None:
        return Entry(CHANGED, value_text(change))
    sign = ADDED if change.before is None else REMOVED
    value = change.before or change.after
    return Entry(sign, f"{change.name}: {value.text if value else ''}")


def _node(change: NodeChange) -> Entry:
    """One node by itself."""
    place = change.place
    kind = place.node.type
    if change.old is not None and change.new is not None:
        title = f"{place.name} ({kind})"
        if change.layer is not None:
            names = dict.fromkeys((change.old.name, change.new.name))
            title = f"{f' {ARROW} '.join(names)} ({kind}), a call of another layer"
        if change.is_renamed:
            title = f"{change.old.name} {ARROW} {change.new.name} ({kind}), renamed"
        return Entry(CHANGED, title, tuple(details(change)))
    facts = [tensors_text(place.node)]
    if place.parameters:
        facts.append(plural(place.parameters, "parameter"))
    if change.near[0]:
        facts.append(f"after {named(change.near[0])}")
    sign = ADDED if change.old is None else REMOVED
    return Entry(sign, f"{place.name} ({kind}): {', '.join(facts)}")


def _nodes(found: Sequence[NodeChange], every: bool) -> Iterator[Entry]:
    types = _types_of_regions(found)
    keys = [n if every else _alike(change, n, types) for n, change in enumerate(found)]
    groups: dict[object, list[NodeChange]] = defaultdict(list)
    for key, change in zip(keys, found, strict=True):
        groups[key].append(change)
    for key, change in zip(keys, found, strict=True):
        group = groups[key]
        if len(group) <= _most_of(change):
            yield _node(change)
        elif change is group[0]:
            yield _changed_alike(group) if change.kind == "changed" else _together(group)


def _types_of_regions(found: Sequence[NodeChange]) -> dict[int, str]:
    """For each region, what types of nodes came or went in it."""
    members: dict[int, list[NodeChange]] = defaultdict(list)
    for change in found:
        if change.kind != "changed":
            members[change.region].append(change)
    return {region: types_text(group) for region, group in members.items()}


def _most_of(change: NodeChange) -> int:
    """How many that are alike are told one by one: what was changed alike takes lines for each."""
    return 2 if change.kind == "changed" and not change.is_renamed else MOST


def _alike(change: NodeChange, number: int, types: Mapping[int, str]) -> object:
    """What makes changes one: nodes that came or went alike, or that changed alike."""
    if change.kind != "changed":
        return change.kind, types[change.region]
    if change.sources or change.layer:
        return number
    if change.is_renamed:
        return ("renamed", _renaming(change)) if not change.values else number
    texts = tuple(value_text(value) for value in change.values)
    return change.place.node.type, texts


def _renaming(change: NodeChange) -> tuple[str, str] | None:
    """The parts in which two names differ, between their `_`; None where those are numbers."""
    assert change.old is not None
    old, new = change.old.name.split("_"), change.place.name.split("_")
    while old and new and old[-1] == new[-1]:
        old.pop()
        new.pop()
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    before, after = "_".join(old), "_".join(new)
    if before.isdecimal() and after.isdecimal():
        return None
    return before.rstrip("0123456789"), after.rstrip("0123456789")


def _changed_alike(group: list[NodeChange]) -> Entry:
    first = group[0]
    kind = types_text(group)
    if not first.is_renamed:
        names = named([change.place.name for change in group])
        texts = (value_text(value) for value in first.values)
        return Entry(CHANGED, f"{plural(len(group), 'node')} ({kind}), {names}", tuple(texts))
    pairs = [(c.old.name if c.old else "", c.place.name) for c in (first, group[-1])]
    ends = [f"{old} {ARROW} {new}" for old, new in pairs]
    return Entry(CHANGED, f"{plural(len(group), 'node')} ({kind}), renamed", tuple(_between(ends)))


def _between(ends: list[str]) -> Iterator[str]:
    yield ends[0]
    yield f"… {ends[1]}"


def _together(group: list[NodeChange]) -> Entry:
    """Nodes that came or went together, or in many places alike."""
    names = {change.place.name for change in group}
    before, after = (
        [
            n
            for n in dict.fromkeys(chain.from_iterable(c.near[way] for c in group))
            if n not in names
        ]
        for way in (0, 1)
    )
    facts = [types_text(group)]
    parameters = sum(change.place.parameters for change in group)
    if parameters:
        facts.append(plural(parameters, "parameter"))
    places = len({change.region for change in group})
    if places > 1:
        facts.append(f"in {places} places")
        before = after = []
    around = [f"after {named(before)}"] if before else []
    around += [f"before {named(after)}"] if after else []
    facts += [", ".join(around)] if around else []
    sign = ADDED if group[0].old is None else REMOVED
    ends = [change.place.name for change in group]
    return Entry(sign, f"{plural(len(group), 'node')}, {named(ends)}", tuple(facts))


def _follows(found: Sequence[NodeChange], every: bool) -> Iterator[Entry]:
    """What changed for no reason of its own, by the changes that it comes from."""
    if every or len(found) <= 2:
        yield from map(_node, found)
        return
    groups: dict[tuple[str, ...], list[NodeChange]] = defaultdict(list)
    for change in found:
        groups[change.causes].append(change)
    for causes, group in groups.items():
        after = f" after {named(causes)}" if causes else ""
        if len(group) == 1:
            (entry,) = map(_node, group)
            yield entry._replace(title=f"{entry.title}{',' if after else ''}{after}")
            continue
        names = named([change.place.name for change in group])
        title = f"{plural(len(group), 'node')}{after}: {names}"
        yield Entry(CHANGED, title, tuple(_consequences(group)))


def _consequences(group: Sequence[NodeChange]) -> Iterator[str]:
    """What nodes have in common that follow from one change, and whose weights are other ones."""
    shapes = {text for change in group for text in derived(change) if text.startswith("shape")}
    if len(shapes) == 1:
        yield from shapes
    counts = [
        f"{text} ({change.place.name})"
        for change in group
        for text in derived(change)
        if text.startswith("parameters")
    ]
    if len(counts) <= MOST:
        yield from counts
    else:
        yield from counts[: MOST - 1]
        yield f"… and the parameters of {len(counts) - MOST + 1} more nodes"


def _output(change: OutputChange) -> Entry:
    if change.old is not None and change.new is not None:
        title = change.new.name
        if change.old.name != change.new.name:
            title = f"{change.old.name} {ARROW} {change.new.name}, renamed"
        return Entry(CHANGED, title, tuple(output_details(change)))
    output = change.new or change.old
    assert output is not None
    return Entry(ADDED if change.old is None else REMOVED, f"{output.name}: {_facts(output)}")


def _facts(output: Output) -> str:
    if output.loss is None:
        return str(output.spec)
    loss = output.loss if isinstance(output.loss, str) else type(output.loss).__name__
    return f"{output.spec}, loss {loss}"
