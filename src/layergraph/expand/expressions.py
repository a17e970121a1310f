"""Expressions: `${…}` in the texts of a graph file.

Arithmetic, comparison, `and`, `or`, `not`, `x if c else y`, indexing and a few functions. A text
is parsed once, and evaluated within limits of time and size; there is no `eval`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from layergraph.diagnostics.nearest import did_you_mean
from layergraph.diagnostics.values import cut, shown
from layergraph.expand.expression_code import CONSTANTS, Code, Compiler
from layergraph.expand.expression_functions import FUNCTIONS
from layergraph.expand.expression_text import find_end, invalid
from layergraph.expand.expression_values import (
    UNKNOWN,
    ExpressionError,
    Scope,
    TooLarge,
    Unknown,
)
from layergraph.syntax.limits import DEFAULT

__all__ = [
    "UNKNOWN",
    "ExpressionError",
    "TooLarge",
    "Unknown",
    "evaluate",
    "holds_expression",
    "names_in",
]

LONGEST = 4_096
"""Characters of a text that holds expressions."""

FEW = 8
COPY_NAMES = {
    "i": "`i` counts the copies of a node with `repeat` or `each`; give it to a block as a param",
    "item": "`item` belongs to a node with `each`; give it to a block as a param",
}


def holds_expression(text: str) -> bool:
    """Whether a text is more than the text itself: it holds a `${`, or one escaped as `$${`."""
    return "${" in text


def evaluate(text: str, names: Mapping[str, Any], largest: int = DEFAULT.value_size) -> Any:
    """The value of a text of a graph file.

    A text that is one `${expr}` alone keeps the value's type. Inside more text each becomes text,
    as YAML would write it; `$${` stands for a literal `${`.

    Args:
        text: the text.
        names: what its expressions may use.
        largest: the most items of a list, or characters of a text, that it may make.

    Raises:
        ExpressionError: If an expression of the text cannot be read or evaluated.
    """
    if not holds_expression(text):
        return text
    template = _template(text)
    for name in template.names:
        if name not in names:
            if any(not known.isidentifier() for known in names):
                return UNKNOWN  # a param's name is none, and may be what is meant
            raise _unknown_name(name, names)
    scope = Scope(names, largest)
    if template.alone is not None:
        return template.alone(scope)
    values = [part if isinstance(part, str) else part(scope) for part in template.parts]
    if any(value is UNKNOWN for value in values):
        return UNKNOWN
    texts = [_as_text(value) for value in values]
    scope.check_text(sum(map(len, texts)))
    return "".join(texts)


def names_in(text: str) -> tuple[str, ...]:
    """The names that the expressions of a text use; none where they cannot be read."""
    try:
        return _template(text).names
    except ExpressionError:
        return ()


class _Template(NamedTuple):
    """A text, read."""

    parts: tuple[str | Code, ...]
    alone: Code | None
    names: tuple[str, ...]


@lru_cache(maxsize=1024)
def _template(text: str) -> _Template:
    if len(text) > LONGEST:
        raise ExpressionError(
            f"a text with expressions has at most {LONGEST:,} characters,"
            f" and this one has {len(text):,}"
        )
    parts: list[str | Code] = []
    compiler = Compiler()
    at = 0
    while (found := text.find("${", at)) >= 0:
        if found > at and text[found - 1] == "$":
            parts += [text[at : found - 1], "${"]
            at = found + 2
            continue
        if found > at:
            parts.append(text[at:found])
        expression = find_end(text, found + 2)
        parts.append(compiler.compile(expression))
        at = expression.end
    if at < len(text):
        parts.append(text[at:])
    alone = parts[0] if len(parts) == 1 and not isinstance(parts[0], str) else None
    return _Template(tuple(parts), alone, tuple(compiler.names))


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return shown(value)
    if isinstance(value, int | float):
        return repr(value)
    raise ExpressionError(
        f"{shown(value)} cannot be part of a text", "write the `${…}` alone to keep it as it is"
    )


def _unknown_name(name: str, names: Mapping[str, Any]) -> ExpressionError:
    message = f"`{cut(name)}` is no name that this expression may use"
    if name in FUNCTIONS:
        return invalid(message, f"it is a function: write `{name}(…)`")
    if name in COPY_NAMES:
        return invalid(message, COPY_NAMES[name])
    usable = [known for known in names if known.isidentifier()]
    return invalid(message, did_you_mean(name, [*usable, *CONSTANTS]) or _listed(usable))


def _listed(names: Iterable[str]) -> str | None:
    """The help that tells the names there are, where they are few."""
    shown_names = [f"`{name}`" for name in sorted(names)]
    if not shown_names or len(shown_names) > FEW:
        return None
    if len(shown_names) == 1:
        return f"the only name is {shown_names[0]}"
    return f"the names are {', '.join(shown_names[:-1])} and {shown_names[-1]}"
