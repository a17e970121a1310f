"""YAML text → a tree of values with their places."""

from layergraph.syntax.limits import DEFAULT, Limits
from layergraph.syntax.reader import parse, read_file
from layergraph.syntax.tree import (
    SPOILED,
    Entry,
    Mapping,
    Scalar,
    Sequence,
    Spoiled,
    Tree,
    plain,
)

__all__ = [
    "DEFAULT",
    "SPOILED",
    "Entry",
    "Limits",
    "Mapping",
    "Scalar",
    "Sequence",
    "Spoiled",
    "Tree",
    "parse",
    "plain",
    "read_file",
]
