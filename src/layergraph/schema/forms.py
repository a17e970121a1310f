"""The forms that schemas are made of: plain dicts, and references to what `$defs` holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from layergraph.spec.names import NAME

Schema = dict[str, Any]

NAME_PATTERN = f"^{NAME.pattern}$"


def ref(name: str, **annotations: Any) -> Schema:
    """A reference to a definition; `annotations` (`description`, `default`) say more of its use."""
    return {"$ref": f"#/$defs/{name}", **annotations}


def any_of(schemas: Iterable[Schema]) -> Schema:
    """What fits one of the schemas, each of them once."""
    distinct: list[Schema] = []
    for schema in schemas:
        if schema not in distinct:
            distinct.append(schema)
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}


def typed(names: Iterable[str], then: Schema) -> Schema:
    """What holds for a mapping whose `type` is one of the names.

    It is a pattern and no `const`: to complete, yaml-language-server takes the beginning of one for
    a match, and would offer what `Conv2DTranspose` takes for a `Conv2D`.
    """
    choice: Schema = {"type": "string", "pattern": one_of(names)}
    return {"if": {"properties": {"type": choice}, "required": ["type"]}, "then": then}


def one_of(names: Iterable[str]) -> str:
    """The pattern of a text that is one of the names."""
    escaped = [name.replace(".", r"\.") for name in names]
    return f"^{escaped[0]}$" if len(escaped) == 1 else f"^({'|'.join(escaped)})$"


def silently(properties: Mapping[str, Schema]) -> Schema:
    """What holds for the values of keys that are not to be offered where one is completed."""
    return {"patternProperties": {one_of([key]): schema for key, schema in properties.items()}}


def having(key: str, then: Schema) -> Schema:
    """What holds for a mapping that has a key."""
    return {"if": {"required": [key]}, "then": then}


def entries(entry: Schema, pattern: str = NAME_PATTERN, **further: Any) -> Schema:
    """A mapping of names to entries."""
    return {
        "type": "object",
        "propertyNames": {"pattern": pattern},
        "additionalProperties": entry,
        **further,
    }


def closed(properties: Mapping[str, Any], **further: Any) -> Schema:
    """A mapping that has no other keys than these."""
    return {**further, "properties": dict(properties), "additionalProperties": False}
