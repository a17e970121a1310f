"""Comments of a YAML text, which its events leave out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import yaml

from layergraph.diagnostics import Source
from layergraph.syntax.composer import PARSER
from layergraph.syntax.places import BREAKS, advance

_COMMENT: Final = re.compile(rf"#[^{BREAKS}]*")
_END_OF_LINE: Final = re.compile(rf"[{BREAKS}]|\Z")
_WRITTEN: Final = (yaml.ScalarToken, yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)
"""Tokens in which a `#` is a character like any other."""


class Comment(NamedTuple):
    """A comment with its `#`, and where that stands."""

    text: str
    line: int
    column: int


def comments(source: Source) -> Iterator[Comment]:
    """The comments of a text that the reader has read without a mistake of YAML."""
    place, passed = (1, 1), 0
    for start, end in _gaps(source.text):
        for found in _COMMENT.finditer(source.text, start, end):
            place = advance(place, source.text[passed : found.start()])
            passed = found.start()
            yield Comment(found[0], *place)


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text between its scalars, in which a `#` begins a comment."""
    parser = PARSER(text)
    end = 0
    while (token := parser.get_token()) is not None:
        if not isinstance(token, _WRITTEN):
            continue
        start = token.start_mark.index
        yield end, start
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            header = _END_OF_LINE.search(text, start)
            assert header is not None
            yield start, header.start()
        end = token.end_mark.index
    yield end, len(text)
