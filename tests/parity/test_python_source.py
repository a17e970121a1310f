"""A graph → Python → executed → the same model.

`LAYERGRAPH_EXAMPLES=300 pytest tests/parity/test_python_source.py` takes all files, and draws 300
graphs.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings

import layergraph as lg
from tests.parity.python_modules import CORPUS, GALLERY, assert_same_model
from tests.property.random_graphs import graphs, text_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*does not support masking.*"),
    # A softmax over one number is no good model, and computes.
    pytest.mark.filterwarnings(r"ignore:[\s\S]*softmax over axis"),
]

EXAMPLES = int(os.environ.get("LAYERGRAPH_EXAMPLES", "5"))
FILES = [*GALLERY, *CORPUS]
IN_SHORT = FILES[::6]
"""Every sixth file, where there is not the time for all of them."""


@pytest.mark.parametrize("path", FILES if EXAMPLES > 5 else IN_SHORT, ids=lambda path: path.stem)
def test_it_builds_the_same_model(path):
    assert_same_model(lg.load(path))


def test_graphs_at_random(tmp_path):
    @settings(max_examples=EXAMPLES)
    @given(drawn=graphs())
    def are_the_same(drawn):
        (tmp_path / "drawn.yaml").write_text(text_of(drawn), encoding="utf-8")
        assert_same_model(lg.load(tmp_path / "drawn.yaml"))

    are_the_same()
