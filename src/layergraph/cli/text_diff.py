"""What would change in a file, as a unified diff."""

from __future__ import annotations

import re
from difflib import unified_diff


def text_diff(name: str, before: bytes, after: bytes) -> str:
    """The difference of two contents of a file, in the form that `patch` and `git apply` take."""
    old, new = _lines(before), _lines(after)
    lines = unified_diff(old, new, f"a/{name}", f"b/{name}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(content: bytes) -> list[str]:
    """The lines with their ends: LF alone ends one here, as in `patch`."""
    return re.findall(r"[^\n]*\n|[^\n]+", content.decode(errors="replace"))
