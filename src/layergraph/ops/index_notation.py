"""Python's own index notation, "[:, 0, ..., ::2]", as far as it has no names and no code."""

from __future__ import annotations

import re
from types import EllipsisType
from typing import Annotated, Any

from layergraph.diagnostics import codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import LARGEST_SIZE

Item = int | slice | EllipsisType | None

_NUMBER = re.compile(r"[+-]?[0-9]{1,10}")
_FORM = "write whole numbers, slices, `...` and `None` in brackets: `[:, 0, ..., ::2]`"


def _index(value: Any) -> str:
    """The notation as it stands, where it is one."""
    if not isinstance(value, str):
        raise complaint(
            codes.WRONG_TYPE, f"must be an index in a string, not {shown(value)}", help=_FORM
        )
    parsed_index(value)
    return value


Index = Annotated[str, Checked(_index)]


def parsed_index(text: str) -> tuple[Item, ...]:
    """What Python makes of the notation.

    Raises:
        PydanticCustomError: where it is none, or has anything but numbers, slices and the like.
    """
    stripped = text.strip()
    if not (stripped.startswith("[") and stripped.endswith("]")):
        raise complaint(codes.WRONG_TYPE, f"must be an index, not {shown(text)}", help=_FORM)
    parts = stripped[1:-1].split(",")
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    items = tuple(_item(part.strip()) for part in parts)
    if sum(item is ... for item in items) > 1:
        raise complaint(codes.OUT_OF_RANGE, "may have one `...`, not several")
    return items


def _item(part: str) -> Item:
    if part == "...":
        return ...
    if part == "None":
        return None
    if ":" not in part:
        return _number(part)
    ends = [end.strip() for end in part.split(":")]
    if len(ends) > 3:
        raise complaint(codes.WRONG_TYPE, f"has `{part}`, which is no slice", help=_FORM)
    bounds = [_number(end) if end else None for end in ends]
    if len(bounds) == 3 and bounds[2] == 0:
        raise complaint(codes.OUT_OF_RANGE, f"has `{part}`, whose step must not be 0")
    return slice(*bounds)


def _number(part: str) -> int:
    if not _NUMBER.fullmatch(part):
        what = f"has {shown(part)}, which is no index" if part else "has a place without an index"
        raise complaint(codes.WRONG_TYPE, what, help=_FORM)
    number = int(part)
    if abs(number) > LARGEST_SIZE:
        raise complaint(codes.OUT_OF_RANGE, f"has {number}, which is beyond every axis")
    return number
