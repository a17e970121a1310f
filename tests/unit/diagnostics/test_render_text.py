"""What people read. The expected texts are files in `tests/golden`, to open and look at."""

import re
from pathlib import Path

import pytest

from layergraph.diagnostics import Diagnostics, Related, Source, Span
from layergraph.diagnostics.codes import (
    CYCLE,
    DUPLICATE_KEY,
    NOT_FINITE,
    SHAPE_MISMATCH,
    UNKNOWN_REFERENCE,
    UNREADABLE_FILE,
    UNUSED_NODE,
)
from layergraph.diagnostics.render import FORMATS, render

GOLDEN = Path(__file__).parents[2] / "golden"


def mark(source, text, occurrence=0):
    """The span of a text in a source."""
    starts = [found.start() for found in re.finditer(re.escape(text), source.text)]
    before = source.text[: starts[occurrence]]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    end_line = line + text.count("\n")
    last = text.rpartition("\n")[2]
    return Span(source, line, column, end_line, len(last) + (column if end_line == line else 1))


def shapes():
    lines = [""] * 60
    lines[17] = "  enc: {type: Conv2D, from: image, filters: 64, kernel_size: 3, padding: same}"
    lines[41] = "  merged: {type: Concatenate, from: [enc, up]}"
    source = Source("graphs/unet.yaml", "\n".join(lines))
    diagnostics = Diagnostics()
    diagnostics.report(
        SHAPE_MISMATCH,
        "inputs of `merged` differ on axis 1",
        mark(source, "[enc, up]"),
        label="`up` is (batch, 30, 30, 64): 32 and 30 must be equal",
        related=(Related("`enc` is (batch, 32, 32, 64)", mark(source, "enc")),),
        help="`up` loses 2 at line 31; set `padding: same`",
    )
    return diagnostics


def several_files():
    graph = Source("graphs/a.yaml", "\n".join(["", *["layers:"] * 8, "  two: {block: pair}"]))
    block = Source("graphs/blocks/pair.yaml", "layers:\n  x: {from: y}\n  y: {from: x}\n")
    diagnostics = Diagnostics()
    diagnostics.report(
        CYCLE,
        "`x` and `y` feed each other",
        mark(block, "x: {from: y}"),
        related=(
            Related("`y` is fed by `x`", mark(block, "y: {from: x}")),
            Related("in block `pair`, called here", mark(graph, "pair")),
        ),
        notes=("the block fails alike in 2 copies",),
        help="break the cycle",
    )
    return diagnostics


def without_text():
    diagnostics = Diagnostics()
    source = Source("graphs/none.yaml", "")
    diagnostics.report(UNREADABLE_FILE, "`graphs/none.yaml` does not exist", Span.whole(source))
    return diagnostics


def several():
    source = Source("x.yaml", "a: 1\nb: 2\na: 3\n\n\nlayers:\n  c:\n    d: e\n\n  f: g\n")
    diagnostics = Diagnostics()
    diagnostics.report(UNUSED_NODE, "nothing uses `c`", mark(source, "c:\n    d: e"))
    diagnostics.report(
        DUPLICATE_KEY,
        "the key `a` is given twice",
        mark(source, "a", 1),
        label="given again",
        related=(Related("first given here", mark(source, "a")),),
    )
    return diagnostics


def several_on_one_line():
    source = Source("x.yaml", "a: {from: [first, second], x: 1}\n")
    diagnostics = Diagnostics()
    diagnostics.report(
        SHAPE_MISMATCH,
        "the inputs differ",
        mark(source, "second"),
        label="of 2",
        related=(Related("of 1", mark(source, "first")), Related("by this", mark(source, "x: 1"))),
    )
    return diagnostics


def wide_characters():
    source = Source("x.yaml", "界\te\u0301界: .nan # 界\n\ta: .nan\n🙂: 界.nan")
    diagnostics = Diagnostics()
    for occurrence in range(3):
        diagnostics.report(NOT_FINITE, "not a number", mark(source, ".nan", occurrence), label="so")
    diagnostics.report(NOT_FINITE, "wide", mark(source, "界.nan"))
    return diagnostics


def control_characters():
    source = Source("x\x1b.yaml", "\x1b[31mred\x07: \u202ex\x9b\n")
    diagnostics = Diagnostics()
    diagnostics.report(
        NOT_FINITE, "not\n\x1b[31m", mark(source, "x"), label="a\tb", notes=("\0",), help="\ud800"
    )
    return diagnostics


def long_lines():
    source = Source(
        "x.yaml", f"a: [{'1, ' * 100}.nan, {'2, ' * 100}.inf]\n{'b' * 200}\n" + "c" * 160
    )
    diagnostics = Diagnostics()
    diagnostics.report(
        NOT_FINITE,
        "not finite",
        mark(source, ".inf"),
        label="infinite",
        related=(Related("no number", mark(source, ".nan")),),
    )
    diagnostics.report(NOT_FINITE, "all of a line", mark(source, "b" * 200), label="all")
    diagnostics.report(NOT_FINITE, "just not cut", mark(source, "c" * 160))
    return diagnostics


def beyond_the_end():
    source = Source("x.yaml", "a: [1\n")
    diagnostics = Diagnostics()
    diagnostics.report(UNKNOWN_REFERENCE, "at the end of a line", Span(source, 1, 7, 1, 7))
    diagnostics.report(UNKNOWN_REFERENCE, "after the last line", Span(source, 2, 1, 2, 1))
    return diagnostics


CASES = {
    make.__name__: make
    for make in (
        shapes,
        several_files,
        without_text,
        several,
        several_on_one_line,
        wide_characters,
        control_characters,
        long_lines,
        beyond_the_end,
    )
}


@pytest.mark.parametrize("name", CASES)
def test_text(name):
    expected = (GOLDEN / f"text-{name}.txt").read_text(encoding="utf-8")
    assert render("text", CASES[name](), 1) == expected


def test_concise():
    expected = (GOLDEN / "concise.txt").read_text(encoding="utf-8")
    assert "".join(render("concise", make(), 1) for make in CASES.values()) == expected


def test_color_adds_only_color():
    for make in CASES.values():
        plain, colored = render("text", make(), 1), render("text", make(), 1, color=True)
        assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain
    assert "\x1b[1;31merror[LG301]\x1b[0m" in render("text", shapes(), 1, color=True)
    assert "\x1b[1;33mwarning[LG401]\x1b[0m" in render("text", several(), 1, color=True)
    assert "\x1b[1;31merror[LG301]\x1b[0m" in render("concise", shapes(), 1, color=True)


def test_nothing_to_say():
    assert render("text", Diagnostics(), 1) == ""
    assert render("concise", Diagnostics(), 1) == ""


def test_every_format_is_called_alike():
    assert FORMATS == ("text", "concise", "json", "github", "sarif")
