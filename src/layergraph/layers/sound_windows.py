"""The windows that sound is cut into frames with: by name, or by their values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from layergraph.diagnostics import codes, did_you_mean
from layergraph.diagnostics.values import shown
from layergraph.objects.base import complaint
from layergraph.objects.values import number


def named_or_listed(names: tuple[str, ...]) -> Callable[[Any], str | tuple[float, ...] | None]:
    """A window by its name, or its values."""

    def check(value: Any) -> str | tuple[float, ...] | None:
        if value is None:
            return None
        if isinstance(value, (list, tuple)) and value:
            return tuple(number(item, at=(place,)) for place, item in enumerate(value))
        if not isinstance(value, str):
            predicate = f"must be the name of a window or a list of numbers, not {shown(value)}"
            raise complaint(codes.WRONG_TYPE, predicate)
        if value not in names:
            listed = ", ".join(f"`{name}`" for name in names)
            raise complaint(
                codes.NOT_A_CHOICE,
                f"must be one of {listed}, not {shown(value)}",
                help=did_you_mean(value, names),
            )
        return value

    return check


def refuse_window_of_length(window: Any, length: int, argument: str) -> None:
    """Refuse the values of a window that are not one for each sample of a frame."""
    if isinstance(window, tuple) and len(window) != length:
        raise complaint(
            codes.CONFLICTING_ARGUMENTS,
            f"must have as many values as `{argument}`, {length}, not {len(window)}",
            at=("window",),
        )
