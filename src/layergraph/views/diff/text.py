"""A difference as text."""

from __future__ import annotations

from layergraph.graph.graph import Graph
from layergraph.views.diff.difference import Difference
from layergraph.views.diff.sections import sections
from layergraph.views.diff.words import ARROW, totals


def diff_text(difference: Difference, *, every: bool = False) -> str:
    """What changed, for people.

    Args:
        difference: what changed.
        every: whether every node is told by itself, also where many are alike.
    """
    lines = [headline(difference)]
    if difference.same:
        return lines[0]
    if difference.name is not None:
        lines.append(f"name: {difference.name[0]} {ARROW} {difference.name[1]}")
    lines += [f"{total.name}: {total}" for total in totals(difference)]
    for section in sections(difference, every=every):
        lines += ["", section.heading]
        for entry in section.entries:
            lines.append(f"  {entry.sign} {entry.title}")
            lines += [f"      {detail}" for detail in entry.details]
        if section.note is not None:
            lines.append(f"  ({section.note})")
    return "\n".join(lines)


def headline(difference: Difference) -> str:
    """Which files are compared, and whether they are one model."""
    old, new = difference.old, difference.new
    if difference.same:
        return f"{_file(old)} and {_file(new)} are the same model"
    if old is None:
        return f"{_file(new)} is new"
    if new is None:
        return f"{_file(old)} is gone"
    return f"{_file(old)} {ARROW} {_file(new)}"


def _file(graph: Graph | None) -> str:
    return "nothing" if graph is None else graph.source.name
