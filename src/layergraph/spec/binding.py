"""Pydantic's errors → diagnostics at the places of the values they speak of."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from layergraph.diagnostics import Code, Diagnostics, Span, codes, did_you_mean
from layergraph.objects.base import MISSING, UNKNOWN, StrictModel
from layergraph.spec.place import Place
from layergraph.syntax.tree import SPOILED, plain

Model = TypeVar("Model", bound=StrictModel)


def bind(
    model: type[Model],
    place: Place,
    diagnostics: Diagnostics,
    *,
    owner: str,
    also: tuple[str, ...] = (),
    missing_at: Span | None = None,
) -> Model | None:
    """Validate the mapping at a place.

    Args:
        model: what it has to be.
        place: the mapping.
        diagnostics: where its mistakes go.
        owner: the name that messages give it ("`features`"), or "" for the file itself.
        also: further keys that may stand beside the model's own, for "did you mean …?".
        missing_at: where a missing key is pointed at; the mapping's own key, if nothing is said.

    Returns:
        The model; None where a mistake in it, or one that the reader found, has spoilt it.
    """
    data = plain(place.tree)
    if data is SPOILED:
        return None
    if not isinstance(data, dict):
        diagnostics.report(
            codes.WRONG_TYPE,
            f"{owner or 'the file'} must be a mapping, not {shown(data)}",
            place.span,
            path=place.path,
        )
        return None
    try:
        bound = model.checked(data, also)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            if not _holds_spoiled(details["input"]):
                _report(details, place, diagnostics, owner, missing_at)
        return None
    return None if _holds_spoiled(data) else bound


def shown(value: Any) -> str:
    """A value of the file as messages write it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'the string "{_cut(value)}"'
    if isinstance(value, int | float):
        return _cut(str(value))
    if isinstance(value, list | tuple):
        return "a list"
    return "a mapping" if isinstance(value, dict) else "this"


def _cut(text: str, length: int = 40) -> str:
    return text if len(text) <= length else f"{text[:length]}…"


def _holds_spoiled(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_holds_spoiled(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(_holds_spoiled(item) for item in value)
    return value is SPOILED


def _report(
    details: ErrorDetails,
    place: Place,
    diagnostics: Diagnostics,
    owner: str,
    missing_at: Span | None,
) -> None:
    context = details.get("ctx", {})
    loc = tuple(details["loc"]) + tuple(context.get("at", ()))
    at = place.at(*loc)
    if details["input"] is UNKNOWN:
        span, message = at.key_span, f"`{loc[-1]}` {context['predicate']}"
        code, help = context["code"], context["help"]
    elif details["input"] is MISSING:
        at = place.at(*loc[:-1])
        span = at.at("type").span if at.has("type") else at.key_span
        if len(loc) == 1 and missing_at is not None:
            span = missing_at
        message = f"{_subject(loc, owner)} {context['predicate']}"
        code, help = context["code"], context["help"]
    else:
        code, predicate, help = _said(details, context)
        span, message = at.span, f"{_subject(loc, owner)} {predicate}"
    diagnostics.report(code, message, span, path=at.path, help=help)


def _subject(loc: tuple[str | int, ...], owner: str) -> str:
    names = [step for step in loc if isinstance(step, str)]
    if not names:
        return owner or "the file"
    subject = f"`{names[-1]}`"
    if loc and isinstance(loc[-1], int):
        subject = f"item {loc[-1] + 1} of {subject}"
    return f"{subject} of {owner}" if owner else subject


def _said(details: ErrorDetails, context: dict[str, Any]) -> tuple[Code, str, str | None]:
    """The code, the predicate and the help for an error of Pydantic's own or of ours."""
    kind, value = details["type"], details["input"]
    if kind == "layergraph":
        return context["code"], context["predicate"], context["help"]
    if kind in _BOUNDS:
        limit, words = _BOUNDS[kind]
        return codes.OUT_OF_RANGE, f"must be {words} {context[limit]}, not {shown(value)}", None
    if kind == "literal_error":
        choices = context["expected"].replace(" or ", ", ").replace("'", "").split(", ")
        choice_help = did_you_mean(value, choices) if isinstance(value, str) else None
        listed = ", ".join(f"`{choice}`" for choice in choices)
        if len(choices) > 1:
            listed = f"one of {listed}"
        return codes.NOT_A_CHOICE, f"must be {listed}, not {shown(value)}", choice_help
    if kind in _LENGTHS:
        return codes.OUT_OF_RANGE, details["msg"].replace("should", "must"), None
    wanted = _TYPES.get(kind, "of another type")
    help = None
    if isinstance(value, str) and _is_number(value) and "number" in wanted:
        help = f"write it without quotes: {value}"
    return codes.WRONG_TYPE, f"must be {wanted}, not {shown(value)}", help


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


_BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
    "multiple_of": ("multiple_of", "a multiple of"),
}

_LENGTHS = {"too_short", "too_long", "string_too_short", "string_too_long"}

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
