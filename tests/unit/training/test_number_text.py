"""Numbers of reports."""

from math import inf, nan

import pytest

from layergraph.training.number_text import number, plus_minus


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (0.123456, "0.1235"), (0.95, "0.9500"), (1, "1.000"), (12.3456, "12.35"),
        (53781.4, "53,781"), (-0.5, "-0.5000"), (0.0012346, "0.001235"), (2.5e-7, "2.5e-07"),
        (1e12, "1e+12"), (nan, "nan"), (inf, "inf"),
    ],
)  # fmt: skip
def test_number(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("mean", "std", "text"),
    [
        (0.97314, 0.00421, "0.9731 ± 0.0042"), (3500.2, 120.4, "3,500 ± 120"),
        (1.5, 0, "1.500 ± 0"), (1.5, nan, "1.500 ± nan"), (nan, 0.1, "nan ± 0.1000"),
        (1.234e-10, 3.21e-11, "1.234e-10 ± 3.2e-11"),
    ],
)  # fmt: skip
def test_mean_and_deviation_to_the_second_digit_of_the_deviation(mean, std, text):
    assert plus_minus(mean, std) == text
