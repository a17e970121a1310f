"""The definitions of objects: what an argument that takes an initializer, a loss, … may hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from layergraph.layers.base import Layer
from layergraph.layers.catalog import LAYERS
from layergraph.objects import catalogs
from layergraph.objects.base import KerasObject
from layergraph.objects.catalog import Catalog
from layergraph.objects.catalogs import DTYPE_POLICIES
from layergraph.schema.annotations import EXPRESSION, definition_of, field_schema
from layergraph.schema.descriptions import described, words_of
from layergraph.schema.forms import NAME_PATTERN, Schema, any_of, closed, ref, typed
from layergraph.spec.custom_keys import CUSTOM_KINDS

OBJECTS: tuple[Catalog, ...] = tuple(
    value for value in vars(catalogs).values() if isinstance(value, Catalog)
)
"""The catalogues of objects."""


def object_definitions() -> Iterator[tuple[str, Schema]]:
    """The definitions of all objects, by name."""
    for catalog in OBJECTS:
        yield from _definitions(catalog)


def _definitions(catalog: Catalog) -> Iterator[tuple[str, Schema]]:
    name = definition_of(catalog)
    alone = [known for known in catalog.names if catalog.class_name(known) not in catalog.needy]
    others = set(catalog.names) - set(alone)
    by_name = [{"enum": alone}, *own_names(catalog, others)] if alone else []
    yield name, any_of([*by_name, EXPRESSION, ref(f"{name}.object")])
    classes = list(catalog.names[: len(catalog.names) - len(catalog.functions)])
    of_type = any_of([{"enum": classes}, *own_names(catalog, catalog.functions), EXPRESSION])
    branches = [
        typed(names_of(catalog, proper), ref(f"{name}.{proper}")) for proper in catalog.classes
    ]
    yield (
        f"{name}.object",
        {
            "type": "object",
            "required": ["type"],
            "properties": {"type": of_type},
            "allOf": branches,
        },
    )
    for proper in catalog.classes:
        yield f"{name}.{proper}", object_schema(class_of(catalog, proper))


def own_names(catalog: Catalog, others: Any = ()) -> Iterator[Schema]:
    """The names that `custom` may declare of a kind: none that Keras has."""
    if catalog.kind not in CUSTOM_KINDS:
        return
    taken = sorted({*catalog.refused, *others})
    own: Schema = {"type": "string", "pattern": NAME_PATTERN}
    yield {**own, "not": {"enum": taken}} if taken else own


def names_of(catalog: Catalog, proper: str) -> list[str]:
    """The names by which a class can be asked for."""
    return [name for name in catalog.names if catalog.class_name(name) == proper]


def class_of(catalog: Catalog, proper: str) -> type[KerasObject]:
    """The class of a name that the catalogue has."""
    found = catalog.find(proper)
    assert found is not None
    return found


def object_schema(model: type[KerasObject]) -> Schema:
    """The mapping that is an object: its type, its arguments, and nothing else."""
    arguments = arguments_schema(model)
    return closed({"type": True, **arguments.pop("properties")}, **arguments)


def arguments_schema(model: type[KerasObject], *, without_null: tuple[str, ...] = ()) -> Schema:
    """The arguments of an object, a layer or a function; more keys may stand beside them.

    Args:
        model: the class.
        without_null: the arguments whose default null says only that they are not given.
    """
    properties = {
        field.alias or name: _property(field, field.alias or name, without_null)
        for name, field in model.model_fields.items()
    }
    if issubclass(model, Layer) and "dtype" in properties:
        properties["dtype"] = _or_policy(properties["dtype"])
    schema: Schema = {
        "title": model.called().strip("`"),
        "description": described(model),
        "properties": properties,
    }
    required = [field.alias or n for n, field in model.model_fields.items() if field.is_required()]
    return schema | ({"required": required} if required else {})


def _property(field: FieldInfo, name: str, without_null: tuple[str, ...]) -> Schema:
    schema = field_schema(field, expressions=True)
    told: Schema = {"description": words} if (words := words_of(name)) else {}
    return {**told, **schema, **default_of(field, null=name not in without_null)}


def _or_policy(dtype: Schema) -> Schema:
    """A layer's dtype, by name or as the object that has the name."""
    names = {keyword: dtype[keyword] for keyword in ("anyOf", "enum") if keyword in dtype}
    told = {keyword: value for keyword, value in dtype.items() if keyword not in names}
    policy = ref(f"{definition_of(DTYPE_POLICIES)}.object")
    return told | any_of([*names.get("anyOf", [names]), policy])


def default_of(field: FieldInfo, *, null: bool) -> Mapping[str, Any]:
    """The keyword that tells a default, where there is one to tell."""
    default = field.get_default(call_default_factory=True)
    if default is PydanticUndefined or (default is None and not null):
        return {}
    return {"default": json.loads(json.dumps(default))}  # tuples become lists


def bare_names(catalog: Catalog) -> list[str]:
    """The names of the layers or functions that need no argument."""
    return [
        name
        for proper in catalog.classes
        if not any(f.is_required() for f in class_of(catalog, proper).model_fields.values())
        for name in names_of(catalog, proper)
    ]


def own_layer(others: Any = ()) -> Schema:
    """The names that `custom` may declare for a layer."""
    (schema,) = own_names(LAYERS, others)
    return schema
