"""Pydantic's errors → diagnostics at the places of the values they speak of."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from layergraph.diagnostics import Diagnostics, Span, codes
from layergraph.diagnostics.values import shown
from layergraph.objects.base import MISSING, UNKNOWN, StrictModel
from layergraph.spec.place import Place
from layergraph.spec.wording import said, subject
from layergraph.syntax.tree import (
    SPOILED,
    Mapping,
    Scalar,
    Tree,
    help_for_comma,
    is_left_empty,
    plain,
)

Model = TypeVar("Model", bound=StrictModel)


def bind(
    model: type[Model],
    place: Place,
    diagnostics: Diagnostics,
    *,
    owner: str,
    also: tuple[str, ...] = (),
    missing_at: Span | None = None,
    form: str | None = None,
) -> Model | None:
    """Validate the mapping at a place.

    Args:
        model: what it has to be.
        place: the mapping.
        diagnostics: where its mistakes go.
        owner: the name that messages give it ("`features`"), or "" for the file itself.
        also: further keys that may stand beside the model's own, for "did you mean …?".
        missing_at: where a missing key is pointed at; the mapping's own key, if nothing is said.
        form: how it is written, for what is no mapping ("{from: …}").

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
            help=f"write `{form}`" if form else None,
        )
        return None
    try:
        bound = model.checked(data, also)
    except ValidationError as error:
        found = error.errors(include_url=False)
        for details in found:
            if _is_of_its_items(details, found):
                continue
            if details["input"] is MISSING:
                _report_missing(details, place, diagnostics, owner, missing_at)
            elif details["input"] is UNKNOWN:
                _report_unknown(details, place, diagnostics, owner, found)
            elif not holds_spoiled(details["input"]):
                _report(details, place, diagnostics, owner)
        return None
    return None if holds_spoiled(data) else bound


def _is_of_its_items(details: ErrorDetails, found: list[ErrorDetails]) -> bool:
    """Whether a list is only too short because items of it are wrong, which are not counted."""
    loc = details["loc"]
    return details["type"] == "too_short" and any(
        len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in found
    )


def holds_spoiled(value: Any) -> bool:
    """Whether a mistake that was reported already has spoilt a value, or what is in it."""
    if isinstance(value, dict):
        return any(holds_spoiled(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(holds_spoiled(item) for item in value)
    return value is SPOILED


def _steps(details: ErrorDetails) -> tuple[str | int, ...]:
    """The way from the mapping to the value at fault."""
    return tuple(details["loc"]) + tuple(details.get("ctx", {}).get("at", ()))


def _report(details: ErrorDetails, place: Place, diagnostics: Diagnostics, owner: str) -> None:
    steps = _steps(details)
    at = place.at(*steps)
    code, predicate, help = said(details)
    if code is None:
        return
    if isinstance(at.tree, Scalar) and steps and is_left_empty(at.tree):
        help = _help_for_empty(place.at(*steps[:-1]).tree, str(steps[-1])) or help
    diagnostics.report(
        code, f"{subject(steps, owner)} {predicate}", at.span, path=at.path, help=help
    )


def _report_unknown(
    details: ErrorDetails,
    place: Place,
    diagnostics: Diagnostics,
    owner: str,
    found: list[ErrorDetails],
) -> None:
    steps, context = _steps(details), details["ctx"]
    at, help = place.at(*steps), context["help"]
    before = _with_comma(place.at(*steps[:-1]).tree, str(steps[-1]))
    if before is not None:
        if any(_steps(other) == (*steps[:-1], before) for other in found):
            return
        help = help_for_comma(before, str(steps[-1]))
    message = f"`{steps[-1]}` {context['predicate']}"
    holder = subject(steps[:-1], owner)
    if (steps[:-1] or owner) and not context["predicate"].endswith(f" {holder}"):
        message = f"{holder} has `{steps[-1]}`, which {context['predicate']}"
    diagnostics.report(context["code"], message, at.key_span, path=at.path, help=help)


def _help_for_empty(tree: Tree, key: str) -> str | None:
    """The help where the key after an empty value may be what is missing there."""
    keys = list(tree.entries) if isinstance(tree, Mapping) else []
    after = dict(pairwise(keys)).get(key)
    is_value = after is not None and _with_comma(tree, after) == key
    return help_for_comma(key, after) if is_value and after is not None else None


def _with_comma(tree: Tree, key: str) -> str | None:
    """The key before one that may be its value, with a comma between them: neither has any."""
    assert isinstance(tree, Mapping)
    keys = list(tree.entries)
    before = keys[keys.index(key) - 1] if keys.index(key) else None
    if before is None or tree.entries[key].key_span.line != tree.entries[before].key_span.line:
        return None
    are_empty = all(is_left_empty(tree.entries[one].value) for one in (before, key))
    return before if are_empty else None


def _report_missing(
    details: ErrorDetails,
    place: Place,
    diagnostics: Diagnostics,
    owner: str,
    missing_at: Span | None,
) -> None:
    steps, context = _steps(details), details["ctx"]
    at = place.at(*steps[:-1])
    span = at.key_span
    if len(steps) == 1:
        span = missing_at or span
    elif at.has("type"):
        span = at.at("type").span
    help = context["help"]
    if steps == ("layergraph",):
        help = "begin the file with `layergraph: 1`"
    diagnostics.report(
        context["code"],
        f"{subject(steps, owner)} {context['predicate']}",
        span,
        path=at.path,
        help=help,
    )
