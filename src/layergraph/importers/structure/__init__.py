"""A flat document → one that a person would have written: chains, blocks and repeats."""

from __future__ import annotations

from typing import Any

from layergraph.importers.structure.document import with_blocks


def structured(document: dict[str, Any]) -> dict[str, Any]:
    """The document of the same model, with what repeats written once."""
    return with_blocks(document)
