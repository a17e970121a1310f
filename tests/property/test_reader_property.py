import json
import math

import yaml
from hypothesis import given
from hypothesis import strategies as st

from layergraph.diagnostics import Diagnostics, Source
from layergraph.diagnostics.render import FORMATS, render
from layergraph.syntax import Mapping, Sequence, parse, plain
from layergraph.syntax.scalars import resolve

PRINTABLE = st.characters(
    exclude_categories=["Cs", "Cc"],
    include_characters="\n\t",
    exclude_characters="\u2028\u2029\ufeff\ufffe\uffff",
)
TEXTS = st.text(PRINTABLE, max_size=20)
PLAIN_TEXTS = TEXTS.filter(lambda text: isinstance(resolve(text), str))
"""PyYAML writes `1e3` without quotes, since to YAML 1.1 that is a text."""


def nested(texts):
    numbers = st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
    return st.recursive(
        st.none() | st.booleans() | numbers | texts,
        lambda inner: st.lists(inner, max_size=5) | st.dictionaries(texts, inner, max_size=5),
        max_leaves=30,
    )


VALID = """\
layergraph: 1
params: {vocabulary: 50000, "rate": &rate 0.5}
inputs:
  posts: {shape: [null], dtype: int32}  # one text
layers: &layers
  embedded: {type: Embedding, from: posts, input_dim: "${vocabulary}"}
  é界: &one
    from: embedded
    chain:
      - {type: Conv1D, filters: 128}
      - Dropout: *rate
  two: {<<: *one, from: 'it''s'}
note: |
  text
   more

other: >-
  folded
"""


def read(text):
    diagnostics = Diagnostics()
    source = Source("graph.yaml", text)
    return source, parse(source, diagnostics), list(diagnostics)


def check_inside(span):
    lines = span.source.lines
    assert 1 <= span.line <= span.end_line <= len(lines)
    assert 1 <= span.column <= len(lines[span.line - 1]) + 1
    assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1
    assert (span.line, span.column) <= (span.end_line, span.end_column)


def check_tree(tree):
    check_inside(tree.span)
    if isinstance(tree, Mapping):
        for key, entry in tree.entries.items():
            assert key == entry.key
            check_inside(entry.key_span)
            check_tree(entry.value)
    elif isinstance(tree, Sequence):
        for item in tree.items:
            check_tree(item)


def check_anything(text):
    _, tree, found = read(text)
    assert tree is not None or found
    if tree is not None:
        check_tree(tree)
        plain(tree)
    for diagnostic in found:
        check_inside(diagnostic.span)
        for related in diagnostic.related:
            check_inside(related.span)
    for form in FORMATS:
        render(form, found, 1, color=True)


def same(left, right):
    """Equal, with 1 and 1.0 and True told apart."""
    if isinstance(left, dict):
        return (
            isinstance(right, dict)
            and list(left) == list(right)
            and all(same(left[key], right[key]) for key in left)
        )
    if isinstance(left, list):
        return isinstance(right, list) and len(left) == len(right) and all(map(same, left, right))
    return type(left) is type(right) and left == right


@given(nested(PLAIN_TEXTS), st.booleans())
def test_what_pyyaml_writes_is_read_back(data, flow):
    text = yaml.safe_dump(
        {"data": data}, allow_unicode=True, default_flow_style=flow, sort_keys=False
    )
    _, tree, found = read(text)
    assert not found
    check_tree(tree)
    assert same(plain(tree), {"data": data})


@given(nested(TEXTS), st.sampled_from([None, 2]))
def test_what_json_writes_is_read_back(data, indent):
    text = json.dumps({"data": data}, indent=indent, ensure_ascii=False)
    _, tree, found = read(text)
    assert not found
    check_tree(tree)
    assert same(plain(tree), {"data": data})


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_keep_their_value(number):
    _, tree, _ = read(f"x: {number!r}")
    value = plain(tree)["x"]
    assert type(value) is float
    assert math.copysign(1, value) == math.copysign(1, number)
    assert value == number


@given(st.text(max_size=60))
def test_any_text(text):
    check_anything(text)


@given(st.text("ab1:-?,[]{}&*!|>'\"%@`#~<. \t\n\r\x85\u2028é界\0", max_size=40))
def test_any_text_of_indicators(text):
    check_anything(text)


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(VALID)),
            st.integers(0, 6),
            st.text("ab1:-,[]{}&*!|'\" \t\n<.é", max_size=5),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_change_of_a_valid_file(changes):
    text = VALID
    for index, removed, added in changes:
        text = text[:index] + added + text[index + removed :]
    check_anything(text)
