"""What an annotation says is said, and what nobody has taught the generator is an error."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, BeforeValidator, Field

from layergraph.layers.arguments import Activation, Sides2D, Window2D
from layergraph.objects.arguments import LearningRate
from layergraph.objects.base import Checked, KerasObject
from layergraph.objects.values import LARGEST_SIZE, PositiveInt, Rate, Thresholds
from layergraph.schema.annotations import UnknownAnnotation, schema_of

SIZE = {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE}
SIDE = {"type": "integer", "minimum": 0, "maximum": LARGEST_SIZE}


@pytest.mark.parametrize(
    ("annotation", "schema"),
    [
        (PositiveInt, SIZE),
        (Rate, {"type": "number", "minimum": 0, "maximum": 1}),
        (
            Window2D,
            {"anyOf": [SIZE, {"type": "array", "items": SIZE, "minItems": 2, "maxItems": 2}]},
        ),
        (
            Thresholds,
            {
                "anyOf": [
                    {"type": "number", "minimum": 0, "maximum": 1},
                    {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1}},
                ]
            },
        ),
        (
            LearningRate,
            {
                "anyOf": [
                    {"type": "number", "exclusiveMinimum": 0},
                    {"$ref": "#/$defs/learning_rate_schedule.object"},
                ]
            },
        ),
        (
            Activation | None,
            {"anyOf": [{"$ref": "#/$defs/activation"}, {"type": "null"}]},
        ),
        (Literal["a", "b"], {"enum": ["a", "b"]}),
        (
            Annotated[tuple[str, ...], Field(strict=False, min_length=1)],
            {"type": "array", "items": {"type": "string"}, "minItems": 1},
        ),
        (
            dict[Literal["low", "high"], float],
            {
                "type": "object",
                "properties": {"low": {"type": "number"}, "high": {"type": "number"}},
                "additionalProperties": False,
            },
        ),
    ],
)
def test_schema(annotation, schema):
    assert schema_of(annotation, expressions=False) == schema


def test_lists_in_lists_keep_their_bounds():
    sides = schema_of(Sides2D, expressions=False)["anyOf"][1]
    pair = {"type": "array", "items": SIDE, "minItems": 2, "maxItems": 2}
    assert sides == {
        "type": "array",
        "items": {"anyOf": [SIDE, pair]},
        "minItems": 2,
        "maxItems": 2,
    }


@pytest.mark.parametrize("annotation", [int, bool, Window2D, Literal["a"], list[float]])
def test_an_expression_may_stand_for_it(annotation):
    schema = schema_of(annotation, expressions=True)
    assert {"$ref": "#/$defs/expression"} in schema["anyOf"]


def test_an_expression_may_stand_in_a_list():
    assert schema_of(list[int], expressions=True)["anyOf"][0]["items"] == {
        "anyOf": [{"type": "integer"}, {"$ref": "#/$defs/expression"}]
    }


def test_a_string_may_be_an_expression_anyway():
    assert schema_of(str, expressions=True) == {"type": "string"}


class Unheard:
    """A type that no schema knows."""


def nothing(value):
    return value


@pytest.mark.parametrize(
    "annotation",
    [
        Unheard,
        set[int],
        complex,
        KerasObject,
        tuple[int, str],
        Annotated[int, BeforeValidator(nothing)],
        Annotated[int, "a remark"],
        Annotated[int, Field(multiple_of=2)],
        Annotated[Any, Checked(nothing)],
    ],
)
def test_what_is_not_known_is_an_error(annotation):
    with pytest.raises(UnknownAnnotation):
        schema_of(annotation, expressions=True)


def test_what_only_refuses_more_is_no_error():
    schema = schema_of(Annotated[int, AfterValidator(nothing)], expressions=False)
    assert schema == {"type": "integer"}
