"""What expressions compute with: numbers, strings and lists within limits, or nothing known."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, Literal

LARGEST = 2**63
DEEPEST_VALUE = 64
HOLDERS: Final = (list, dict)
WORK = 2
"""Items of lists and mappings that one evaluation may make or look at, also inside one another:
so many times what a value may hold.
"""


class ExpressionError(Exception):
    """An expression that cannot be read or evaluated.

    `invalid` is true where the text itself is wrong, and false where only its evaluation failed.
    """

    def __init__(self, message: str, help: str | None = None, *, invalid: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.invalid = invalid


class TooLarge(ExpressionError):
    """An expression whose value, or what it takes to find it, is beyond the limit."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "make less of it, or raise the limit with `--max-value-size`")


class Unknown(Enum):
    """The type of `UNKNOWN`, so that type checkers know it from other values."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final[Literal[Unknown.UNKNOWN]] = Unknown.UNKNOWN
"""A value that is not known. Whatever is computed from it is not known either."""


class Scope:
    """What one evaluation may use: values by name, and so much work.

    Args:
        names: the values.
        largest: the most items of a list, or characters of a text, that it may make.
    """

    __slots__ = ("_largest", "_work", "names")

    def __init__(self, names: Mapping[str, Any], largest: int) -> None:
        self.names = names
        self._largest = largest
        self._work = WORK * largest

    def spend(self, items: int) -> None:
        """Count items that are made or looked at."""
        self._work -= items
        if self._work < 0:
            most = WORK * self._largest
            raise TooLarge(f"the expression goes through more than {most:,} items")

    def check_text(self, characters: int) -> None:
        """Refuse a string of so many characters, before it is made."""
        if characters > self._largest:
            raise TooLarge(
                f"the expression gives a string of more than {self._largest:,} characters"
            )

    def check_list(self, items: int) -> None:
        """Refuse a list of so many items, before it is made."""
        if items > self._largest:
            raise TooLarge(f"the expression gives a list of more than {self._largest:,} items")

    def look_through(self, value: Any) -> bool:
        """Count the items of a value and all that is inside them, and say if any is unknown."""
        if not isinstance(value, HOLDERS):
            return value is UNKNOWN
        unknown = False
        level: list[Any] = [value]
        for _ in range(DEEPEST_VALUE):
            deeper: list[Any] = []
            for holder in level:
                self.spend(len(holder))
                for item in holder.values() if isinstance(holder, dict) else holder:
                    if isinstance(item, HOLDERS):
                        deeper.append(item)
                    elif item is UNKNOWN:
                        unknown = True
            if not deeper:
                return unknown
            level = deeper
        raise ExpressionError(f"the expression has values nested more than {DEEPEST_VALUE} deep")


def is_number(value: Any) -> bool:
    """Whether a value counts as a number."""
    return type(value) is int or type(value) is float


def bounded(value: Any) -> Any:
    """A number that was computed, if it is one that a graph can hold."""
    if type(value) is int:
        if -LARGEST <= value <= LARGEST:
            return value
        raise too_large()
    if type(value) is float and math.isfinite(value):
        return value
    raise not_finite()


def too_large() -> ExpressionError:
    """The report of a whole number that is too large."""
    return ExpressionError("the expression gives a whole number beyond 2**63")


def not_finite() -> ExpressionError:
    """The report of an infinite number, or none at all."""
    return ExpressionError("the expression gives no finite number")
