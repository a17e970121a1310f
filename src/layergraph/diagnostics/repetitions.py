"""One mistake gives one error, however many nodes an alias or a merge brings it to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from layergraph.diagnostics.codes import Code
from layergraph.diagnostics.diagnostic import Diagnostic
from layergraph.diagnostics.source import Span

_Place = tuple[Code, Span, int]


def one_for_each_mistake(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics, less those that repeat one at the same place of the file.

    A value that an alias or `<<` repeats keeps its one place, and stands at several paths. Of
    diagnostics with one code at one place, those at another path than the first are the same
    mistake again; the first one then says where else it tells.
    """
    first: dict[_Place, Diagnostic] = {}
    again: dict[_Place, list[str]] = {}
    seen: Counter[tuple[Code, Span, tuple[str | int, ...]]] = Counter()
    for diagnostic in found:
        at_path = (diagnostic.code, diagnostic.span, diagnostic.path)
        place = (diagnostic.code, diagnostic.span, seen[at_path])
        seen[at_path] += 1
        if place not in first:
            first[place] = diagnostic
        else:
            again.setdefault(place, []).append(_entry(diagnostic))
    return tuple(_with_note(one, again.get(place, [])) for place, one in first.items())


def _entry(diagnostic: Diagnostic) -> str:
    return str(diagnostic.path[1]) if len(diagnostic.path) > 1 else ""


def _with_note(diagnostic: Diagnostic, entries: list[str]) -> Diagnostic:
    others = [name for name in dict.fromkeys(entries) if name and name != _entry(diagnostic)]
    if not entries:
        return diagnostic
    times = f"the same value is wrong at {len(entries) + 1} places of the graph"
    if others:
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        times = f"the same is wrong in {', '.join(f'`{name}`' for name in others[:5])}{more}"
    return diagnostic._replace(notes=(*diagnostic.notes, times))
