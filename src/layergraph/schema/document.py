"""The whole schema, in the dialects that tools read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from layergraph.schema.annotations import EXPRESSION
from layergraph.schema.forms import Schema, any_of, ref
from layergraph.schema.keras_names import keras_name_definitions
from layergraph.schema.nodes import node_definitions
from layergraph.schema.objects import object_definitions
from layergraph.schema.operations import argument_definitions, operation_definitions
from layergraph.schema.sections import file_schema, section_definitions
from layergraph.schema.sharing import shared
from layergraph.tensors import DTYPES

DRAFTS = {
    "2020-12": "https://json-schema.org/draft/2020-12/schema",
    "7": "http://json-schema.org/draft-07/schema#",
}
"""The dialects, and the meta-schema of each."""

_SIGNS = r"\x00-/:-@\[-^`{-\x7f"
_IDENTIFIER = f"^[^{_SIGNS}0-9][^{_SIGNS}]*$"
"""What Python takes for an identifier, letters of all languages among it, as far as patterns go."""

_REFERENCE = r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*(:[0-9]{1,9})?"


def document(draft: str = "2020-12") -> Schema:
    """The schema of graph files, as plain dicts and lists.

    Args:
        draft: one of `DRAFTS`. Both say the same: they differ in where definitions stand.
    """
    definitions = dict(sorted(_definitions()))
    schema = {
        "$schema": DRAFTS[draft],
        "title": "A graph file of layergraph",
        **file_schema(),
        "$defs": definitions,
    }
    return schema if draft == "2020-12" else _with_definitions(schema)


def text(draft: str = "2020-12") -> str:
    """The schema of graph files, as JSON."""
    return json.dumps(document(draft), indent=1, ensure_ascii=False) + "\n"


def _definitions() -> Iterator[tuple[str, Schema]]:
    yield from _small_definitions()
    described = dict([*object_definitions(), *argument_definitions()])
    yield from shared(described).items()
    yield from operation_definitions()
    yield from node_definitions()
    yield from section_definitions()
    yield from keras_name_definitions()


def _small_definitions() -> Iterator[tuple[str, Schema]]:
    """What values are made of: expressions, references, names of sizes, arrays."""
    yield (
        "expression",
        {
            "description": "An expression: `${…}`.",
            "type": "string",
            "pattern": r"\$\{",
        },
    )
    yield "plain_reference", {"type": "string", "pattern": f"^{_REFERENCE}$"}
    yield "reference", {"type": "string", "pattern": rf"^{_REFERENCE}$|\$\{{"}
    yield (
        "tensors",
        any_of([ref("reference"), {"type": "array", "minItems": 1, "items": ref("reference")}]),
    )
    any_name = {"type": "object", "minProperties": 1, "additionalProperties": ref("tensors")}
    yield "from", any_of([ref("tensors"), any_name])
    yield (
        "named_size",
        {"type": "string", "pattern": _IDENTIFIER, "not": {"const": "batch"}},
    )
    number = {"type": ["boolean", "integer", "number"]}
    yield "numbers", any_of([number, {"type": "array", "items": ref("numbers")}, EXPRESSION])
    of_dtype = {
        "type": "object",
        "required": ["array"],
        "properties": {
            "array": ref("numbers"),
            "dtype": any_of([{"enum": list(DTYPES)}, {"type": "null"}, EXPRESSION]),
        },
        "additionalProperties": False,
    }
    yield "array", any_of([{"type": "array", "items": ref("numbers")}, of_dtype])


def _with_definitions(value: Any) -> Any:
    """The same in draft 7, which calls `$defs` `definitions`."""
    if isinstance(value, list):
        return [_with_definitions(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        "definitions" if key == "$defs" else key: item.replace("#/$defs/", "#/definitions/")
        if key == "$ref"
        else _with_definitions(item)
        for key, item in value.items()
    }
