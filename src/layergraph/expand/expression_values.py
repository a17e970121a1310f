"""What expressions compute with: numbers, strings and lists within limits, or nothing known."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, Literal

LARGEST = 2**63
LONGEST_LIST = 10_000
LONGEST_TEXT = 4_096
DEEPEST_VALUE = 64
HOLDERS: Final = (list, dict)
MOST_WORK = 20_000
"""Items of lists and mappings that one evaluation may make or look at, also inside one another."""


class ExpressionError(Exception):
    """An expression that cannot be read or evaluated.

    `invalid` is true where the text itself is wrong, and false where only its evaluation failed.
    """

    def __init__(self, message: str, help: str | None = None, *, invalid: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.invalid = invalid


class Unknown(Enum):
    """The type of `UNKNOWN`, so that type checkers know it from other values."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final[Literal[Unknown.UNKNOWN]] = Unknown.UNKNOWN
"""A value that is not known. Whatever is computed from it is not known either."""


class Scope:
    """What one evaluation may use: values by name, and so much work."""

    __slots__ = ("names", "work")

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.names = names
        self.work = MOST_WORK

    def spend(self, items: int) -> None:
        """Count items that are made or looked at."""
        self.work -= items
        if self.work < 0:
            raise ExpressionError(f"the expression goes through more than {MOST_WORK:,} items")

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


def check_text(characters: int) -> None:
    """Refuse a string of so many characters, before it is made."""
    if characters > LONGEST_TEXT:
        raise ExpressionError(
            f"the expression gives a string of more than {LONGEST_TEXT:,} characters"
        )


def check_list(items: int) -> None:
    """Refuse a list of so many items, before it is made."""
    if items > LONGEST_LIST:
        raise ExpressionError(f"the expression gives a list of more than {LONGEST_LIST:,} items")
