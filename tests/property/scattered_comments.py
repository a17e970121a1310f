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
        start, end = rng.choice([found.span() for found in _PLACES.finditer(text)])
        indentation = " " * rng.randrange(20, 30)  # which is deep enough in any bracket
        if text[start - 1 : start] == "\n":
            indentation = text[start:end]
        elif text[end : end + 1] == "\n":
            indentation = ""
        inserted = rng.choice(_INSERTED)(f"# {number}", rng)
        text = text[:start] + inserted + indentation + text[end:]
    return text


def _behind(comment: str, rng: random.Random) -> str:
    return f"  {comment}\n"


def _on_its_own(comment: str, rng: random.Random) -> str:
    return f"{rng.choice(BLANK)}{' ' * rng.randrange(8)}{comment}\n"


def _blank(comment: str, rng: random.Random) -> str:
    return rng.choice(BLANK)


BLANK = ("\n", "\n\n", "\n\n\n")
_INSERTED = (_behind, _behind, _on_its_own, _on_its_own, _blank)
