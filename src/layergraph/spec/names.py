"""Names: what they may be, and that no two of them are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from layergraph.diagnostics import Diagnostics, Related, codes
from layergraph.objects.base import complaint
from layergraph.spec.place import Place

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}")
KERAS_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")

NAME_RULE = "a name is up to 64 letters, digits, `_` and `-`, and does not begin with `-`"


def _keras_name(text: str, named: str = "layer") -> str:
    if KERAS_NAME.fullmatch(text) is None:
        raise complaint(
            codes.INVALID_NAME,
            f"is `{text[:64]}`, which cannot name a {named}",
            help="use up to 128 letters, digits, `_`, `-` and `.`",
        )
    return text


_FORM = WithJsonSchema({"type": "string", "pattern": f"^{KERAS_NAME.pattern}$"})

KerasName = Annotated[str, AfterValidator(_keras_name), _FORM]
ModelName = Annotated[str, AfterValidator(partial(_keras_name, named="model")), _FORM]


def check_name(name: str, place: Place, diagnostics: Diagnostics) -> bool:
    """Whether a key of a section may be a name."""
    if NAME.fullmatch(name):
        return True
    diagnostics.report(
        codes.INVALID_NAME,
        f"`{name[:64]}` cannot be a name" if name else "a name cannot be empty",
        place.key_span,
        path=place.path,
        help=NAME_RULE,
    )
    return False


def check_distinct(
    named: Iterable[tuple[str, Place]], diagnostics: Diagnostics, *, help: str
) -> frozenset[str]:
    """Report names of one namespace that are the same, or differ by case alone.

    Returns:
        The names that stand for more than one thing.
    """
    first: dict[str, tuple[str, Place]] = {}
    ambiguous: set[str] = set()
    for name, place in named:
        earlier = first.setdefault(name.lower(), (name, place))
        if earlier[1] is place:
            continue
        differs = f", and differs from `{earlier[0]}` by case alone"
        if earlier[0] == name:
            differs = ""
            ambiguous.add(name)
        diagnostics.report(
            codes.NAME_CLASH,
            f"the name `{name}` is taken{differs}",
            place.key_span,
            path=place.path,
            related=(Related(f"`{earlier[0]}` stands here", earlier[1].key_span),),
            help=help,
        )
    return frozenset(ambiguous)
