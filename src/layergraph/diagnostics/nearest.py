"""The nearest name to one that is not known, for "did you mean …?"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was most likely meant to be, or None where none is near."""
    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(_folded(candidate), candidate)
    matches = get_close_matches(_folded(name), by_folded, n=1, cutoff=0.6)
    return by_folded[matches[0]] if matches else None


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """The help that offers the nearest name."""
    match = nearest(name, known)
    return f"did you mean `{match}`?" if match is not None else None


def _folded(name: str) -> str:
    """Case and word separators are what people get wrong first; they count for nothing."""
    return name.lower().replace("_", "").replace("-", "") or name
