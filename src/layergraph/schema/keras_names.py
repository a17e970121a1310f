"""Names in a file without `custom`: every type and every object is one that Keras has.

The other definitions accept any name that `custom` could declare. These stand beside them where
nothing is declared, and say only which names there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from layergraph.layers.catalog import LAYERS
from layergraph.objects.catalog import Catalog
from layergraph.ops.catalog import OPS
from layergraph.schema.annotations import EXPRESSION, definition_of, field_schema
from layergraph.schema.forms import Schema, any_of, having, one_of, ref, silently
from layergraph.schema.objects import OBJECTS, bare_names, class_of
from layergraph.schema.operations import FUNCTION_NAMES, LAYER_NAMES, type_schema
from layergraph.spec.nodes import OP_PREFIX

_NODES: Schema = {"additionalProperties": ref("keras.node")}
_BLOCKS: Schema = {"additionalProperties": silently({"layers": _NODES, "merges": _NODES})}
_OUTPUTS: Schema = {"additionalProperties": ref("keras.output")}


def keras_name_definitions() -> Iterator[tuple[str, Schema]]:
    """The definitions of what a file may name that declares nothing."""
    sections = {"blocks": _BLOCKS, "layers": _NODES, "merges": _NODES, "outputs": _OUTPUTS}
    yield "keras.file", silently({**sections, "training": ref("keras.training")})
    callbacks: Schema = {"items": ref("keras.callback")}
    of_training = {**silently({"callbacks": callbacks}), "allOf": [ref("keras.arguments")]}
    yield "keras.training", of_training
    types = type_schema(LAYER_NAMES, FUNCTION_NAMES)
    node = silently({"type": types, "chain": {"items": ref("keras.chain_item")}})
    yield "keras.node", {**node, **having("type", ref("keras.arguments"))}
    functions = tuple(f"{OP_PREFIX}{name}" for name in bare_names(OPS))
    bare = type_schema(tuple(bare_names(LAYERS)), functions)
    yield "keras.chain_item", {"if": {"type": "string"}, "then": bare, "else": ref("keras.node")}
    yield "keras.layer", ref("keras.chain_item")
    of_output = {
        "type": any_of([types, {"type": "null"}]),
        "loss": ref("keras.loss"),
        "metrics": {"items": ref("keras.metric")},
    }
    yield "keras.output", {**silently(of_output), "allOf": [ref("keras.arguments")]}
    arguments = _arguments()
    yield "keras.arguments", arguments
    used = [callbacks, *of_output.values(), *arguments["patternProperties"].values()]
    for catalog in OBJECTS:
        name = f"keras.{definition_of(catalog)}"
        if ref(name) in used or {"items": ref(name)} in used:
            yield name, _object(catalog)


def _object(catalog: Catalog) -> Schema:
    """The names of one kind, alone and as the `type` of a mapping."""
    names: list[Schema] = [{"enum": list(catalog.names)}, EXPRESSION]
    if catalog.any_case:
        names.insert(1, {"type": "string", "pattern": _in_any_case(catalog.names)})
    known = any_of(names)
    inner = {**silently({"type": known}), "allOf": [ref("keras.arguments")]}
    return {"if": {"type": "string"}, "then": known, "else": inner}


def _in_any_case(names: tuple[str, ...]) -> str:
    letters = {name.lower() for name in names}
    cased = ["".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in n) for n in sorted(letters)]
    return f"^({'|'.join(cased)})$"


def _arguments() -> Schema:
    """The arguments that take an object of one kind, or a layer, wherever the name stands."""
    kinds: dict[str, set[str | None]] = defaultdict(set)
    for catalog in (LAYERS, OPS, *OBJECTS):
        for proper in catalog.classes:
            for name, field in class_of(catalog, proper).model_fields.items():
                kinds[field.alias or name].add(_kind(field_schema(field, expressions=False)))
    kinds["optimizer"].add("optimizer")  # of `training`
    names: dict[str, list[str]] = defaultdict(list)
    for name, found in sorted(kinds.items()):
        for kind in found:
            if len(found) == 1 and kind is not None:
                names[kind].append(name)
    patterns = {one_of(alike): ref(f"keras.{kind}") for kind, alike in sorted(names.items())}
    return {"patternProperties": patterns}


def _kind(schema: Schema) -> str | None:
    """The definition of an object or a layer that a field refers to."""
    known = {definition_of(catalog) for catalog in OBJECTS} | {LAYERS.kind}
    for part in schema.get("anyOf", [schema]):
        name = part.get("$ref", "").removeprefix("#/$defs/").removesuffix(".object")
        if name in known:
            return str(name)
    return None
