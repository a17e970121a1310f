"""A difference as Markdown, for a comment on a pull request."""

from __future__ import annotations

import re

from layergraph.views.diff.difference import Difference
from layergraph.views.diff.sections import Entry, sections
from layergraph.views.diff.text import headline
from layergraph.views.diff.words import ARROW, totals

_SPECIAL = re.compile(r"([\\*_<>\[\]|~#&])")


def diff_markdown(difference: Difference, *, every: bool = False) -> str:
    """What changed, as a headline and a table.

    Args:
        difference: what changed.
        every: whether every node is told by itself, also where many are alike.
    """
    lines = [f"**{_escaped(headline(difference))}**"]
    if difference.same:
        return lines[0]
    facts = [f"{total.name} {total}" for total in totals(difference)]
    if difference.name is not None:
        facts.insert(0, f"name {difference.name[0]} {ARROW} {difference.name[1]}")
    lines += ["", _escaped(", ".join(facts))]
    found = sections(difference, every=every)
    rows = [_row(section.heading, entry) for section in found for entry in section.entries]
    if rows:
        lines += ["", "| | what | change |", "|---|---|---|", *rows]
    lines += [line for s in found if s.note is not None for line in ("", f"_{s.note}_")]
    return "\n".join(lines)


def _row(heading: str, entry: Entry) -> str:
    changes = "<br>".join(map(_escaped, entry.details))
    return f"| {heading} | `{entry.sign}` {_escaped(entry.title)} | {changes} |"


def _escaped(text: str) -> str:
    """Text of a file, which Markdown would read as more than that; code in backticks stays."""
    parts = text.split("`")
    return "`".join(
        part.replace("|", r"\|") if number % 2 else _SPECIAL.sub(r"\\\1", part)
        for number, part in enumerate(parts)
    )
