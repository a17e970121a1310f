"""One mistake gives one error, however many nodes an alias, a merge or a copy brings it to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from layergraph.diagnostics.codes import Code
from layergraph.diagnostics.diagnostic import Diagnostic
from layergraph.diagnostics.source import Span

_Place = tuple[Code, Span, int]
_Found = tuple[Code, Span, tuple[str | int, ...], str]

MOST_NAMED = 5


def one_for_each_mistake(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics, less those that repeat one at the same place of the file.

    A value that an alias or `<<` repeats keeps its one place, and stands at several paths; what a
    block holds is in all of its copies. Of diagnostics with one code at one place, those at
    another path or in another copy than the first are the same mistake again; the first one then
    says where else it tells.
    """
    first: dict[_Place, Diagnostic] = {}
    again: dict[_Place, list[Diagnostic]] = {}
    seen: Counter[_Found] = Counter()
    for diagnostic in found:
        at = (diagnostic.code, diagnostic.span, diagnostic.path, diagnostic.copy)
        place = (diagnostic.code, diagnostic.span, seen[at])
        seen[at] += 1
        if place not in first:
            first[place] = diagnostic
        else:
            again.setdefault(place, []).append(diagnostic)
    return tuple(_with_note(one, again.get(place, [])) for place, one in first.items())


def _with_note(diagnostic: Diagnostic, others: list[Diagnostic]) -> Diagnostic:
    if not others:
        return diagnostic
    names = dict.fromkeys(_name(other, diagnostic) for other in others)
    named = [name for name in names if name and name != _name(diagnostic, diagnostic)]
    times = f"the same value is wrong at {len(others) + 1} places of the graph"
    if named:
        more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
        times = (
            f"the same is wrong in {', '.join(f'`{name}`' for name in named[:MOST_NAMED])}{more}"
        )
    return diagnostic._replace(notes=(*diagnostic.notes, times))


def _name(diagnostic: Diagnostic, first: Diagnostic) -> str:
    """What tells a diagnostic from the first one: its entry in the file, or its copy."""
    if diagnostic.path == first.path and diagnostic.copy != first.copy:
        return diagnostic.copy
    return str(diagnostic.path[1]) if len(diagnostic.path) > 1 else ""
