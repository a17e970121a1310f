"""Checked values → what a file gives for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from layergraph.graph.graph import InnerModel
from layergraph.graph.nested_model import NestedModel
from layergraph.layers.base import Operation
from layergraph.layers.custom_layer import CustomLayer
from layergraph.objects.base import KerasObject, StrictModel
from layergraph.objects.declared import CustomObject
from layergraph.ops.constants import Array, as_constant
from layergraph.spec.graph_spec import CustomSpec
from layergraph.tensors import Size


class Declarations(Protocol):
    """What a file declares, by the names that it has there."""

    def custom(self, declared: CustomSpec) -> str:
        """The name of something of the user's own."""

    def block(self, inner: InnerModel) -> str:
        """The name of the block of a model."""


def arguments_of(described: KerasObject, named: Declarations) -> dict[str, Any]:
    """The arguments that were given, and no defaults."""
    return {name: plain_value(value, named) for name, value in described.arguments_set().items()}


def plain_value(value: Any, named: Declarations) -> Any:
    """Scalars, lists and mappings for a value, at any depth."""
    if isinstance(value, CustomLayer):
        return {"type": named.custom(value.declared), **escaped(value.given)}
    if isinstance(value, CustomObject):
        name = named.custom(value.declared)
        return {"type": name, **escaped(value.given)} if value.given else name
    if isinstance(value, NestedModel):
        block, name = named.block(value.model), value.default_name()
        return {"block": block} if block == name else {"block": block, "name": name}
    if isinstance(value, KerasObject):
        kind = value.type_name() if isinstance(value, Operation) else type(value).__name__
        return {"type": kind, **arguments_of(value, named)}
    if isinstance(value, StrictModel):
        given = value.model_dump(include=value.model_fields_set)
        return {key: plain_value(item, named) for key, item in given.items()}
    if isinstance(value, Array):
        return _array(value)
    if isinstance(value, tuple | list):
        return [plain_value(item, named) for item in value]
    if isinstance(value, Mapping):
        return {key: plain_value(item, named) for key, item in value.items()}
    return str(value) if isinstance(value, Size) else escaped(value)


def escaped(value: Any) -> Any:
    """A value whose texts are no expressions, even where they look like one."""
    if isinstance(value, str):
        return value.replace("${", "$${")
    if isinstance(value, list | tuple):
        return [escaped(item) for item in value]
    if isinstance(value, dict):
        return {key: escaped(item) for key, item in value.items()}
    return value


def _array(array: Array) -> Any:
    """An array of the dtype that its numbers have anyway is written as lists."""
    listed = _listed(array.values)
    return listed if as_constant(listed) == array else {"array": listed, "dtype": array.dtype}


def _listed(values: Any) -> Any:
    return [_listed(item) for item in values] if isinstance(values, tuple) else values
