"""Graph files as a schema sees them: read by our reader, and checked in both dialects."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jsonschema import Draft7Validator, Draft202012Validator

from layergraph.diagnostics import Diagnostics, Source
from layergraph.schema import document
from layergraph.syntax import SPOILED, Tree, parse, plain, read_file

ROOT = Path(__file__).parents[3]

WRITTEN = {
    "2020-12": ROOT / "schemas" / "graph.schema.json",
    "7": ROOT / "schemas" / "graph.draft-07.schema.json",
}
VALIDATORS = {"2020-12": Draft202012Validator, "7": Draft7Validator}


@cache
def validator(draft):
    return VALIDATORS[draft](document(draft))


def errors(value):
    """What both dialects say of a value, which is the same: the paths of the mistakes."""
    first, second = ([e.json_path for e in validator(d).iter_errors(value)] for d in VALIDATORS)
    assert first == second
    return first


def passes(value):
    """Whether both dialects accept a value."""
    first, second = (validator(draft).is_valid(value) for draft in VALIDATORS)
    assert first == second
    return first


def value_of(text):
    """What a text holds."""
    return _whole(parse(Source("graph.yaml", text), Diagnostics()))


def value_in(file):
    """What a file holds; None where it has mistakes that YAML itself forbids."""
    diagnostics = Diagnostics()
    tree = read_file(file, diagnostics)
    return None if any(diagnostics) or tree is None else _whole(tree)


def _whole(tree: Tree):
    value = plain(tree)
    assert SPOILED not in _scalars(value)
    return value


def _scalars(value):
    if isinstance(value, dict):
        value = list(value.values())
    return [s for item in value for s in _scalars(item)] if isinstance(value, list) else [value]
