"""What an editor finds for a node that is being written."""

import re

import pytest

from layergraph.layers.catalog import LAYERS
from layergraph.ops.catalog import OPS
from layergraph.schema import document
from tests.unit.schema.reading import validator

SCHEMA = document()
DEFINITIONS = SCHEMA["$defs"]


def resolved(schema):
    """A schema with its reference followed, as an editor shows it."""
    if "$ref" not in schema:
        return schema
    name, *steps = schema["$ref"].removeprefix("#/$defs/").split("/")
    found = DEFINITIONS[name]
    for step in steps:
        found = found[step]
    return {**resolved(found), **{key: v for key, v in schema.items() if key != "$ref"}}


def offered(schema, value):
    """The keys that a schema offers for a mapping, in the branches that the mapping is in."""
    schema = resolved(schema)
    found = {key: s for key, s in schema.get("properties", {}).items() if isinstance(s, dict)}
    for part in schema.get("allOf", []):
        found |= offered(part, value)
    if "if" in schema:
        holds = not any(validator("2020-12").descend(value, schema["if"]))
        found |= offered(schema.get("then" if holds else "else", {}), value)
    return {key: resolved(form) for key, form in found.items()}


def choices(schema):
    schema = resolved(schema)
    parts = [choices(part) for part in schema.get("anyOf", [])]
    return [*schema.get("enum", []), *(choice for part in parts for choice in part)]


NODE = {"$ref": "#/$defs/node"}


def test_a_convolution_has_its_arguments():
    keys = offered(NODE, {"type": "Conv2D", "from": "x"})
    assert {"filters", "kernel_size", "padding", "from", "when", "repeat", "name"} <= set(keys)
    assert keys["filters"]["description"] == "How many channels come out."
    assert choices(keys["padding"]) == ["valid", "same"]
    assert keys["padding"]["default"] == "valid"
    assert keys["strides"]["default"] == [1, 1]


def test_no_other_layers_arguments_are_offered():
    keys = set(offered(NODE, {"type": "Conv2D", "from": "x"}))
    assert not keys & {"output_padding", "units", "depth_multiplier", "block", "loss", "task"}


def test_an_alias_has_the_same_arguments():
    alias, name = ({"type": t, "from": "x"} for t in ("MaxPool2D", "MaxPooling2D"))
    assert offered(NODE, alias) == offered(NODE, name)
    assert "pool_size" in offered(NODE, alias)


def test_a_node_that_is_nothing_yet_is_offered_what_it_may_be():
    assert {"type", "block", "chain", "use", "from"} <= set(offered(NODE, {}))


def test_a_type_is_any_layer_or_function():
    types = choices({"$ref": "#/$defs/type"})
    assert set(types) == {*LAYERS.names, *(f"ops.{name}" for name in OPS.names)}


def test_an_item_of_a_chain_has_no_from():
    keys = set(offered({"$ref": "#/$defs/item"}, {"type": "Conv2D"}))
    assert "filters" in keys
    assert "from" not in keys


def test_the_tensors_of_a_call_are_offered_by_name():
    call = offered(NODE, {"type": "MultiHeadAttention", "from": {}})
    assert {"query", "value", "key"} <= set(offered(call["from"], {}))
    options = call["call"]["anyOf"][0]["properties"]
    assert "use_causal_mask" in options


def test_an_argument_that_is_an_object_is_offered_by_name_and_with_its_arguments():
    argument = offered(NODE, {"type": "Dense", "from": "x"})["kernel_initializer"]
    assert argument["default"] == "glorot_uniform"
    assert {"he_normal", "zeros"} <= set(choices(argument))
    mapping = {"$ref": "#/$defs/initializer.object"}
    assert "seed" in offered(mapping, {"type": "HeNormal"})


def test_an_output_is_offered_what_its_task_and_its_head_take():
    output = {"$ref": "#/$defs/output"}
    keys = offered(output, {"from": "x", "task": "binary"})
    assert {"loss", "metrics", "kernel_regularizer"} <= set(keys)
    assert set(choices(keys["task"])) >= {"regression", "multiclass"}
    assert "filters" in offered(output, {"from": "x", "type": "Conv2D"})


@pytest.mark.parametrize("catalog", [LAYERS, OPS], ids=["layers", "functions"])
def test_every_layer_and_function_has_a_branch_with_a_description(catalog):
    prefix, kind = ("ops.", "function") if catalog is OPS else ("", "layer")
    for name in catalog.names:
        (branch,) = [
            part["then"]["$ref"]
            for part in DEFINITIONS["arguments"]["allOf"]
            if re.search(part["if"]["properties"]["type"]["pattern"], prefix + name)
        ]
        assert branch == f"#/$defs/{kind}.{catalog.class_name(name)}"
        assert resolved({"$ref": branch})["description"]


def test_every_key_of_the_file_is_described():
    for name in ("param", "block", "custom", "input", "output", "training"):
        schema = DEFINITIONS[name].get("then", DEFINITIONS[name])
        for key, form in schema["properties"].items():
            assert form["description"], f"{name}.{key}"
    assert all(form["description"] for form in SCHEMA["properties"].values())
