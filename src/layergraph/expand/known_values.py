"""What names in expressions stand for, and where the file says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layergraph.diagnostics import ComputedSpan, Related, Span
from layergraph.diagnostics.values import shown
from layergraph.expand.expressions import COPY_NAMES, UNKNOWN, names_in


class KnownValues(dict[str, Any]):
    """Values by name; `origins` are the places that give them, as far as they stand in a file."""

    origins: Mapping[str, Span]

    def __init__(self, values: Mapping[str, Any], origins: Mapping[str, Span]) -> None:
        super().__init__(values)
        self.origins = origins

    def also(self, values: Mapping[str, Any], origins: Mapping[str, Span]) -> KnownValues:
        """With more values."""
        return KnownValues({**self, **values}, {**self.origins, **origins})


def with_any_copy(values: Mapping[str, Any]) -> KnownValues:
    """The values with the names that copies have, of which nothing is known."""
    origins = values.origins if isinstance(values, KnownValues) else {}
    return KnownValues({**values, **dict.fromkeys(COPY_NAMES, UNKNOWN)}, origins)


def computed_at(span: Span, text: str, values: Mapping[str, Any]) -> Span:
    """The place of a text with expressions, as one that tells where their values are from."""
    names = names_in(text)
    origins = values.origins if isinstance(values, KnownValues) else {}
    given = tuple(
        Related(f"`{name}` is {shown(values[name])} here", origins[name])
        for name in names
        if name in origins and values.get(name, UNKNOWN) is not UNKNOWN
    )
    is_alone = len(names) == 1 and text[2:-1].strip() == names[0]
    return ComputedSpan(span, given, given[0].span if is_alone else None) if given else span
