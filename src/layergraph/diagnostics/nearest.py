"""The nearest name to one that is not known, for "did you mean …?"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

MOST_COMPARISONS = 100_000
"""Names compared in one run: about a second's work, and far more than ordinary mistakes need."""


class _Search:
    """What one run has compared, and how much it still may."""

    def __init__(self) -> None:
        self._left = MOST_COMPARISONS
        self._known: set[tuple[str, tuple[str, ...]]] = set()

    @property
    def is_over(self) -> bool:
        """Whether nothing more may be compared."""
        return self._left <= 0

    def may_look_for(self, name: str, known: tuple[str, ...]) -> bool:
        """Whether a name may be looked for; to look for it again costs nothing."""
        if self.is_over:
            return False
        if (name, known) not in self._known:
            self._known.add((name, known))
            self._left -= len(known)
        return True


_search: ContextVar[_Search | None] = ContextVar("search", default=None)


@contextmanager
def bounded_search() -> Iterator[None]:
    """One run over a file: after so many comparisons, mistakes are reported without a nearest name.

    A file of a thousand names that are wrong would else be compared with a thousand that are right.
    """
    token = _search.set(_Search())
    try:
        yield
    finally:
        _search.reset(token)


class Suggestion(str):
    """The help that offers a name.

    `written` is the text that stands for it in the file; `certain` is the name, where nothing else
    can have been meant.
    """

    written: str
    certain: str | None

    def __new__(cls, help: str, written: str, certain: str | None) -> Suggestion:
        """The help, with what is known of it."""
        made = super().__new__(cls, help)
        made.written, made.certain = written, certain
        return made


def search_is_over() -> bool:
    """Whether this run has compared all that it may: there is no need to gather names for it."""
    search = _search.get()
    return search is not None and search.is_over


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was most likely meant to be, or None where none is near.

    Of several spellings of one name (`HeNormal`, `he_normal`) it is the one most like `name`.
    """
    names, search = tuple(known), _search.get()
    if search is not None and not search.may_look_for(name, names):
        return None
    return _nearest(name, names)


@lru_cache(maxsize=256)  # the copies of a block ask the same
def _nearest(name: str, known: tuple[str, ...]) -> str | None:
    if name in known:
        return name
    from difflib import get_close_matches

    spellings = _by_folded(known)
    matches = get_close_matches(_folded(name), spellings, n=1, cutoff=0.6)
    if not matches:
        return None
    return max(spellings[matches[0]], key=lambda spelling: _likeness(name, spelling))


def did_you_mean(name: str, known: Iterable[str], before: str = "") -> Suggestion | None:
    """The help that offers the nearest name.

    Args:
        name: what is written.
        known: what could be.
        before: what the help writes before the name, as the path that leads to it.
    """
    names = tuple(known)
    match = nearest(name, names)
    if match is None:
        return None
    certain = match if match != name and _is_certain(name, match, names) else None
    return Suggestion(f"did you mean `{before}{match}`?", name, certain)


@lru_cache(maxsize=256)
def _is_certain(name: str, match: str, known: tuple[str, ...]) -> bool:
    """Whether a name is the nearest one misspelt, and can be no other one misspelt.

    Names that differ in their numbers are different names (`conv1`, `conv2`), not misspelt ones.
    """
    meant, spellings = _folded(name), _by_folded(known)
    if not all(_is_one_name(match, other) for other in spellings[_folded(match)]):
        return False
    if meant == _folded(match):
        return True
    slips = 0 if len(meant) < 3 else 1 if len(meant) < 8 else 2
    near = [
        folded
        for folded in spellings
        if abs(len(folded) - len(meant)) <= slips
        and _digits(folded) == _digits(meant)
        and _slips(meant, folded) <= slips
    ]
    return near == [_folded(match)]


def _is_one_name(name: str, other: str) -> bool:
    """Whether two spellings are of one thing, as Keras has them (`HeNormal`, `he_normal`).

    What people name differs by more than case: `conv_1` and `conv1` are two nodes.
    """
    return name.lower() == other.lower() or other == _snaked(name) or name == _snaked(other)


def _snaked(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _slips(text: str, other: str) -> int:
    """How many letters to leave out, add, change or swap with the next: Damerau and Levenshtein."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(text, start=1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and (letter, text[i - 2]) == (other[j - 2], wanted):
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _by_folded(names: Iterable[str]) -> dict[str, list[str]]:
    spellings: dict[str, list[str]] = {}
    for name in names:
        spellings.setdefault(_folded(name), []).append(name)
    return spellings


def _folded(name: str) -> str:
    """Case and word separators are what people get wrong first; they count for nothing."""
    return name.lower().replace("_", "").replace("-", "") or name


def _likeness(name: str, spelling: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(a=name, b=spelling, autojunk=False).ratio()
