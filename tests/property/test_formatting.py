"""Wherever comments and line breaks stand in a graph file, formatting keeps them and settles."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layergraph.diagnostics import Diagnostics, Source, codes
from layergraph.syntax.comments import comments
from layergraph.syntax.formatting import format_source
from layergraph.syntax.reader import parse
from layergraph.syntax.tree import plain
from tests.corpus.reports import VALID, graph_files
from tests.property.mutations import mutated
from tests.property.scattered_comments import scattered

GALLERY = Path(__file__).parents[2] / "graphs"
TEXTS = [
    file.read_text(encoding="utf-8")
    for file in (*graph_files(VALID), *sorted(GALLERY.rglob("*.yaml")))
]


def holds(text):
    """The values of a text, but for the order of keys, and its comments."""
    source = Source("", text)
    tree = parse(source, Diagnostics())
    return plain(tree), sorted(comment.text.rstrip() for comment in comments(source))


def check(text):
    """Whether the text is YAML, and so is formatted: nothing is lost, and once is enough."""
    diagnostics = Diagnostics()
    formatted = format_source(Source("", text), diagnostics)
    if formatted is None:
        assert codes.UNFORMATTABLE not in {found.code for found in diagnostics}, text
        return False
    assert holds(formatted) == holds(text), text
    assert format_source(Source("", formatted), Diagnostics()) == formatted, text
    return True


@given(text=st.sampled_from(TEXTS), seed=st.integers(0, 2**32), times=st.integers(1, 8))
def test_scattered_comments_are_kept(text, seed, times):
    check(scattered(text, random.Random(seed), times))


@given(text=st.sampled_from(TEXTS), seed=st.integers(0, 2**32), times=st.integers(1, 4))
def test_a_mutated_file_is_formatted(text, seed, times):
    rng = random.Random(seed)
    check(scattered(mutated(text, rng, times), rng, rng.randrange(3)))


@pytest.mark.parametrize("seed", range(3))
def test_most_texts_with_scattered_comments_are_yaml(seed):
    """Else the other tests would show little."""
    rng = random.Random(seed)
    checked = [check(scattered(rng.choice(TEXTS), rng, 2)) for _ in range(20)]
    assert sum(checked) > 10
