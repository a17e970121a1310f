"""Names of layers, in parts: what an instance begins with, and what each of its slots adds.

A name that is not made so becomes a text with one thing in it that differs: a number, or a text.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from layergraph.spec.names import KERAS_NAME, NAME

Names = tuple[tuple[str | None, ...], ...]
"""Names by slot and instance; None where there is none."""

_DIGITS = re.compile(r"[0-9]+")
_LONGEST = 40


class Prefixes(NamedTuple):
    """What the names of each instance begin with, and what the slots that have it add."""

    prefixes: tuple[str | None, ...]
    suffixes: tuple[str | None, ...]


class Varied(NamedTuple):
    """Names that differ in one place alone: text, a value for each instance, text."""

    before: str
    values: tuple[str | int | None, ...]
    after: str


def prefixes_of(names: Names, taken: frozenset[str]) -> Prefixes:
    """What most names of each instance have in common as their beginning.

    Args:
        names: the names, by slot and instance.
        taken: names in lower case that no slot can have.
    """
    count = len(names[0])
    votes: Counter[tuple[str | None, ...]] = Counter()
    choices = [_choices(of_slot) for of_slot in names]
    for by_suffix in choices:
        votes.update(list(dict.fromkeys(by_suffix.values())))
    best = _best(votes, choices, count)
    suffixes: list[str | None] = []
    used = set(taken)
    for by_suffix in choices:
        fitting = [s for s, prefixes in by_suffix.items() if best and _agree(prefixes, best)]
        suffix = max(fitting, key=len, default=None)
        if suffix is not None and suffix.lower() in used:
            suffix = None
        used.add((suffix or "").lower())
        suffixes.append(suffix)
    if best is None or 2 * sum(s is not None for s in suffixes) < len(names):
        return Prefixes((None,) * count, (None,) * len(names))
    return Prefixes(best, tuple(suffixes))


def varied(names: tuple[str | None, ...]) -> Varied:
    """The names of one slot as a text in which one place differs."""
    known = [name for name in names if name is not None]
    before = _common(known)
    after = _common([name[len(before) :][::-1] for name in known])[::-1]
    before = before.rstrip("0123456789")
    after = after.lstrip("0123456789")
    values = [name[len(before) : len(name) - len(after)] for name in known]
    if not all(values) or len(known) == 1:
        before, after, values = "", "", list(known)
    elif not all(_is_number(value) for value in values):
        before = before[: before.rfind("_") + 1]
        after = after[after.find("_") :] if "_" in after else ""
        values = [name[len(before) : len(name) - len(after)] for name in known]
    numbers = all(_is_number(value) for value in values)
    left = iter(int(value) if numbers else value for value in values)
    return Varied(before, tuple(None if name is None else next(left) for name in names), after)


def skeleton(name: str) -> str:
    """A name without its numbers."""
    return _DIGITS.sub("#", name)


def _choices(names: tuple[str | None, ...]) -> dict[str, tuple[str | None, ...]]:
    """The suffixes that the names of a slot have in common, and what then stands before them."""
    known = [name for name in names if name is not None]
    found = {}
    first = known[0] if known else ""
    for at in (match.end() for match in re.finditer("_", first)):
        suffix = first[at:]
        is_key = NAME.fullmatch(suffix) and not suffix.isdigit() and len(suffix) <= _LONGEST
        if is_key and at > 1 and all(name.endswith(f"_{suffix}") for name in known):
            prefixes = tuple(n and n[: -len(suffix) - 1] for n in names)
            if all(prefix is None or KERAS_NAME.fullmatch(prefix) for prefix in prefixes):
                found[suffix] = prefixes
    return found


def _best(
    votes: Counter[tuple[str | None, ...]],
    choices: list[dict[str, tuple[str | None, ...]]],
    count: int,
) -> tuple[str | None, ...] | None:
    """The prefixes that most slots have; of those, the longest."""

    def support(prefixes: tuple[str | None, ...]) -> tuple[int, int]:
        fits = sum(any(_agree(p, prefixes) for p in c.values()) for c in choices)
        return fits, sum(len(prefix or "") for prefix in prefixes)

    whole = [prefixes for prefixes in votes if None not in prefixes]
    if not whole and votes:
        filled = _filled(votes, count)
        whole = [filled] if filled else []
    distinct = [prefixes for prefixes in whole if len(set(prefixes)) == count]
    return max(distinct, key=support, default=None)


def _filled(votes: Counter[tuple[str | None, ...]], count: int) -> tuple[str, ...] | None:
    """Prefixes of which no slot knows all, from slots that agree on what they know."""
    found: list[str | None] = [None] * count
    for prefixes, _ in votes.most_common():
        if _agree(prefixes, tuple(found)):
            found = [a or b for a, b in zip(found, prefixes, strict=True)]
    known = tuple(prefix for prefix in found if prefix is not None)
    return known if len(known) == count else None


def _agree(left: tuple[str | None, ...], right: tuple[str | None, ...]) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(left, right, strict=True))


def _common(names: list[str]) -> str:
    first, last = min(names), max(names)
    size = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), None)
    return first[: min(len(first), len(last)) if size is None else size]


def _is_number(text: str) -> bool:
    return text.isdecimal() and text.isascii() and (text == "0" or text[0] != "0")
