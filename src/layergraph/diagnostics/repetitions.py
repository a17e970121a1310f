"""One mistake gives one error, however many nodes an alias, a merge or a copy brings it to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from layergraph.diagnostics.codes import FAILED_EXPRESSION, WRONG_TYPE, Code
from layergraph.diagnostics.diagnostic import ComputedSpan, Diagnostic
from layergraph.diagnostics.source import Span

_Place = tuple[Code, Span, int]
_Found = tuple[Code, Span, tuple[str | int, ...], str]

MOST_NAMED = 5


def one_for_each_mistake(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics, less those that repeat one at the same place of the file.

    A value that an alias or `<<` repeats keeps its one place, and stands at several paths; what a
    block holds is in all of its copies. Of diagnostics with one code at one place, those at
    another path or in another copy than the first are the same mistake again; the first one then
    says where else it tells. A value that a caller gives is one mistake, however often it is used.
    """
    first: dict[_Place, Diagnostic] = {}
    again: dict[_Place, list[Diagnostic]] = {}
    seen: Counter[_Found] = Counter()
    for diagnostic in found:
        at = (diagnostic.code, diagnostic.span, diagnostic.path, diagnostic.copy)
        place = (*_mistake(diagnostic), seen[at])
        seen[at] += 1
        if place not in first:
            first[place] = diagnostic
        else:
            again.setdefault(place, []).append(diagnostic)
    return tuple(_with_note(one, again.get(place, [])) for place, one in first.items())


def _mistake(diagnostic: Diagnostic) -> tuple[Code, Span]:
    """What is wrong, and where. A value of the wrong type is so wherever it leads."""
    if diagnostic.code in (WRONG_TYPE, FAILED_EXPRESSION):
        return WRONG_TYPE, _source_of(diagnostic.span)
    return diagnostic.code, _origin(diagnostic.span)


def _origin(span: Span) -> Span:
    """Where the value at a place was given, if it is handed on as it is, by however many."""
    while isinstance(span, ComputedSpan) and span.origin is not None:
        span = span.origin
    return span


def _source_of(span: Span) -> Span:
    """Where a value was given, or the single one that it is computed from."""
    while isinstance(span, ComputedSpan) and len(span.given) == 1:
        span = span.given[0].span
    return span


def once_each(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What several files say, less what each says anew of a file that they import.

    What leads to a place, calls and copies, differs from file to file, and counts for nothing; a
    mistake that the caller's tensors make names their places, and is another one for each caller.
    """
    first: dict[object, Diagnostic] = {}
    for diagnostic in found:
        related = tuple((_at(place.span), place.message) for place in diagnostic.related)
        at = _at(diagnostic.span)
        key = (diagnostic.code, at, diagnostic.message, diagnostic.label, diagnostic.help, related)
        first.setdefault(key, diagnostic)
    return tuple(first.values())


def _at(span: Span) -> tuple[object, ...]:
    """A place in a file that may have been read more than once."""
    source, *place = span
    return (source.name, *place)


def _with_note(diagnostic: Diagnostic, others: list[Diagnostic]) -> Diagnostic:
    found_in = _copy_note(diagnostic, is_first=bool(others))
    if not others:
        return diagnostic._replace(notes=(*diagnostic.notes, *found_in))
    names = dict.fromkeys(_name(other, diagnostic) for other in others)
    named = [name for name in names if name and name != _name(diagnostic, diagnostic)]
    times = f"the same value is wrong at {len(others) + 1} places of the graph"
    if named:
        more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
        times = (
            f"the same is wrong in {', '.join(f'`{name}`' for name in named[:MOST_NAMED])}{more}"
        )
    return diagnostic._replace(notes=(*diagnostic.notes, *found_in, times))


def _copy_note(diagnostic: Diagnostic, *, is_first: bool) -> tuple[str, ...]:
    """The note that tells which copy of a block a mistake is in; of many, the first says itself."""
    steps = diagnostic.copy.split(".")
    while steps and steps[-1].isdigit():  # the items of a chain, which the message names
        steps.pop()
    numbers = [step for step in steps if step.isdigit() and not (is_first and step == "1")]
    return (f"it is in `{diagnostic.copy}`",) if diagnostic.calls and numbers else ()


def _name(diagnostic: Diagnostic, first: Diagnostic) -> str:
    """What tells a diagnostic from the first one: its entry in the file, or its copy."""
    if diagnostic.path == first.path and diagnostic.copy != first.copy:
        return diagnostic.copy.removeprefix("block ")  # one that nothing calls
    return str(diagnostic.path[1]) if len(diagnostic.path) > 1 else ""
