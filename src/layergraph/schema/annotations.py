"""The annotation of a field → the schema of the values that it accepts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MinLen
from pydantic import AfterValidator, BeforeValidator, Strict, WithJsonSchema
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from layergraph.layers.base import Layer
from layergraph.objects.base import Checked, KerasObject
from layergraph.objects.catalog import Catalog
from layergraph.ops.constants import Array
from layergraph.schema.forms import Schema, any_of, ref
from layergraph.spec.references import Connection, Reference
from layergraph.spec.training_keys import Validation
from layergraph.tensors import Size

EXPRESSION = ref("expression")

_NAMED = {
    Array: ref("array"),
    Connection: ref("tensors"),
    Reference: ref("reference"),
    Size: ref("named_size"),
    Validation: ref("validation"),
}
"""Types of ours, and the definitions of how a file writes them."""

_PLAIN = {bool: "boolean", int: "integer", float: "number", str: "string", NoneType: "null"}

_BOUNDS = {Ge: ("ge", "minimum"), Gt: ("gt", "exclusiveMinimum")} | {
    Le: ("le", "maximum"),
    Lt: ("lt", "exclusiveMaximum"),
}


class UnknownAnnotation(TypeError):
    """An annotation for which there is no schema: `annotations.py` has to be taught it."""


class _Facts(NamedTuple):
    """What the metadata of an annotation say of the values.

    `whole` is the schema of all of them; `is_checked` says that a function of ours checks them,
    and `takes` what it takes in the place of the annotation.
    """

    bounds: Mapping[str, float] = {}
    min_items: int | None = None
    catalog: Catalog | None = None
    whole: Schema | None = None
    is_checked: bool = False
    takes: Any = None


def schema_of(annotation: Any, metadata: Any = (), *, expressions: bool) -> Schema:
    """The schema of what a field accepts.

    Args:
        annotation: its type.
        metadata: what Pydantic has taken off the type.
        expressions: whether an expression may stand for the value, or for one in it.

    Raises:
        UnknownAnnotation: where there is no schema for it.
    """
    found = list(_alternatives(annotation, _facts(metadata, _Facts()), expressions))
    if expressions and {} not in found and {"type": "string"} not in found:
        found.append(EXPRESSION)
    return any_of(found)


def field_schema(field: FieldInfo, *, expressions: bool) -> Schema:
    """The schema of what a field of a model accepts."""
    return schema_of(field.annotation, field.metadata, expressions=expressions)


def _alternatives(annotation: Any, facts: _Facts, expressions: bool) -> Iterator[Schema]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if facts.whole is not None:
        yield facts.whole
    elif facts.takes is not None:
        yield from _alternatives(facts.takes, facts._replace(takes=None), expressions)
    elif origin is Annotated:
        yield from _alternatives(arguments[0], _facts(arguments[1:], facts), expressions)
    elif facts.catalog is not None and annotation in (str | KerasObject, Any):
        yield ref(definition_of(facts.catalog))
    elif origin in (Union, UnionType):
        for part in arguments:
            yield from _alternatives(part, facts, expressions)
    elif annotation is KerasObject and facts.catalog is not None:
        yield ref(f"{definition_of(facts.catalog)}.object")
    elif origin is Literal:
        yield {"enum": list(arguments)}
    elif origin in (tuple, list):
        yield _array(origin, arguments, facts, expressions)
    elif origin is dict:
        yield _object(arguments[0], arguments[1], facts, expressions)
    elif isinstance(annotation, type) and annotation in _NAMED:
        yield _NAMED[annotation]
    elif isinstance(annotation, type) and issubclass(annotation, Layer):
        yield ref("layer")
    elif annotation in _PLAIN:
        bounds = facts.bounds if annotation in (int, float) else {}
        yield {"type": _PLAIN[annotation], **bounds}
    elif annotation is Any and not facts.is_checked:
        yield {}
    else:
        raise UnknownAnnotation(f"{annotation!r} has no schema")


def _array(origin: Any, arguments: tuple[Any, ...], facts: _Facts, expressions: bool) -> Schema:
    """A list: of one type, or of as many items as a tuple has."""
    inner = facts._replace(min_items=None, is_checked=False)
    if arguments == (Connection, ...):
        return _NAMED[Connection]
    is_open = origin is list or arguments[-1] is Ellipsis
    parts = arguments[:1] if is_open else arguments
    items = []
    for part in parts:
        found = list(_alternatives(part, inner, expressions))
        if expressions and {} not in found and {"type": "string"} not in found:
            found.append(EXPRESSION)
        items.append(any_of(found))
    if any(item != items[0] for item in items):
        raise UnknownAnnotation(f"{origin[arguments]!r}: items of different types")
    schema: Schema = {"type": "array", "items": items[0]}
    if not is_open:
        schema |= {"minItems": len(items), "maxItems": len(items)}
    elif facts.min_items is not None:
        schema["minItems"] = facts.min_items
    return schema


def _object(keys: Any, values: Any, facts: _Facts, expressions: bool) -> Schema:
    value = any_of([*_alternatives(values, facts, expressions), *([EXPRESSION] * expressions)])
    if get_origin(keys) is Literal:
        known = dict.fromkeys(get_args(keys), value)
        return {"type": "object", "properties": known, "additionalProperties": False}
    return {"type": "object", "additionalProperties": value}


def _facts(metadata: Any, facts: _Facts) -> _Facts:
    """What is known already, with what metadata add to it."""
    for item in metadata:
        if isinstance(item, FieldInfo):
            facts = _facts(item.metadata, facts)
        elif isinstance(item, Checked):
            facts = _of_check(item, facts)
        elif type(item) in _BOUNDS:
            attribute, keyword = _BOUNDS[type(item)]
            facts = facts._replace(bounds={**facts.bounds, keyword: getattr(item, attribute)})
        elif isinstance(item, MinLen):
            facts = facts._replace(min_items=item.min_length)
        elif isinstance(item, WithJsonSchema):
            facts = facts._replace(whole=dict(item.json_schema or {}))
        elif isinstance(item, BeforeValidator):
            if item.json_schema_input_type is PydanticUndefined:
                raise UnknownAnnotation(f"{item!r} does not say its `json_schema_input_type`")
        elif not isinstance(item, AfterValidator | Strict):  # which refuse more, and widen nothing
            raise UnknownAnnotation(f"{item!r} has no schema")
    return facts


def _of_check(check: Checked, facts: _Facts) -> _Facts:
    told = {
        "minimum": check.least,
        "exclusiveMinimum": check.above,
        "maximum": check.most,
    }
    bounds = {keyword: bound for keyword, bound in told.items() if bound is not None}
    catalog = check.catalog if isinstance(check.catalog, Catalog) else None
    return facts._replace(
        bounds={**facts.bounds, **bounds},
        catalog=catalog or facts.catalog,
        is_checked=True,
        takes=check.takes,
    )


def definition_of(catalog: Catalog) -> str:
    """The name under which the schema defines the objects of a catalogue."""
    return catalog.kind.replace(" ", "_")
