"""A document, which is a graph file as scalars, lists and mappings → its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layergraph.syntax.writing import prose, section

_OPENED = {"blocks": 3, "custom": 1, "inputs": 1, "layers": 1, "merges": 1, "outputs": 1}
"""Sections whose entries have lines of their own, and how many levels of them."""

_HEAD = ("layergraph", "name", "description")
"""What stands together at the top of a file."""


def document_text(document: Mapping[str, Any]) -> str:
    """The text of a document, its sections in the order that they have there."""
    lines: list[str] = []
    for key, value in document.items():
        if key not in _HEAD:
            lines += ["", *section(key, value, _OPENED.get(key, 0))]
        elif key == "description":
            lines += prose(key, value)
        else:
            lines += section(key, value, 0)
    return "\n".join(lines) + "\n"
