"""Params as Python gives them."""

from __future__ import annotations

from collections import OrderedDict
from decimal import Decimal

import numpy as np
import pytest

import layergraph as lg

GRAPH = """\
layergraph: 1
params: {value: {}}
inputs: {x: {shape: [8]}}
layers: {it: {type: Dense, from: x, units: "${value[0]}"}}
outputs: {y: {from: it, loss: mse}}
"""


@pytest.fixture
def graph(tmp_path):
    (tmp_path / "graph.yaml").write_text(GRAPH)
    return tmp_path / "graph.yaml"


def test_tuples_are_lists(graph):
    assert lg.load(graph, params={"value": (3, OrderedDict(a=1))}).nodes["it"].args["units"] == 3


@pytest.mark.parametrize(
    "value",
    [
        np.float64(1),
        np.int64(1),
        np.ones(2),
        np.str_("a"),
        Decimal(1),
        {1: 2},
        {1},
        b"a",
        [[object()]],
    ],
)
@pytest.mark.parametrize("function", [lg.validate, lg.load])
def test_other_values_are_refused_by_name(value, function, graph):
    with pytest.raises(TypeError, match=r"param `value` holds "):
        function(graph, params={"value": value})


def test_other_numbers_and_what_is_too_deep(graph):
    endless = []
    endless.append(endless)
    for value, said in ((float("nan"), "finite"), ([-float("inf")], "finite"), (endless, "deep")):
        with pytest.raises(ValueError, match=f"param `value` .*{said}"):
            lg.validate(graph, params={"value": value})


def test_what_are_no_params(graph):
    with pytest.raises(TypeError, match="params must be a mapping"):
        lg.load(graph, params=[("value", 1)])
    with pytest.raises(TypeError, match="name of a param must be a string"):
        lg.load(graph, params={1: 1})
