"""Sizes of memory on the command line: `500MB`, `2GiB`."""

from __future__ import annotations

import re
from typing import Any

import click

_UNITS = {
    "": 1,
    "kb": 10**3,
    "mb": 10**6,
    "gb": 10**9,
    "kib": 2**10,
    "mib": 2**20,
    "gib": 2**30,
}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]*)", re.ASCII | re.IGNORECASE)


class _Size(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.2 alone
    """A number of bytes, with a unit or without."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The bytes."""
        if isinstance(value, int):
            return value
        found = _SIZE.fullmatch(value)
        if found is None or found[2].lower() not in _UNITS:
            self.fail(f"'{value}' is no size, such as 500MB or 2GiB", param, ctx)
        return max(1, int(float(found[1]) * _UNITS[found[2].lower()]))


SIZE = _Size()
