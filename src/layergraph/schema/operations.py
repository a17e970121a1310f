"""The definitions of layers and functions, and of the nodes that run them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from layergraph.layers.base import Operation
from layergraph.layers.catalog import LAYERS
from layergraph.objects.catalog import Catalog
from layergraph.ops.base import Op
from layergraph.ops.catalog import OPS
from layergraph.schema.annotations import EXPRESSION
from layergraph.schema.forms import Schema, any_of, closed, one_of, ref, typed
from layergraph.schema.objects import (
    arguments_schema,
    bare_names,
    class_of,
    names_of,
    own_layer,
)
from layergraph.spec.nodes import NODE_KEYS, OP_PREFIX
from layergraph.spec.output_keys import OutputKeys

_ALSO_AN_ARGUMENT = "units"  # of an output, where it has no `type`

BESIDE = tuple(
    key for key in dict.fromkeys((*NODE_KEYS, *OutputKeys.key_names())) if key != _ALSO_AN_ARGUMENT
)
"""The keys that may stand beside arguments, in a node or an output."""

LAYER_NAMES = LAYERS.names
FUNCTION_NAMES = tuple(f"{OP_PREFIX}{name}" for name in OPS.names)


class _Described(NamedTuple):
    """A layer or a function: its definition, the types that name it, and its class."""

    definition: str
    types: tuple[str, ...]
    operation: type[Operation]


def argument_definitions() -> Iterator[tuple[str, Schema]]:
    """The arguments of all layers, functions and calls."""
    for described in _all():
        operation = described.operation
        constants = operation.may_be_constants() if issubclass(operation, Op) else ()
        arguments = arguments_schema(operation, without_null=constants)
        yield described.definition, {**arguments, **_beside(described)}


def operation_definitions() -> Iterator[tuple[str, Schema]]:
    """What a `type` may be, what may stand beside it, and what a node of it is called on."""
    yield "type", type_schema(LAYER_NAMES, FUNCTION_NAMES, own_layer(LAYER_NAMES))
    of_keras = {"enum": [*LAYER_NAMES, *FUNCTION_NAMES]}
    yield "of_keras", {"properties": {"type": of_keras}, "required": ["type"]}
    yield "layer_type", type_schema(LAYER_NAMES, (), own_layer(LAYER_NAMES))
    functions = tuple(f"{OP_PREFIX}{name}" for name in bare_names(OPS))
    bare = tuple(bare_names(LAYERS))
    yield "bare_type", type_schema(bare, functions, own_layer(LAYER_NAMES))
    yield "bare_layer", type_schema(bare, (), own_layer(LAYER_NAMES))
    yield "arguments", {"allOf": [typed(one.types, ref(one.definition)) for one in _all()]}
    inputs: dict[tuple[str, ...], list[str]] = defaultdict(list)
    calls: dict[tuple[str, ...], list[_Described]] = defaultdict(list)
    for one in _all():
        inputs[_tensor_names(one.operation)] += one.types
        calls[one.operation.Call.key_names()].append(one)
    branches = [
        typed(types, {"properties": {"from": _from(tensors)}}) for tensors, types in inputs.items()
    ]
    yield "called_on", {"allOf": branches}
    yield "called_with", {"allOf": [_call(alike) for alike in calls.values()]}


def without_foreign(own: Iterable[str]) -> Schema:
    """That a layer or function of Keras has none of the keys of other places.

    What they are called may be an argument of the user's own layer, or a param of a block.
    """
    foreign = [key for key in BESIDE if key not in (*own, "type")]
    return {"if": ref("of_keras"), "then": {"properties": dict.fromkeys(foreign, False)}}


def type_schema(layers: tuple[str, ...], functions: tuple[str, ...], *own: Schema) -> Schema:
    """The value of a `type`: a layer, a function, or one of the user's own."""
    return any_of([{"enum": [*layers, *functions]}, *own, EXPRESSION])


def _all() -> Iterator[_Described]:
    for catalog, prefix, kind in ((LAYERS, "", "layer"), (OPS, OP_PREFIX, "function")):
        for proper in catalog.classes:
            types = tuple(f"{prefix}{name}" for name in names_of(catalog, proper))
            yield _Described(f"{kind}.{proper}", types, _operation(catalog, proper))


def _operation(catalog: Catalog, proper: str) -> type[Operation]:
    found = class_of(catalog, proper)
    assert issubclass(found, Operation)
    return found


def _beside(one: _Described) -> Schema:
    """That the keys of nodes and outputs may stand beside the arguments, and no others.

    They say themselves what they hold, and where; as a pattern they are not offered here.
    """
    clash = {*one.operation.key_names()} & {*BESIDE}
    if clash:
        raise TypeError(f"{one.definition}: {clash} are keys of nodes or outputs already")
    return {"patternProperties": {one_of(BESIDE): True}, "additionalProperties": False}


def _from(tensors: tuple[str, ...]) -> Schema:
    """What a layer is called on, whose arguments for tensors have these names."""
    named = closed(dict.fromkeys(tensors, ref("tensors")), minProperties=1)
    return {"if": {"type": "object"}, "then": named, "else": ref("tensors")}


def _call(alike: list[_Described]) -> Schema:
    """What stands under `call` of layers whose calls take arguments of the same names."""
    schemas = [arguments_schema(one.operation.Call)["properties"] for one in alike]
    schema = {key: any_of([schema[key] for schema in schemas]) for key in schemas[0]}
    mapping = closed(schema, type="object")
    types = [name for one in alike for name in one.types]
    return typed(types, {"properties": {"call": any_of([mapping, EXPRESSION])}})


def _tensor_names(operation: type[Operation]) -> tuple[str, ...]:
    return tuple(argument.name for argument in operation.declared_tensor_arguments())
