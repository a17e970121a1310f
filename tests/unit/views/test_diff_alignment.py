"""Which items of two sequences are the same."""

from __future__ import annotations

import pytest

from layergraph.views.diff import alignment
from layergraph.views.diff.alignment import Item, aligned


def items(text):
    """Items from words such as `a1`: a name, and a label."""
    return [Item(word[:-1], "Dense", int(word[-1])) for word in text.split()]


@pytest.fixture(params=[2_000_000, 4], ids=["whole", "in pieces"])
def most_cells(request, monkeypatch):
    monkeypatch.setattr(alignment, "_MOST_CELLS", request.param)


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("a1 b2 c3", "a1 b2 c3", [(0, 0), (1, 1), (2, 2)]),
        ("a1 b2 c3", "a1 x4 b2 c3", [(0, 0), (1, 2), (2, 3)]),
        ("a1 b2 c3", "a1 c3", [(0, 0), (2, 1)]),
        ("a1 b2 c3 d4", "p1 q2 r3 s4", [(0, 0), (1, 1), (2, 2), (3, 3)]),
        ("a1 b2 c3 d4", "p1 q2 x9 r3 s4", [(0, 0), (1, 1), (2, 3), (3, 4)]),
    ],
)
@pytest.mark.usefixtures("most_cells")
def test_pairs(old, new, pairs):
    assert list(aligned(items(old), items(new))) == pairs
