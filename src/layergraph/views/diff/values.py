"""What an argument was and what it is, whatever way a file has to write it.

Defaults are filled in, and a name stands for the object of that name: `he_normal` is
`{type: HeNormal}`. So what is written in another way is no change.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic.fields import FieldInfo

from layergraph.diagnostics.values import cut
from layergraph.graph.graph import InnerModel
from layergraph.graph.nested_model import NestedModel
from layergraph.layers.base import Layer
from layergraph.layers.custom_layer import CustomCall, CustomLayer
from layergraph.objects.base import Checked, KerasObject, StrictModel
from layergraph.objects.catalog import Catalog
from layergraph.objects.catalogs import ACTIVATIONS, METRICS
from layergraph.objects.declared import CustomObject
from layergraph.ops.constants import Array
from layergraph.syntax.writing import flow
from layergraph.tensors import Size
from layergraph.views.plain import plain, type_of

ABSENT: Any = object()
"""What stands for a value that is not given, and has no default."""
_SAME_FUNCTION = {"linear": None, "swish": "silu", "hard_swish": "hard_silu"}
"""Activations that have two names; without one a layer is linear."""

_LONGEST = 70


class Value(NamedTuple):
    """A value: as JSON holds it, defaults filled in, and as a person reads it, without them."""

    plain: Any
    text: str


class ValueChange(NamedTuple):
    """What something was and is; None where it is not given, and has no default."""

    name: str
    before: Value | None
    after: Value | None


class ModelPair(NamedTuple):
    """The models that an argument was and is."""

    name: str
    old: InnerModel
    new: InnerModel


ModelSignature = Callable[[InnerModel], Hashable]


def described(value: StrictModel) -> dict[str, Any]:
    """The arguments of an object by name, with defaults, and with objects for their names."""
    if isinstance(value, CustomLayer | CustomObject):
        keys = value.declared.keys
        declared = {
            f"custom.{field.alias or name}": getattr(keys, name)
            for name, field in type(keys).model_fields.items()
            if name in keys.model_fields_set
        }
        return declared | dict(value.given)
    if isinstance(value, CustomCall):
        return dict(value.given)
    if isinstance(value, NestedModel):
        return {}
    return {
        field.alias or name: resolved(getattr(value, name), _catalog(type(value), name))
        for name, field in type(value).model_fields.items()
    }


def resolved(value: Any, catalog: Catalog | None) -> Any:
    """A value with objects in the place of their names."""
    if isinstance(value, tuple | list):
        return tuple(resolved(item, catalog) for item in value)
    if not isinstance(value, str) or catalog is None or catalog is METRICS:
        return value  # reports call a metric by the name that it is given by
    if catalog is ACTIVATIONS:
        return _SAME_FUNCTION.get(value, value)
    proper = catalog.class_name(value)
    if proper is None or proper in catalog.needy or value in catalog.functions:
        return value
    return _made_of_its_name(catalog.package, catalog.kind, proper, catalog.find)


_made: dict[tuple[str, str, str], KerasObject] = {}


def _made_of_its_name(
    package: str, kind: str, proper: str, find: Callable[[str], type[KerasObject] | None]
) -> KerasObject:
    key = (package, kind, proper)
    if key not in _made:
        found = find(proper)
        assert found is not None
        _made[key] = found.checked({})
    return _made[key]


@cache
def _catalog(described: type[StrictModel], name: str) -> Catalog | None:
    """The catalogue in which the values of a field are looked up."""
    return _in_field(described.model_fields[name])


def _in_field(field: FieldInfo) -> Catalog | None:
    return _in_metadata(field.metadata) or _in_annotation(field.annotation)


def _in_metadata(metadata: Any) -> Catalog | None:
    checks = (item for item in metadata if isinstance(item, Checked))
    return next((check.catalog for check in checks if check.catalog is not None), None)


def _in_annotation(annotation: Any) -> Catalog | None:
    found = _in_metadata(getattr(annotation, "__metadata__", ()))
    parts = (_in_annotation(part) for part in get_args(annotation))
    return found or next((part for part in parts if part is not None), None)


def signature(value: Any, of_model: ModelSignature, *, sizes_alike: bool = False) -> Hashable:
    """What tells a value from others; values of two types are never the same.

    Args:
        value: the value, resolved.
        of_model: what tells a model from others.
        sizes_alike: whether a size is the same as a list of it, as for the window of a layer.
    """

    def signed(item: Any) -> Hashable:
        if isinstance(item, NestedModel):
            return "model", of_model(item.model)
        if isinstance(item, StrictModel):
            named = described(item)
            return kind_of(item), signed(named)
        if isinstance(item, Array):
            return "array", signed(item.values), item.dtype
        if isinstance(item, Mapping):
            return tuple(sorted((str(key), signed(inner)) for key, inner in item.items()))
        if isinstance(item, tuple | list):
            if sizes_alike and _is_one_size(item):
                return signed(item[0])
            return "list", tuple(signed(inner) for inner in item)
        return (type(item).__name__, str(item) if isinstance(item, Size) else repr(item))

    return signed(value)


def _is_one_size(value: Any) -> bool:
    return (
        isinstance(value, tuple | list)
        and bool(value)
        and all(type(item) is int for item in value)
        and len(set(value)) == 1
    )


def changes(
    name: str, old: Any, new: Any, of_model: ModelSignature, *, sizes_alike: bool = False
) -> Iterator[ValueChange | ModelPair]:
    """What differs between two values, told as deep inside of them as it can be.

    Args:
        name: what the value is called: "optimizer.learning_rate".
        old: the value before, resolved.
        new: the value after.
        of_model: what tells a model from others.
        sizes_alike: whether a size is the same as a list of it.
    """
    if isinstance(old, NestedModel) and isinstance(new, NestedModel):
        yield ModelPair(name, old.model, new.model)
    elif isinstance(old, StrictModel) and type(old) is type(new) and _is_one_type(old, new):
        before, after = described(old), described(new)
        for key in before | after:
            yield from changes(
                f"{name}.{key}" if name else key,
                before.get(key, ABSENT),
                after.get(key, ABSENT),
                of_model,
                sizes_alike=isinstance(old, Layer),
            )
    elif _are_lists_of_objects(old, new):
        for position, (before_item, after_item) in enumerate(zip(old, new, strict=True)):
            yield from changes(f"{name}.{position}", before_item, after_item, of_model)
    elif old is ABSENT or new is ABSENT or not _are_same(old, new, of_model, sizes_alike):
        yield ValueChange(name, value_of(old), value_of(new))


def _are_same(old: Any, new: Any, of_model: ModelSignature, sizes_alike: bool) -> bool:
    if sizes_alike and int in (type(old), type(new)):
        signatures = (signature(value, of_model, sizes_alike=True) for value in (old, new))
        return next(signatures) == next(signatures)
    return signature(old, of_model) == signature(new, of_model)


def _is_one_type(old: Any, new: Any) -> bool:
    return kind_of(old) == kind_of(new) or _name_of(old) == _name_of(new)


def kind_of(value: StrictModel) -> str:
    """What tells the types of objects apart: of the user's own, what they are imported as."""
    if isinstance(value, CustomLayer | CustomObject):
        return str(value.declared.keys.import_)
    return _name_of(value)


def _name_of(value: StrictModel) -> str:
    return type_of(value) if isinstance(value, KerasObject) else ""


def _are_lists_of_objects(old: Any, new: Any) -> bool:
    return (
        isinstance(old, tuple | list)
        and isinstance(new, tuple | list)
        and len(old) == len(new)
        and any(isinstance(item, StrictModel) for item in (*old, *new))
    )


def value_of(value: Any) -> Value | None:
    """A value as it is shown; None for what is not given."""
    if value is ABSENT:
        return None
    return Value(_plain(value), cut(flow(_brief(value)), _LONGEST))


def _plain(value: Any) -> Any:
    """As JSON holds it: with names resolved at every depth."""
    if isinstance(value, NestedModel):
        return plain(value)
    if isinstance(value, KerasObject):
        named = {name: _plain(item) for name, item in described(value).items()}
        return {"type": type_of(value), **named}
    if isinstance(value, StrictModel):
        return {name: _plain(item) for name, item in described(value).items()}
    if isinstance(value, tuple | list) and not isinstance(value, Array):
        return [_plain(item) for item in value]
    return plain(value)


def _brief(value: Any) -> Any:
    """What a person would write: an object without its defaults, by its name if it can be."""
    if isinstance(value, NestedModel):
        return f"block {value.flat.name}"
    if isinstance(value, StrictModel):
        given = {
            name: _brief(item)
            for name, item in described(value).items()
            if not _is_default(value, name, item)
        }
        kind = {"type": type_of(value)} if isinstance(value, KerasObject) else {}
        return kind | given if given or not kind else kind["type"]
    if isinstance(value, Array):
        return plain(value.values)
    if isinstance(value, Mapping):
        return {str(key): _brief(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_brief(item) for item in value]
    return str(value) if isinstance(value, Size) else value


def _is_default(of: StrictModel, name: str, value: Any) -> bool:
    if isinstance(of, CustomLayer | CustomObject):
        return name.startswith("custom.")
    for field_name, field in type(of).model_fields.items():
        if name in (field.alias, field_name) and not field.is_required():
            default = resolved(field.get_default(), _catalog(type(of), field_name))
            return signature(default, id) == signature(value, id)
    return False
