"""What plain scalars mean, by the core schema of YAML 1.2 (section 10.3.2)."""

from __future__ import annotations

import math
import re
import sys
from typing import Final

Value = str | int | float | bool | None

_WORDS: Final[dict[str, float | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
    **{sign + word: math.inf for sign in ("", "+") for word in (".inf", ".Inf", ".INF")},
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
}
_STARTS_OF_NUMBERS: Final = frozenset("+-.0123456789")
_INTEGER: Final = re.compile(r"[-+]?[0-9]+")
_OCTAL: Final = re.compile(r"0o[0-7]+")
_HEXADECIMAL: Final = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")

_LONGEST: Final = 400
"""More digits than this, in any base down to 8, are beyond the largest float."""


def resolve(text: str) -> Value:
    """The value of a plain scalar. A number beyond the range of floats becomes infinity."""
    if text in _WORDS:
        return _WORDS[text]
    return _number(text) if text[0] in _STARTS_OF_NUMBERS else text


def is_infinity(text: str) -> bool:
    """Whether a plain scalar says infinity in so many words, unlike ``1e999``."""
    return text in _WORDS and _WORDS[text] in (math.inf, -math.inf)


def _number(text: str) -> Value:
    if _INTEGER.fullmatch(text):
        return _integer(text.lstrip("+-"), 10, negative=text[0] == "-")
    if _FLOAT.fullmatch(text):
        return float(text)
    if _HEXADECIMAL.fullmatch(text):
        return _integer(text[2:], 16)
    if _OCTAL.fullmatch(text):
        return _integer(text[2:], 8)
    return text


def _integer(digits: str, base: int, *, negative: bool = False) -> int | float:
    """Python takes no more than 4300 digits, and time that grows with their square."""
    digits = digits.lstrip("0") or "0"
    value = int(digits, base) if len(digits) <= _LONGEST else math.inf
    if value > sys.float_info.max:
        value = math.inf
    return -value if negative else value
