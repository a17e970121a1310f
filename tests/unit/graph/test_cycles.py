"""Cycles: each is reported once, with all its nodes in the order they feed each other."""

import pytest

from layergraph.diagnostics import codes
from layergraph.pipeline import validate
from tests.unit.graph.files import graph_of, only_diagnostic, written


@pytest.mark.parametrize(
    ("edges", "message"),
    [
        ({"x": [], "a": ["a"]}, "`a` is called on itself"),
        ({"x": [], "a": ["x", "b"], "b": ["a"]}, "`a` → `b` → `a` is a cycle"),
        (
            {"x": [], "a": ["d"], "b": ["a"], "c": ["b"], "d": ["c", "x"]},
            "`a` → `b` → `c` → `d` → `a` is a cycle",
        ),
        (
            {"x": [], "d": ["c"], "c": ["b"], "b": ["a"], "a": ["d"]},
            "`d` → `a` → `b` → `c` → `d` is a cycle",
        ),
    ],
)
def test_cycle_names_every_node_in_order(tmp_path, edges, message):
    (diagnostic,) = validate(graph_of(tmp_path, edges)).diagnostics
    assert diagnostic.code is codes.CYCLE
    assert diagnostic.message == message


def test_cycle_is_shown_at_the_references_that_make_it(tmp_path):
    edges = {"x": [], "a": ["x", "c"], "b": ["a"], "c": ["x", "b"]}
    (diagnostic,) = validate(graph_of(tmp_path, edges)).diagnostics
    assert (diagnostic.span.line, diagnostic.span.column) == (5, 28)
    assert [(r.message, r.span.line, r.span.column) for r in diagnostic.related] == [
        ("`b` is called on this", 6, 25),
        ("`c` is called on this", 7, 28),
    ]


def test_two_cycles_are_two_errors_and_what_they_feed_is_silent(tmp_path):
    edges = {"x": [], "a": ["b"], "b": ["a"], "c": ["c"], "d": ["a", "c"]}
    diagnostics = validate(graph_of(tmp_path, edges)).diagnostics
    assert [d.message for d in diagnostics] == [
        "`a` → `b` → `a` is a cycle",
        "`c` is called on itself",
    ]


def test_chain_is_named_once(tmp_path):
    diagnostic = only_diagnostic(
        tmp_path,
        "layergraph: 1\n"
        "inputs: {x: {shape: [4]}}\n"
        "layers:\n"
        "  chain: {from: sum, chain: [ReLU, ReLU, ReLU]}\n"
        "  sum: {type: Add, from: [x, chain]}\n"
        "outputs: {sum: {from: sum}}\n",
    )
    assert diagnostic.message == "`chain` → `sum` → `chain` is a cycle"
    assert (diagnostic.span.line, diagnostic.span.column) == (4, 17)


def test_other_mistakes_come_in_the_same_run(tmp_path):
    file = written(
        tmp_path,
        "layergraph: 1\n"
        "inputs: {x: {shape: [4]}}\n"
        "layers:\n"
        "  a: {type: ReLU, from: a}\n"
        "  b: {type: LSTM, from: x, units: 4}\n"
        "outputs: {a: {from: a}, b: {from: b}}\n",
    )
    found = [diagnostic.code for diagnostic in validate(file).diagnostics]
    assert found == [codes.CYCLE, codes.WRONG_RANK]
