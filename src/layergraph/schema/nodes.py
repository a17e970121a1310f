"""The definitions of nodes: layers, functions, chains, instances of blocks, and calls again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from layergraph.layers.catalog import LAYERS
from layergraph.schema.annotations import EXPRESSION, field_schema
from layergraph.schema.descriptions import KEYS
from layergraph.schema.forms import NAME_PATTERN, Schema, any_of, closed, having, ref
from layergraph.schema.operations import LAYER_NAMES, without_foreign
from layergraph.spec.node_keys import COPYING, KINDS

_CONTENTS = {
    "type": ref("type"),
    "from": ref("from"),
    "call": any_of([{"type": "object"}, EXPRESSION]),
    "when": any_of([{"type": "boolean"}, EXPRESSION]),
    "repeat": any_of([{"type": "integer", "minimum": 0}, EXPRESSION]),
    "each": any_of([{"type": "array", "minItems": 1}, EXPRESSION]),
    "chain": ref("chain"),
}
"""What stands under keys that the models leave to the stages after them."""

_TAKES_PARAMS = "block"

JOINING = LAYERS.families["merging"]


def node_definitions() -> Iterator[tuple[str, Schema]]:
    """The definitions of nodes, wherever they stand."""
    yield "node", _node(in_chain=False)
    yield "item", _node(in_chain=True)
    yield "chain", {"type": "array", "minItems": 1, "items": ref("chain_item")}
    yield (
        "chain_item",
        {"if": {"type": "object"}, "then": ref("item"), "else": ref("bare_type")},
    )
    yield "merge", _merge()
    yield "layer", _layer_argument()


def _node(*, in_chain: bool) -> Schema:
    """A node of a section, or an item of a chain, which has no `from`, and a name of its own."""
    kinds = [{"required": [kind]} for kind in KINDS]
    begun = {"if": {"anyOf": kinds}, "else": {"properties": _properties(tuple(KINDS), in_chain)}}
    always = _properties(("from", "else", *COPYING), in_chain)
    return {
        "type": "object",
        "properties": {**always, "from": False} if in_chain else always,
        "oneOf": kinds,
        **({} if in_chain else {"required": ["from"]}),
        "not": {"required": ["repeat", "each"]},
        "allOf": [
            begun,
            *(having(kind, _of_kind(kind, always, in_chain)) for kind in KINDS),
            having("else", {"required": ["when"]}),
        ],
    }


def _of_kind(kind: str, always: Mapping[str, Schema], in_chain: bool) -> Schema:
    """What holds for a node of one kind."""
    name = ["name"] if in_chain else []
    keys = [key for key in (*KINDS[kind].key_names(), *name) if key not in always]
    properties = _properties(keys, in_chain)
    if kind == _TAKES_PARAMS:
        return {"properties": properties}
    if kind != "type":
        return closed({**dict.fromkeys(always, True), **properties})
    own = {key: schema for key, schema in properties.items() if key != "call"}
    further = [ref("arguments"), ref("called_with"), without_foreign((*properties, *always))]
    on = [] if in_chain else [ref("called_on")]
    return {"properties": own, "allOf": [*further, *on]}


def _properties(keys: Iterable[str], in_chain: bool) -> dict[str, Schema]:
    return {key: _key(key, in_chain) for key in dict.fromkeys(keys)}


def _key(key: str, in_chain: bool) -> Schema:
    description = {"description": KEYS[key]}
    if key == "name" and in_chain:
        own: Schema = {"type": "string", "pattern": NAME_PATTERN, "not": {"pattern": "^[0-9]+$"}}
        return {"description": KEYS["item name"], **any_of([own, EXPRESSION])}
    if key in _CONTENTS:
        return {**description, **_CONTENTS[key]}
    model = next(model for model in KINDS.values() if key in model.key_names())
    (field,) = [f for name, f in model.model_fields.items() if (f.alias or name) == key]
    return {**description, **field_schema(field, expressions=True)}


def _merge() -> Schema:
    """A node of `merges`: a layer that joins tensors, a function, or a layer of the user's own."""
    others = [name for name in LAYER_NAMES if name not in JOINING]
    joins = any_of([{"enum": list(JOINING)}, {"type": "string", "not": {"enum": others}}])
    return {"allOf": [ref("node")], "required": ["type"], "properties": {"type": joins}}


def _layer_argument() -> Schema:
    """A layer as an argument of a layer: its name, its `type` with arguments, or a block."""
    mapping: Schema = {
        "properties": {"type": ref("layer_type"), "block": {"type": "string"}},
        "oneOf": [{"required": ["type"]}, {"required": ["block"]}],
        "allOf": [having("type", ref("arguments")), without_foreign(())],
    }
    return {"if": {"type": "object"}, "then": mapping, "else": ref("bare_layer")}
