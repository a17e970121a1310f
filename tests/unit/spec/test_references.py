"""References and `from`: what they may be, and what is said of what they may not."""

import pytest
from pydantic_core import PydanticCustomError

from layergraph.diagnostics import codes
from layergraph.spec.references import Connection, Reference, parse_from, parse_reference
from layergraph.syntax.tree import SPOILED


@pytest.mark.parametrize(
    ("text", "path", "tensor"),
    [
        ("image", "image", None),
        ("0_conv", "0_conv", None),
        ("x-y", "x-y", None),
        ("lstm:1", "lstm", 1),
        ("lstm:0", "lstm", 0),
        ("features.3", "features.3", None),
        ("features.norm", "features.norm", None),
        ("stage.2.out:10", "stage.2.out", 10),
    ],
)
def test_reference_is_a_path_and_a_tensors_number(text, path, tensor):
    reference = parse_reference(text)
    assert (reference.path, reference.tensor) == (path, tensor)
    assert reference.has_form
    assert str(reference) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":1",
        "a b",
        "a..b",
        ".a",
        "a.",
        "a:b",
        "a:-1",
        "a:1:2",
        "a:1234567890",
        "a/b",
        "é",
        "a\n",
    ],
)
def test_other_texts_are_no_reference(text):
    assert not parse_reference(text).has_form


@pytest.mark.parametrize(
    ("value", "connections"),
    [
        ("a", [Connection(None, (Reference("a"),))]),
        (["a"], [Connection(None, (Reference("a", steps=(0,)),), is_list=True)]),
        (
            ["a", "b:1"],
            [Connection(None, (Reference("a", steps=(0,)), Reference("b", 1, (1,))), is_list=True)],
        ),
        (
            {"query": "a", "value": "b"},
            [
                Connection("query", (Reference("a", steps=("query",)),)),
                Connection("value", (Reference("b", steps=("value",)),)),
            ],
        ),
        (
            {"initial_state": ["h", "c"]},
            [
                Connection(
                    "initial_state",
                    (
                        Reference("h", steps=("initial_state", 0)),
                        Reference("c", steps=("initial_state", 1)),
                    ),
                    is_list=True,
                )
            ],
        ),
    ],
)
def test_from_is_a_name_a_list_or_a_mapping(value, connections):
    assert parse_from(value) == tuple(connections)


@pytest.mark.parametrize(
    ("value", "code", "predicate", "at"),
    [
        (None, codes.WRONG_TYPE, "must be the name of a node, not null", ()),
        (True, codes.WRONG_TYPE, "must be the name of a node, not true", ()),
        (1, codes.WRONG_TYPE, "must be the name of a node, not 1", ()),
        ([], codes.OUT_OF_RANGE, "names no tensor", ()),
        ({}, codes.OUT_OF_RANGE, "names no tensor", ()),
        (["a", None], codes.WRONG_TYPE, "must be the name of a node, not null", (1,)),
        (["a", ["b"]], codes.WRONG_TYPE, "must be the name of a node, not a list", (1,)),
        ({"query": []}, codes.OUT_OF_RANGE, "names no tensor", ("query",)),
        ({"query": 1}, codes.WRONG_TYPE, "must be the name of a node, not 1", ("query",)),
        (
            {"query": ["a", {}]},
            codes.WRONG_TYPE,
            "must be the name of a node, not a mapping",
            ("query", 1),
        ),
    ],
)
def test_other_values_are_refused_where_they_stand(value, code, predicate, at):
    with pytest.raises(PydanticCustomError) as caught:
        parse_from(value)
    context = caught.value.context
    assert context is not None
    assert (context["code"], context["predicate"], context["at"]) == (code, predicate, at)


def test_number_that_names_a_node_is_to_be_quoted():
    with pytest.raises(PydanticCustomError) as caught:
        parse_reference(1)
    assert caught.value.context is not None
    assert caught.value.context["help"] == 'quote it: "1"'


@pytest.mark.parametrize("value", [SPOILED, [SPOILED], {"query": SPOILED}])
def test_value_that_is_spoilt_is_refused_too(value):
    with pytest.raises(PydanticCustomError):
        parse_from(value)
