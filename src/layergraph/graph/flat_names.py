"""The keys of a flat file: names that are taken, and names as near to a wanted one as there are."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from layergraph.spec.names import NAME

_LONGEST = 64


class Keys:
    """Names that are taken: two may not differ by case alone."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.lower() for name in taken}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._taken

    def take(self, name: str) -> bool:
        """Take a name, where it can be a key and is free."""
        if NAME.fullmatch(name) is None or name in self:
            return False
        self._taken.add(name.lower())
        return True

    def fresh(self, wanted: str, also: Keys | None = None) -> str:
        """Take a name as near to the wanted one as there is, that is none of `also` either."""
        signs = (sign if NAME.fullmatch(f"_{sign}") else "_" for sign in wanted)
        stem = "".join(signs).lstrip("-")[:_LONGEST] or "_"
        for number in count(1):
            ending = f"_{number}" if number > 1 else ""
            name = stem[: _LONGEST - len(ending)] + ending
            if not (also and name in also) and self.take(name):
                return name
        raise AssertionError
