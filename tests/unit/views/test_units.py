"""Numbers as people read them."""

import pytest

from layergraph.views.units import bound, memory


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.0 KiB"),
        (1536, "1.5 KiB"),
        (1024**2 - 1, "1.0 MiB"),
        (1024**2, "1.0 MiB"),
        (5 * 1024**3, "5.0 GiB"),
        (2048 * 1024**5, "2,048.0 PiB"),
    ],
)
def test_memory(count, text):
    assert memory(count) == text


@pytest.mark.parametrize(
    ("is_exact", "is_zero", "text"),
    [(True, True, ""), (True, False, "7"), (False, True, "?"), (False, False, "≥ 7")],
)
def test_bound(is_exact, is_zero, text):
    assert bound("7", is_exact=is_exact, is_zero=is_zero) == text
