"""Arithmetic on sizes: known, unknown, and unknown with a name."""

import pytest

from layergraph.tensors import Size, floor_divided, plus, product, times

TIME = Size("time")


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (TIME, "time"),
        (plus(TIME, -4), "time-4"),
        (plus(3, TIME), "time+3"),
        (plus(TIME, TIME), "2*time"),
        (times(plus(TIME, 1), 3), "3*time+3"),
        (floor_divided(times(TIME, 4), 2), "2*time"),
        (floor_divided(plus(times(TIME, 4), 3), 2), "2*time+1"),
        (floor_divided(TIME, 2), "(time)//2"),
        (product((2, TIME, 5)), "10*time"),
        (plus(TIME, None), "None"),
        (plus(TIME, Size("words")), "None"),
        (product((TIME, Size("words"))), "None"),
        (product((2, None)), "None"),
        (floor_divided(None, 2), "None"),
        (times(None, 2), "None"),
        (plus(7, -2), "5"),
        (floor_divided(7, 2), "3"),
        (product(()), "1"),
    ],
)
def test_arithmetic(size, text):
    assert str(size) == text
