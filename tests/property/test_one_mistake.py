"""One slip in a file of the gallery gives one error, unless a name was lost that others use."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from layergraph.diagnostics import ComputedSpan, Source, codes
from layergraph.pipeline import validate_text

GALLERY = [path for path in sorted(Path("graphs").glob("*.yaml")) if path.stat().st_size < 6000]
TOKEN = re.compile(r"\$\{[^}]*\}|[A-Za-z_]\w*|\d+(?:\.\d+)?|[\[\]{}:,]")
COMMENT = re.compile(r"(?m)^ *#.*$| #.*$")
LOST = (
    *(codes.UNKNOWN_REFERENCE, codes.UNKNOWN_BLOCK, codes.UNKNOWN_PARAM),
    *(codes.INVALID_EXPRESSION, codes.UNKNOWN_CALL_ARGUMENT),
)
STRANGE = ("0", "-1", "3.5", "true", "null", "[1, 2]", "{a: 1}", "x y")


class Slip(NamedTuple):
    """A file with one token of it written otherwise."""

    path: Path
    was: str
    becomes: str
    text: str


@st.composite
def slips(draw):
    path = draw(st.sampled_from(GALLERY))
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    token = draw(st.sampled_from(list(TOKEN.finditer(text))))
    was = token[0]
    becomes = draw(st.one_of(st.sampled_from(("", was * 2, *STRANGE)), swapped(was)))
    return Slip(path, was, becomes, text[: token.start()] + becomes + text[token.end() :])


def swapped(word):
    """The word with two letters that are next to each other swapped."""
    places = st.integers(0, max(len(word) - 2, 0))
    return places.map(lambda at: word[:at] + word[at : at + 2][::-1] + word[at + 2 :])


@given(slips())
def test_a_slip_gives_one_error(slip):
    report = validate_text(Source(str(slip.path), slip.text))
    mistakes = {mistake(error) for error in report.errors if not is_of_lost_name(error, slip)}
    assert len(mistakes) <= 1, f"{slip.was!r} → {slip.becomes!r}\n{report.errors}"


def mistake(error):
    """The error; of what may lead to several, what they have in common."""
    if isinstance(error.span, ComputedSpan):
        return "a value"
    if error.code in (codes.UNKNOWN_ARGUMENT, codes.UNKNOWN_KEY):
        return error.path[:-1]  # without the right `type`, they all are none
    return error


def is_of_lost_name(error, slip):
    """Whether it says that a name is nothing, at one of the places that use it."""
    names = (slip.was, "i", "item")  # of a copy, which it may have been
    return error.code in LOST and any(f"`{name}" in error.message for name in names)
