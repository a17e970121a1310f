"""The nearest name to one that is not known, for "did you mean …?"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache


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

    spellings: dict[str, list[str]] = {}
    for candidate in known:
        spellings.setdefault(_folded(candidate), []).append(candidate)
    matches = get_close_matches(_folded(name), spellings, n=1, cutoff=0.6)
    if not matches:
        return None
    return max(spellings[matches[0]], key=lambda spelling: _likeness(name, spelling))


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """The help that offers the nearest name."""
    match = nearest(name, known)
    return f"did you mean `{match}`?" if match is not None else None


def _folded(name: str) -> str:
    """Case and word separators are what people get wrong first; they count for nothing."""
    return name.lower().replace("_", "").replace("-", "") or name


def _likeness(name: str, spelling: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(a=name, b=spelling, autojunk=False).ratio()
