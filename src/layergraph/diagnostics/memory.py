"""Results that copies share, and the mistakes in them, which are every copy's."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from layergraph.diagnostics.diagnostic import Diagnostic, Diagnostics

Result = TypeVar("Result")


class Memory(Generic[Result]):
    """Makes each result once; what was found in making it is said again of each that recalls it."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics
        self._known: dict[Hashable, tuple[Result, tuple[Diagnostic, ...], object]] = {}

    def recall(self, key: Hashable, make: Callable[[], Result], keep: object = None) -> Result:
        """The result for a key.

        Args:
            key: what it depends on.
            make: makes it, where it is not there yet.
            keep: what the key holds the `id` of, so that no other object gets it.
        """
        if key in self._known:
            result, found, _ = self._known[key]
            self._diagnostics.say_again(found)
            return result
        before = len(self._diagnostics)
        result = make()
        self._known[key] = (result, self._diagnostics.found_since(before), keep)
        return result
