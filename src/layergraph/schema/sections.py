"""The definitions of a file's sections, and of what their entries hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from layergraph.layers.catalog import LAYERS
from layergraph.objects.base import StrictModel
from layergraph.schema.annotations import EXPRESSION, field_schema
from layergraph.schema.descriptions import described, key_words
from layergraph.schema.forms import (
    NAME_PATTERN,
    Schema,
    any_of,
    closed,
    entries,
    ref,
)
from layergraph.schema.objects import class_of, default_of
from layergraph.schema.operations import without_foreign
from layergraph.spec.block_keys import BlockKeys, LibraryKeys
from layergraph.spec.custom_keys import CustomKeys
from layergraph.spec.declarations import RESERVED, WORDS
from layergraph.spec.file_keys import FileKeys
from layergraph.spec.input_keys import InputKeys
from layergraph.spec.output_keys import OutputKeys
from layergraph.spec.param_keys import ParamKeys
from layergraph.spec.reading import OF_A_GRAPH
from layergraph.spec.tasks import TASK_KEYS, TASKS, UNWEIGHABLE
from layergraph.spec.training_keys import Training, Validation

_NOTHING: Mapping[str, Schema] = {}
_NODES = entries(ref("node"))
_MERGES = entries(ref("merge"))
_PARAMS: Schema = {
    "type": "object",
    "propertyNames": {
        "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,63}$",
        "not": {"enum": [*RESERVED, *sorted(WORDS)]},
    },
    "additionalProperties": ref("param"),
}
_NOT_GIVEN: Schema = {"type": "null"}
_ON: Schema = {"const": True}
_CUSTOM_OUTPUT = any_of([{"const": "same"}, ref("shape")])
_CUSTOM = {
    "import": {"type": "string", "pattern": "^[^:]+:[^:.]+$"},  # in letters of any language
    "output": _CUSTOM_OUTPUT,
    "outputs": {"type": "array", "minItems": 1, "items": _CUSTOM_OUTPUT},
}
_PLAIN_REFERENCE = ref("plain_reference")

_FRACTION: Schema = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}
_OR_NOTHING_FRACTION = any_of([_FRACTION, EXPRESSION, _NOT_GIVEN])
_LABEL: Schema = {"type": ["integer", "string"], "not": {"const": ""}}
_LABELS: Schema = {"type": "array", "minItems": 1, "uniqueItems": True, "items": _LABEL}
_NUMBER_OF_CLASSES: Schema = {"type": "integer", "minimum": 1}
_CLASSES = any_of([_NUMBER_OF_CLASSES, _LABELS, EXPRESSION, _NOT_GIVEN])
_WEIGHT = any_of([{"type": "number", "minimum": 0}, EXPRESSION])
_WEIGHTS = any_of(
    [
        {"const": "balanced"},
        {"type": "object", "minProperties": 1, "additionalProperties": _WEIGHT},
        EXPRESSION,
        _NOT_GIVEN,
    ]
)

_SECTIONS = {
    "params": _PARAMS,
    "imports": entries({"type": "string", "minLength": 1}),
    "blocks": entries(ref("block")),
    "custom": entries(ref("custom")),
    "inputs": entries(any_of([ref("input"), EXPRESSION]), minProperties=1),
    "layers": _NODES,
    "merges": _MERGES,
    "outputs": entries(any_of([ref("output"), EXPRESSION]), minProperties=1),
    "training": ref("training"),
}


def section_definitions() -> Iterator[tuple[str, Schema]]:
    """The definitions of what the sections hold."""
    long_form = _mapping(ParamKeys)
    yield "param", {"if": {"type": "object"}, "then": long_form}
    yield "block", _block()
    yield (
        "custom",
        {
            **_mapping(CustomKeys, _CUSTOM),
            "allOf": [_gives_something(), _is_an_object()],
        },
    )
    yield "shape", field_schema(InputKeys.model_fields["shape"], expressions=False)
    both = {
        "required": ["sparse", "ragged"],
        "properties": dict.fromkeys(("sparse", "ragged"), _ON),
    }
    of_column = {"allOf": [_given("column"), _given("columns")]}
    of_image = {"allOf": [_given("decode"), _given("columns")]}
    yield (
        "input",
        {
            **_mapping(InputKeys, expressions=True),
            "not": {"anyOf": [both, of_column, of_image]},
        },
    )
    yield "output", _output()
    yield "validation", {"anyOf": [_FRACTION, EXPRESSION, _validation()]}
    yield "training", _mapping(Training, expressions=True)


def file_schema() -> Schema:
    """A graph file, or a file of blocks."""
    only_blocks = {
        "required": ["blocks"],
        "not": {"anyOf": [{"required": [section]} for section in OF_A_GRAPH]},
    }
    graph = _mapping(FileKeys, _SECTIONS)
    strangers = [key for key in FileKeys.key_names() if key not in LibraryKeys.key_names()]
    library: Schema = {"properties": dict.fromkeys(strangers, False)}
    without_own_names = {"if": {"not": {"required": ["custom"]}}, "then": ref("keras.file")}
    required = graph.pop("required")
    return {**graph, "if": only_blocks, "then": library, "else": {"required": required}} | {
        "required": ["layergraph"],
        "allOf": [without_own_names],
    }


def _mapping(
    model: type[StrictModel],
    contents: Mapping[str, Schema] = _NOTHING,
    *,
    expressions: bool = False,
) -> Schema:
    """The mapping that a model checks.

    Args:
        model: the model.
        contents: what stands under keys of which its annotations do not say enough.
        expressions: whether expressions may stand for values.
    """
    properties: dict[str, Any] = {}
    required = []
    for name, field in model.model_fields.items():
        key = field.alias or name
        schema = contents[key] if key in contents else field_schema(field, expressions=expressions)
        told = {"description": key_words(model, key)}
        default = {} if isinstance(field.default, dict) else default_of(field, null=False)
        properties[key] = {**told, **schema, **default}
        if field.is_required():
            required.append(key)
    further = {"required": required} if required else {}
    return closed(properties, type="object", description=described(model), **further)


def _block() -> Schema:
    name: Schema = {"type": "string", "pattern": NAME_PATTERN}
    several = entries(_PLAIN_REFERENCE, minProperties=1)
    outputs = {"if": {"type": "object"}, "then": several, "else": _PLAIN_REFERENCE}
    inputs: Schema = {"type": "array", "minItems": 1, "uniqueItems": True, "items": name}
    sections = {"params": _PARAMS, "layers": _NODES, "merges": _MERGES}
    return _mapping(BlockKeys, {**sections, "inputs": inputs, "outputs": outputs})


def _gives_something() -> Schema:
    """A layer says what it gives, in one way."""
    is_layer = {"properties": {"kind": {"const": "layer"}}}
    ways = [{"required": ["output"]}, {"required": ["outputs"]}]
    return {"if": is_layer, "then": {"oneOf": ways}}


def _is_an_object() -> Schema:
    """What is no layer gives no tensors."""
    other = {"properties": {"kind": {"not": {"const": "layer"}}}, "required": ["kind"]}
    return {
        "if": other,
        "then": {"properties": dict.fromkeys(("output", "outputs", "dtype"), False)},
    }


def _output() -> Schema:
    """An output: without a head, with one of a `type`, or with the one of a `task`."""
    kind = any_of([ref("type"), {"type": "null"}])
    any_units: Schema = {}  # with a `type` they are an argument of the head
    contents = {"type": kind, "units": any_units, "classes": _CLASSES, "class_weight": _WEIGHTS}
    schema = _mapping(OutputKeys, contents, expressions=True)
    own = dict.fromkeys(schema["properties"], True)
    dense = {
        name: ref(f"layer.Dense/properties/{name}")
        for name in class_of(LAYERS, "Dense").key_names()
        if name not in own
    }
    units = field_schema(OutputKeys.model_fields["units"], expressions=True)
    head = closed({**own, **dense, "units": units})
    bare = closed({**own, "units": _NOT_GIVEN})
    typed_head = {"allOf": [ref("arguments"), without_foreign(own)]}
    by_task = {"if": _given("task"), "then": head, "else": bare}
    del schema["additionalProperties"]  # which depends on the head
    return schema | {
        "allOf": [
            {"if": _given("type"), "then": typed_head, "else": by_task},
            {"if": _given("task"), "else": _without_task()},
            {"not": {"allOf": [_given("column"), _given("columns")]}},
            *(_of_task(task) for task in TASKS),
        ]
    }


def _of_task(name: str) -> Schema:
    """What has to stand beside a task, and what means nothing to it."""
    task = TASKS[name]
    foreign = [key for key in TASK_KEYS if key not in task.keys]
    of_head = [key for key in foreign if key == "units"]
    dense = _without(*of_head)
    if task.size is not None and task.units is None:
        dense |= {"required": [task.size]}
        dense["properties"][task.size] = {"not": _NOT_GIVEN}
    then = {
        "allOf": [
            _without(*(key for key in foreign if key not in of_head)),
            {"if": _given("type"), "else": dense},
        ]
    }
    if name in UNWEIGHABLE:
        then["allOf"].append(_without("class_weight"))
    if name == "binary":
        two = {**_LABELS, "minItems": 2, "maxItems": 2}
        then["allOf"].append({"properties": {"classes": any_of([two, EXPRESSION, _NOT_GIVEN])}})
    return {"if": {"properties": {"task": {"const": name}}, "required": ["task"]}, "then": then}


def _without_task() -> Schema:
    """Without a task there are no `labels`, and `classes` are named."""
    named = any_of([_LABELS, EXPRESSION, _NOT_GIVEN])
    return {"properties": {"labels": _NOT_GIVEN, "classes": named}}


def _validation() -> Schema:
    """What is held out: a fraction, or folds."""
    schema = _mapping(Validation, {"fraction": _OR_NOTHING_FRACTION}, expressions=True)
    return schema | {"oneOf": [_given("fraction"), _given("folds")]}


def _given(key: str) -> Schema:
    """Whether a key stands there, and not with null."""
    return {"required": [key], "properties": {key: {"not": _NOT_GIVEN}}}


def _without(*keys: str) -> Schema:
    return {"properties": dict.fromkeys(keys, _NOT_GIVEN)}
