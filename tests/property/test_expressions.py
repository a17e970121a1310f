"""Expressions give what Python gives, and no text at all does harm."""

import math
import warnings

from hypothesis import given
from hypothesis import strategies as st

from layergraph.expand.expressions import UNKNOWN, ExpressionError, evaluate
from tests.effort import at_most

NAMES = {"a": 3, "b": -0.5, "t": True, "s": "ab}", "l": [1, 2, 3], "m": {"k": 4}}
FUNCTIONS = {
    "min": min,
    "max": max,
    "abs": abs,
    "round": round,
    "ceil": math.ceil,
    "floor": math.floor,
    "int": int,
    "float": float,
    "len": len,
    "range": lambda *bounds: list(range(*bounds)),
    "sqrt": math.sqrt,
}
PYTHON = {**NAMES, **FUNCTIONS, "true": True, "false": False, "null": None, "__builtins__": {}}
STRINGS = st.text("ab'\"{}[]$\\#\n ", max_size=4).map(repr)
NUMBERS = st.integers(0, 12).map(str) | st.sampled_from(["0.5", "1e3", "2.0", "a", "b", "m['k']"])
ATOMS = NUMBERS | STRINGS | st.sampled_from(["true", "false", "null", "s", "t", "l", "[]"])
ARITHMETIC = (
    *("{} + {}", "{} - {}", "{} * {}", "{} / {}", "{} // {}", "{} % {}", "-{}", "({})"),
    *("({0} if {1} < {2} else {1})", "({1} if {0} == {2} else {2})"),
    *("abs({})", "float({})", "ceil({})", "floor({})", "round({})", "int({})", "max({}, {})"),
)
ANYTHING = (
    *ARITHMETIC,
    *("{} ** {}", "({} == {})", "({} != {})", "({} < {} <= {})", "({} > {} >= {})", "({} in {})"),
    *("({} not in {})", "({} and {})", "({} or {} and {})", "(not {})", "(+{})", "({})[{}]"),
    *("({})[{}:{}]", "({})[{}:]", "({})[::{}]", "[{}]", "[{}, {}, {}]", "({} if {} else {})"),
    *("min({})", "max({}, {}, {})", "round({}, {})", "len({})", "sqrt({})", "range({})"),
    *("range({}, {})", "range({}, {}, {})"),
)


def expressions(atoms, forms):
    """Expressions of the language, drawn by filling forms with smaller ones."""
    forms = st.sampled_from(forms)
    return st.recursive(
        atoms,
        lambda inner: st.tuples(forms, st.lists(inner, min_size=3, max_size=3)).map(
            lambda drawn: drawn[0].format(*drawn[1])
        ),
        max_leaves=20,
    )


@given(expressions(NUMBERS, ARITHMETIC))
def test_arithmetic_is_as_in_python(text):
    try:
        found = evaluate(f"${{{text}}}", NAMES)
    except ExpressionError as error:
        found = error
    try:
        value = in_python(text)
    except (ZeroDivisionError, OverflowError):
        value = math.inf
    if isinstance(found, ExpressionError):
        assert (found.invalid, abs(value) > 2**63) == (False, True), (text, found)
    else:
        assert same(found, value), text


@given(expressions(ATOMS, ANYTHING))
def test_what_has_a_value_has_the_same_in_python(text):
    try:
        found = evaluate(f"${{{text}}}", NAMES)
    except ExpressionError:
        return
    assert same(found, in_python(text)), text


@given(STRINGS, STRINGS)
def test_strings_end_where_python_ends_them(first, second):
    value = eval(first) + eval(second)
    assert evaluate(f"${{{first} + {second}}}", {}) == value
    assert evaluate(f"<${{{first}}}${{ {second} }}>", {}) == f"<{value}>"


WORDS = (
    *("${", "//", "**", "==", ":=", "and", "or", "not", "in", "is", "if", "else", "lambda", "for"),
    *("yield", "await", "zz", "min(", "range(", "l[", "1e308", "'x'", "f'{a}'", "b''", "&&", "0x"),
    *("1_", "1j", "...", "None"),
)
TOKENS = st.sampled_from([*"()[]{}$+-*/%<=,:.!?@~#\\\n'\"alsu90é\x00\ud800", *WORDS])
WRECKS = st.lists(TOKENS, max_size=25).map(" ".join) | st.lists(TOKENS, max_size=25).map("".join)
REPEATED = st.tuples(WRECKS, st.integers(1, 300)).map(lambda drawn: drawn[0] * drawn[1])


@given(st.text() | WRECKS | REPEATED)
def test_any_text_gives_a_value_or_an_error(text):
    for whole in (text, f"${{{text}}}", f"a ${{{text}}} b"):
        try:
            with at_most(100_000):
                evaluate(whole, {**NAMES, "u": UNKNOWN})
        except ExpressionError as error:
            told = error.message
        else:
            told = "a value"
        assert told


def in_python(text):
    with warnings.catch_warnings():
        # Python warns of `1[0]` even where it is never evaluated.
        warnings.simplefilter("ignore", SyntaxWarning)
        return eval(text, PYTHON)


def same(found, value):
    return type(found) is type(value) and found == value
