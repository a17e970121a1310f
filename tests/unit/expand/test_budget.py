"""What a file may expand to: a bomb is refused before it goes off, and depth harms nobody."""

import pytest

from layergraph.diagnostics import codes
from layergraph.pipeline import load, validate
from layergraph.syntax.limits import Limits
from tests.effort import at_most
from tests.unit.expand.files import diagnostics, only_diagnostic, written

LEVELS = 30
A_REFUSAL = 200_000
"""Calls that it may take: twice what the largest bomb needs, and next to nothing for any bomb."""


def doubling(params, node):
    """Blocks of which each holds two of the one before."""
    blocks = (
        f"  b0: {{{params}inputs: [x], layers: {{out: {{type: ReLU, from: x}}}}, outputs: out}}\n"
    )
    for level in range(1, LEVELS + 1):
        one, other = (node % (level - 1, producer) for producer in ("x", "a"))
        blocks += (
            f"  b{level}:\n    {{{params}inputs: [x], layers: {{a: {one}, out: {other}}}, "
            "outputs: out}\n"
        )
    return blocks


BOMBS = {
    "literal": ("", "repeat: 1000000000", ""),
    "expression": ("", "repeat: '${10 ** 9}'", ""),
    "chain": ("", "each: '${range(9999)}', chain: [{type: ReLU, repeat: 9999}]", ""),
    "doubling": (doubling("", "{block: b%d, from: %s}"), "block: b30", ""),
    "doubling with params": (
        doubling("params: {on: true}, ", "{when: '${on}', block: b%d, from: %s, on: '${on}'}"),
        "block: b30",
        "",
    ),
    "repeating with params": (
        doubling("params: {k: 2}, ", "{block: b%d, from: %s, repeat: '${k}', k: '${k}'}"),
        "block: b30",
        "",
    ),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_refused_before_they_go_off(tmp_path, bomb):
    blocks, node, _ = BOMBS[bomb]
    kind = "" if "block" in node or "chain" in node else "type: ReLU, "
    with at_most(A_REFUSAL):
        diagnostic = only_diagnostic(tmp_path, f"  n: {{{kind}from: x, {node}}}", blocks=blocks)
    assert diagnostic.code is codes.TOO_MANY_NODES


def test_a_list_that_is_too_long_is_refused(tmp_path):
    node = "  n: {type: ReLU, from: x, each: '${range(10 ** 9)}'}"
    assert only_diagnostic(tmp_path, node).code is codes.TOO_LARGE_VALUE


def test_as_many_nodes_as_the_limit_are_let_through(tmp_path):
    file = written(tmp_path, "  n: {type: ReLU, from: x, repeat: 99}")
    assert load(file, limits=Limits(nodes=100))
    (diagnostic,) = validate(file, limits=Limits(nodes=98)).diagnostics
    assert diagnostic.code is codes.TOO_MANY_NODES


def test_what_a_when_leaves_out_counts_for_nothing(tmp_path):
    blocks = doubling("", "{when: false, block: b%d, from: %s}")
    assert diagnostics(tmp_path, "  n: {block: b30, from: x}", blocks=blocks) == ()


def test_blocks_in_blocks_have_an_end(tmp_path):
    blocks = "  b0: {inputs: [x], layers: {out: {type: ReLU, from: x}}, outputs: out}\n"
    for level in range(1, 1000):
        inner = f"{{block: b{level - 1}, from: x}}"
        blocks += f"  b{level}: {{inputs: [x], layers: {{out: {inner}}}, outputs: out}}\n"
    assert (
        diagnostics(tmp_path, "  n: {block: b30, from: x}", blocks=blocks[: blocks.index("  b31:")])
        == ()
    )
    diagnostic = only_diagnostic(tmp_path, "  n: {block: b999, from: x}", blocks=blocks)
    assert diagnostic.code is codes.TOO_DEEP


@pytest.mark.parametrize(
    "node",
    [
        "{{when: false, type: ReLU, from: x, else: n{}}}",
        "{{when: false, type: ReLU, from: n{}}}",
        "{{type: ReLU, from: n{}}}",
    ],
)
def test_names_that_stand_for_names_need_no_recursion(tmp_path, node):
    layers = "\n".join(f"  n{i}: {node.format(i + 1)}" for i in range(2000))
    layers += "\n  n2000: {type: Dense, from: x, units: 4}\n  n: {type: ReLU, from: n0}"
    assert diagnostics(tmp_path, layers) == ()


MISTAKES = {
    codes.FAILED_EXPRESSION: "{type: Dense, from: x, units: '${1 // (k - k)}'}",
    codes.UNKNOWN_REFERENCE: "{type: ReLU, from: xx}",
    codes.UNKNOWN_TYPE: "{type: RelU6, from: x}",
}


@pytest.mark.parametrize("code", MISTAKES, ids=lambda code: code.name)
def test_a_mistake_in_thousands_of_copies_is_one(tmp_path, code):
    blocks = (
        f"  b: {{params: {{k: 0}}, inputs: [x], layers: {{out: {MISTAKES[code]}}}, outputs: out}}"
    )
    calls = {}
    for copies in (500, 2_000):
        node = f"  n: {{block: b, from: x, repeat: {copies}, k: '${{i}}'}}"
        with at_most(5_000_000) as effort:
            diagnostic = only_diagnostic(tmp_path, node, blocks=blocks)
        calls[copies] = effort.calls
        assert diagnostic.code is code
        assert diagnostic.notes[-1].endswith(f"and {copies - 6} more")
    assert calls[2_000] < 4.5 * calls[500], "the work grows faster than the copies do"


def test_a_thousand_names_that_are_wrong_are_not_compared_with_a_thousand_that_are_right(tmp_path):
    layers = "\n".join(f"  n{i}: {{type: ReLU, from: zz{i}}}" for i in range(1_000))
    with at_most(5_000_000):
        found = diagnostics(tmp_path, layers, output="n1")
    assert len(found) == 1_000
    assert {diagnostic.code for diagnostic in found} == {codes.UNKNOWN_REFERENCE}
