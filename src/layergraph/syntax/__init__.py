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
    find,
    key_span_at,
    plain,
    span_at,
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
    "find",
    "key_span_at",
    "parse",
    "plain",
    "read_file",
    "span_at",
]
