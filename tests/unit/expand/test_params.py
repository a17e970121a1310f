"""Params: what callers of a file set, and what stands for them where nobody does."""

import pytest

from layergraph.diagnostics import GraphError, codes
from layergraph.pipeline import load, validate

GRAPH = """layergraph: 1
params:
  units: {default: 4, min: 1, max: 8}
  kind: {default: relu, choices: [relu, tanh]}
  rate: 0.5
  needed: {example: 3}
  any: null
inputs: {x: {shape: [4]}}
layers:
  a: {type: Dense, from: x, units: "${units}", activation: "${kind}"}
  b: {type: Dropout, from: a, rate: "${rate}"}
  n: {type: Dense, from: b, units: "${needed}"}
outputs: {y: {from: n}}
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "graph.yaml"
    path.write_text(GRAPH, encoding="utf-8")
    return path


def test_defaults_and_examples_stand_for_params(file):
    graph = load(file)
    assert graph.nodes["a"].args["units"] == 4
    assert graph.nodes["n"].args["units"] == 3
    assert list(graph.examples) == ["needed"]


def test_what_is_set_counts(file):
    graph = load(file, params={"units": 8, "kind": "tanh", "rate": 0, "needed": 1, "any": [1]})
    assert graph.nodes["a"].args["units"] == 8
    assert graph.nodes["a"].args["activation"] == "tanh"
    assert not graph.examples


@pytest.mark.parametrize(
    ("params", "code", "line", "message", "help"),
    [
        ({"units": 9}, codes.OUT_OF_RANGE, 3, "must be at most 8, not 9", None),
        ({"units": "4"}, codes.WRONG_TYPE, 3, "not the string", "write it without quotes: 4"),
        ({"units": True}, codes.WRONG_TYPE, 3, "must be a whole number, not true", None),
        ({"units": None}, codes.WRONG_TYPE, 3, "must be a whole number, not null", None),
        ({"units": 4.0}, codes.WRONG_TYPE, 3, "must be a whole number, not 4.0", None),
        ({"kind": "tahn"}, codes.NOT_A_CHOICE, 4, "one of `relu`, `tanh`", "did you mean `tanh`?"),
        ({"rate": "half"}, codes.WRONG_TYPE, 5, "must be a number", None),
        ({"unit": 4}, codes.UNKNOWN_PARAM, 2, "no param of the file", "did you mean `units`?"),
    ],
)
def test_what_does_not_fit_is_reported_at_the_declaration(file, params, code, line, message, help):
    (diagnostic,) = validate(file, params=params).diagnostics
    assert diagnostic.code is code
    assert diagnostic.span.line == line
    assert message in diagnostic.message
    assert diagnostic.help == help


def test_the_wrong_value_is_not_reported_again_where_it_is_used(file):
    with pytest.raises(GraphError) as error:
        load(file, params={"units": -1, "rate": 7})
    assert [d.span.line for d in error.value.diagnostics] == [3, 11]
