"""The nearest name to one that is not known, for "did you mean …?"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


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


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was most likely meant to be, or None where none is near.

    Of several spellings of one name (`HeNormal`, `he_normal`) it is the one most like `name`.
    """
    return _nearest(name, tuple(known))


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
