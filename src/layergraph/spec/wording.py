"""Pydantic's own errors, in the words of a graph file."""

from __future__ import annotations

from typing import Any

from pydantic_core import ErrorDetails

from layergraph.diagnostics import Code, codes, did_you_mean
from layergraph.diagnostics.values import cut, shown


def subject(steps: tuple[str | int, ...], owner: str) -> str:
    """What a message speaks of: ``item 2 of `metrics` of output `age` ``."""
    words = [f"`{step}`" if isinstance(step, str) else f"item {step + 1}" for step in steps]
    if owner:
        words.insert(0, owner)
    return " of ".join(reversed(words)) or "the file"


def said(details: ErrorDetails) -> tuple[Code | None, str, str | None]:
    """The code, the predicate and the help for an error of Pydantic's own, or one of ours."""
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    if kind == "layergraph":
        return context["code"], context["predicate"], context["help"]
    if kind in _BOUNDS:
        limit, words = _BOUNDS[kind]
        bound = context[limit]
        if isinstance(bound, float) and bound.is_integer():
            bound = int(bound)
        return codes.OUT_OF_RANGE, f"must be {words} {bound}, not {shown(value)}", None
    if kind == "literal_error":
        return codes.NOT_A_CHOICE, *_choices(context["expected"], value)
    if kind in _LENGTHS:
        limit, words, given = _LENGTHS[kind]
        number = context[limit]
        things = "item" if given == "actual_length" else "character"
        predicate = f"must have {words} {number} {things}{'' if number == 1 else 's'}"
        if given in context:
            predicate += f", not {context[given]}"
        return codes.OUT_OF_RANGE, predicate, None
    wanted = _TYPES.get(kind, "of another type")
    return codes.WRONG_TYPE, f"must be {wanted}, not {shown(value)}", _help(wanted, details)


def _choices(expected: str, value: Any) -> tuple[str, str | None]:
    choices = expected.replace(" or ", ", ").replace("'", "").split(", ")
    listed = ", ".join(f"`{choice}`" for choice in choices)
    if len(choices) > 1:
        listed = f"one of {listed}"
    help = did_you_mean(value, choices) if isinstance(value, str) else None
    return f"must be {listed}, not {shown(value)}", help


def _help(wanted: str, details: ErrorDetails) -> str | None:
    value = details["input"]
    if wanted == "a whole number" and isinstance(value, float) and value.is_integer():
        return f"write {int(value)}; in an expression, `//` divides to a whole number"
    if wanted == "a list" and not isinstance(value, dict | list | None):
        return f"write `[{cut(_written(value))}]`"
    if wanted == "a mapping" and isinstance(value, list):
        return "write `key: value` for each, without `-` or `[ ]`"
    if not isinstance(value, str):
        quotable = wanted == "a string" and isinstance(value, int | float)
        return f'quote it: "{shown(value)}"' if quotable and details["loc"][-1] != "type" else None
    if "number" in wanted and is_number(value):
        return f"write it without quotes: {value}"
    return truth_meant(value) if wanted == "true or false" else None


def truth_meant(value: Any) -> str | None:
    """The help for a word that stands for true or false elsewhere."""
    truth = _TRUTHS.get(value.lower()) if isinstance(value, str) else None
    if truth is None:
        return None
    return f"write `{truth}`" + ("" if value.lower() == truth else "; YAML 1.2 knows no others")


def _written(value: Any) -> str:
    return value if isinstance(value, str) else shown(value)


def is_number(text: Any) -> bool:
    """Whether a value is a text that is a number."""
    if not isinstance(text, str):
        return False
    try:
        float(text)
    except ValueError:
        return False
    return True


_TRUTHS = {
    **dict.fromkeys(("yes", "on", "y", "true"), "true"),
    **dict.fromkeys(("no", "off", "n", "false"), "false"),
}

_BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
    "multiple_of": ("multiple_of", "a multiple of"),
}

_LENGTHS = {
    "too_short": ("min_length", "at least", "actual_length"),
    "too_long": ("max_length", "at most", "actual_length"),
    "string_too_short": ("min_length", "at least", ""),
    "string_too_long": ("max_length", "at most", ""),
}

_TYPES = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a smaller whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "string_type": "a string",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "none_required": "null",
}
