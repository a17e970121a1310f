"""What PyYAML's parser complains of, in words for the person who wrote the file.

libyaml and PyYAML's own parser word the same problem differently; both are recognised.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from layergraph.diagnostics import Related, Source, Span
from layergraph.diagnostics.codes import INVALID_YAML, TAG, Code
from layergraph.syntax.events import Mark
from layergraph.syntax.places import BREAKS, span_between


class Problem(NamedTuple):
    """A syntax error, ready to be reported."""

    message: str
    span: Span
    related: tuple[Related, ...] = ()
    help: str | None = None
    code: Code = INVALID_YAML


_CLOSING: Final = {"[": "]", "{": "}"}
_QUOTE_IT: Final = "quote a text that starts with it"
_SENTENCES: Final[tuple[tuple[str, str, str | None], ...]] = (
    (
        r"mapping values are not allowed",
        "`:` cannot stand here",
        "quote a text that holds `: `, and check the indentation of this line",
    ),
    (
        r"sequence entries are not allowed",
        "`-` cannot start a list here",
        "start the list on a line of its own",
    ),
    (
        r"could not find expected ':'",
        "this line is neither a value nor `key: value`",
        "write `key: value`, and check the indentation",
    ),
    (
        r"block mapping: .*expected",
        "a key of the mapping is expected here",
        "check the indentation of this line and the quotes before it",
    ),
    (
        r"block collection: .*expected",
        "`-` is expected here, as the lines before are a list",
        "check the indentation of this line",
    ),
    (r"an alias.*expected alphabetic", "`*` starts an alias, and no name follows", _QUOTE_IT),
    (r"an anchor.*expected alphabetic", "`&` starts an anchor, and no name follows", _QUOTE_IT),
    (
        r"unknown escape character",
        "this is no escape sequence of YAML",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (r"document start", "the document ends before this", None),
)


def problem_of(error: Exception, source: Source, bracket: Span | None) -> Problem:
    """What to report; `bracket` is the innermost one that was open when the parser gave up."""
    context = getattr(error, "context", None) or ""
    problem = getattr(error, "problem", None) or str(error)
    at = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    if "could not find expected" in problem and opened is not None:
        at = opened
    index = min(at.index if at is not None else 0, len(source.text))
    span = _span(source, index)
    character = source.text[index : index + 1]
    if character == "\t":
        return _tab(source, span)
    if "quoted scalar" in context and re.search("unexpected (end of stream|document)", problem):
        quote = Related("it opens here", _span(source, opened.index)) if opened else None
        mark = source.text[opened.index : opened.index + 1] if opened else "the quote"
        related = (quote,) if quote else ()
        return Problem("a quoted text is not closed", span, related, f"close it with {mark}")
    if "undefined tag handle" in problem:
        return Problem(
            "tags have no use in a graph file", span, (), "write the value without it", TAG
        )
    if bracket is not None and "expected" in problem and "flow" in context:
        return _in_brackets(source, index, span, bracket)
    if "cannot start any token" in problem:
        return Problem(f"`{character}` cannot start a value", span, (), _QUOTE_IT)
    if "expected" in problem and "node" in context:
        return Problem(
            f"`{character}` cannot stand here" if character else "a value is missing", span
        )
    for pattern, message, advice in _SENTENCES:
        if re.search(pattern, f"{context}: {problem}"):
            return Problem(message, span, _started(source, context, opened), advice)
    return Problem(f"invalid YAML: {problem}", span)


def _tab(source: Source, span: Span) -> Problem:
    before = source.lines[span.line - 1][: span.column - 1]
    if before.strip(" \t"):
        return Problem("a tab stands where YAML takes only spaces", span, (), "write spaces")
    return Problem("a tab indents this line", span, (), "indent with spaces; YAML takes no tabs")


def _in_brackets(source: Source, index: int, span: Span, bracket: Span) -> Problem:
    opening = source.lines[bracket.line - 1][bracket.column - 1]
    closing = _CLOSING.get(opening, "]")
    related = (Related("it opens here", bracket),)
    if not source.text[index:].strip():
        return Problem(f"`{opening}` is not closed", span, related, f"add `{closing}`")
    return Problem(
        f"`,` or `{closing}` is expected here",
        span,
        (Related(f"`{opening}` opens here", bracket),),
        f"close the `{opening}`, or quote a text with brackets, commas or colons in it",
    )


def _started(source: Source, context: str, opened: Mark | None) -> tuple[Related, ...]:
    """Where the block started that the problem is in."""
    kind = re.search("block (mapping|collection)", context)
    if kind is None or opened is None:
        return ()
    name = "mapping" if kind[1] == "mapping" else "list"
    return (Related(f"the {name} starts here", _span(source, opened.index)),)


def _span(source: Source, index: int) -> Span:
    """The character at `index`, or no width at a line's end; not beyond the last visible one."""
    end = len(source.text.rstrip())
    index = min(index, end)
    visible = index < end and source.text[index] not in BREAKS
    return span_between(source, index, index + 1 if visible else index)
