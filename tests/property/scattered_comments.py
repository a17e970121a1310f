"""Graph files with comments, blank lines and line breaks in odd places."""

from __future__ import annotations

import random
import re

_PLACES = re.compile(
    r"(?<=[\[{,])[ \t]*|[ \t]*(?=[\]},])|(?<=[:-])[ \t]+|[ \t]*(?=\n)|(?<=\n)[ \t]*"
)


def scattered(text: str, rng: random.Random, times: int) -> str:
    """The text with some comments put where YAML has white space, or could have it.

    It may be no YAML any more, as where a comment comes to stand in the midst of a text.
    """
    for number in range(times):
        places = [found.span() for found in _PLACES.finditer(text)]
        start, end = rng.choice(places)
        text = (
            text[:start] + rng.choice(_INSERTED)(text[start:end], f"# {number}", rng) + text[end:]
        )
    return text


def _behind(space: str, comment: str, rng: random.Random) -> str:
    return f"  {comment}\n{_indentation(space, rng)}"


def _on_its_own(space: str, comment: str, rng: random.Random) -> str:
    blank = rng.choice(["\n", "\n\n", "\n\n\n"])
    return f"{blank}{' ' * rng.randrange(8)}{comment}\n{_indentation(space, rng)}"


def _blank(space: str, comment: str, rng: random.Random) -> str:
    return f"{space}\n{_indentation(space, rng)}"


def _indentation(space: str, rng: random.Random) -> str:
    return space if rng.random() < 0.7 else space + " " * rng.randrange(12)


_INSERTED = (_behind, _behind, _on_its_own, _on_its_own, _blank)
