import math

import pytest

from layergraph.syntax.scalars import is_infinity, resolve


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, None) for text in ("", "~", "null", "Null", "NULL")),
        *((text, True) for text in ("true", "True", "TRUE")),
        *((text, False) for text in ("false", "False", "FALSE")),
        ("0", 0),
        ("-0", 0),
        ("+12", 12),
        ("-7", -7),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.", 1.0),
        (".5", 0.5),
        ("-.5e1", -5.0),
        ("1e-3", 0.001),
        ("1E3", 1000.0),
        ("1.001e-5", 1.001e-5),
        ("9" * 308, int("9" * 308)),
        ("0" * 5000 + "1", 1),
        (".inf", math.inf),
        ("+.INF", math.inf),
        ("-.Inf", -math.inf),
    ],
)
def test_core_schema(text, value):
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "on",
        "off",
        "yes",
        "y",
        "n",
        "nUll",
        "tRue",
        "12:30",
        "12:30:45",
        "2024-01-01",
        "1_000",
        "0b1",
        "-0x1F",
        "0o8",
        "0xG",
        "1e",
        ".e1",
        ".",
        "-",
        "+",
        "+-",
        "1.2.3",
        "--1",
        "e5",
        "inf",
        "nan",
        "NaN",
        ".nAn",
        "١٢",
        "0_conv",
        "1_conv",
        "<<",
        "=",
    ],
)
def test_anything_else_is_a_text(text):
    assert resolve(text) == text


@pytest.mark.parametrize("text", [".nan", ".NaN", ".NAN"])
def test_not_a_number(text):
    assert math.isnan(resolve(text))


@pytest.mark.parametrize(
    ("text", "infinity"),
    [
        ("1e999", math.inf),
        ("-1e999", -math.inf),
        ("9" * 5000, math.inf),
        ("-" + "9" * 309, -math.inf),
        ("0x" + "F" * 300, math.inf),
        ("0o" + "7" * 399, math.inf),
    ],
)
def test_numbers_beyond_the_floats_become_infinite_without_saying_so(text, infinity):
    assert resolve(text) == infinity
    assert not is_infinity(text)


def test_infinity_in_so_many_words():
    assert all(map(is_infinity, (".inf", "-.inf", "+.Inf")))
    assert not any(map(is_infinity, ("true", "", ".nan", "1", "inf")))
