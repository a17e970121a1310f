"""Names of graphs → names of Python, each for one thing in its scope."""

from __future__ import annotations

import builtins
import keyword
import re
from itertools import count

MODULES = ("keras", "layers", "ops", "np", "math")
"""What the modules that are written import, and nothing else may be called."""

_RESERVED = frozenset((*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *MODULES, "_"))


class Identifiers:
    """The names of one scope.

    Args:
        outer: the scope around it, of whose names it hides none.
    """

    def __init__(self, outer: Identifiers | None = None) -> None:
        self._outer = outer
        self._inner: list[Identifiers] = []
        self.taken: set[str] = set()

    def fresh(self, *wanted: str, keeps_case: bool = False) -> str:
        """A name as near to the first wanted one that is free as there is, which is then taken.

        It is in small letters, as Python's variables and functions are, or keeps its capitals.
        """
        stems = [_identifier(name if keeps_case else name.lower()) for name in wanted]
        name = next((stem for stem in stems if self._is_free(stem)), None)
        if name is None:
            numbered = (f"{stems[0].rstrip('_')}_{number}" for number in count(2))
            name = next(candidate for candidate in numbered if self._is_free(candidate))
        self.taken.add(name)
        return name

    def fresh_constant(self, *wanted: str) -> str:
        """The same in capitals, for a constant."""
        return self.fresh(*(name.upper() for name in wanted), keeps_case=True)

    def inner(self) -> Identifiers:
        """Those of a scope within this one."""
        inner = Identifiers(self)
        self._inner.append(inner)
        return inner

    def _is_free(self, name: str) -> bool:
        outer, inner = self._outer, self._inner
        return (
            name not in _RESERVED
            and name not in self.taken
            and not (outer is not None and outer.holds(name))
            and not any(name in scope.taken for scope in inner)
        )

    def holds(self, name: str) -> bool:
        """Whether a name is taken here, or in a scope around this one."""
        return name in self.taken or (self._outer is not None and self._outer.holds(name))


def _identifier(name: str) -> str:
    """The name with `_` for each sign that Python has not in names.

    Python's own words get a `_` after them, and a `_` stands before a digit.
    """
    found = re.sub(r"\W", "_", name, flags=re.ASCII) or "_"
    if found[0].isdigit():
        found = f"_{found}"
    return f"{found}_" if found in _RESERVED else found
