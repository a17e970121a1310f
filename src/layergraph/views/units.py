"""Numbers as people read them."""

from __future__ import annotations

UNITS = ("KiB", "MiB", "GiB", "TiB", "PiB")
STEP = 1024


def memory(count: int) -> str:
    """A number of bytes, with one decimal of the largest unit that it fills: 3.8 MiB."""
    if count < STEP:
        return f"{count} B"
    size, unit = float(count), "B"
    for larger in UNITS:
        if round(size, 1) < STEP:
            break
        size, unit = size / STEP, larger
    return f"{size:,.1f} {unit}"


def bound(text: str, *, is_exact: bool, is_zero: bool) -> str:
    """The text of a count in a table: a lower bound where it is not exact, nothing for nothing."""
    if is_exact:
        return "" if is_zero else text
    return "?" if is_zero else f"≥ {text}"
