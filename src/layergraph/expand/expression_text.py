"""The text of an expression: where it ends, and what is wrong with one that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from layergraph.diagnostics.values import cut
from layergraph.expand.expression_values import ExpressionError

DEEPEST = 50
CLOSING: Final = {"(": ")", "[": "]", "{": "}"}
RUN = re.compile(rf"(?:[-+~]\s*){{{DEEPEST + 1}}}|(?:\bnot\s+){{{DEEPEST + 1}}}")
INCOMPLETE = re.compile(r"(?:[-+*/%<>=,.]|\b(?:and|or|not|in|if|else))\s*$")
WORD = re.compile(r"\b[a-zA-Z]+\b")
FOREIGN: Final = (
    (re.compile(r"\$\{"), "write the name alone, as in `${2 * filters}`"),
    (re.compile(r"\{"), "an expression has no mappings and no sets"),
    (re.compile(r"#"), "an expression has no comments"),
    (re.compile(r"\\"), "an expression has no backslashes but in strings"),
    (re.compile(r"&&"), "write `and`"),
    (re.compile(r"\|\|"), "write `or`"),
    (re.compile(r"==="), "write `==`"),
    (re.compile(r"!==|<>"), "write `!=`"),
    (re.compile(r"!(?!=)"), "write `not`"),
    (re.compile(r"\?"), "write `a if condition else b`"),
    (re.compile(r"=>"), "write `>=`"),
    (re.compile(r"=<"), "write `<=`"),
    (re.compile(r"(?<![-=!<>:*/+%])=(?!=)"), "write `==`"),
)
"""What people know from elsewhere, and what to write here; the first that is found is told."""
COMPREHENSIONS: Final = ("comprehensions", None)
REFUSED: Final[Mapping[str, tuple[str, str | None]]] = {
    "Attribute": ("attributes", 'write `x["key"]` for a value of a mapping'),
    "Await": ("`await`", None),
    "BitAnd": ("`&`", "write `and`"),
    "BitOr": ("`|`", "write `or`"),
    "BitXor": ("`^`", "write `**` for a power"),
    "GeneratorExp": COMPREHENSIONS,
    "Invert": ("`~`", "write `not`"),
    "Is": ("`is`", "write `==`"),
    "IsNot": ("`is not`", "write `!=`"),
    "JoinedStr": ("f-strings", "write more than one `${…}` in the text"),
    "LShift": ("`<<`", "write `* 2 **`"),
    "Lambda": ("`lambda`", None),
    "ListComp": COMPREHENSIONS,
    "MatMult": ("`@`", None),
    "NamedExpr": ("`:=`", "write `==` to compare"),
    "RShift": ("`>>`", "write `// 2 **`"),
    "Starred": ("`*` before a list", None),
    "Tuple": ("tuples", "write a list, `[…]`"),
    "Yield": ("`yield`", None),
    "YieldFrom": ("`yield`", None),
}
"""What Python has and expressions have not, and what to write instead."""


class ExpressionText(NamedTuple):
    """An expression in a text."""

    source: str
    code: str
    """`source` with every string in it filled with quotes, to look for operators in."""
    end: int
    """Where the text goes on, after the `}`."""


def find_end(text: str, start: int) -> ExpressionText:
    """The expression that starts at `start`, right after its `${`."""
    code: list[str] = []
    brackets: list[str] = []
    at = start
    while at < len(text):
        character = text[at]
        if character in "'\"":
            end = _string_end(text, at)
            code.append('"' * (end - at))
            at = end
            continue
        if character == "}" and not brackets:
            found = ExpressionText(text[start:at], "".join(code), at + 1)
            _check(found)
            return found
        if character in CLOSING:
            brackets.append(character)
            if len(brackets) > DEEPEST:
                raise too_deep()
        elif character in CLOSING.values():
            _check_closing(character, brackets, text[start:at])
            brackets.pop()
        code.append(character)
        at += 1
    raise invalid(f"`{cut(text[start - 2 :])}` has no closing `}}`")


def _string_end(text: str, start: int) -> int:
    quote = text[start] * 3 if text.startswith(text[start] * 3, start) else text[start]
    at = start + len(quote)
    while at < len(text) and (len(quote) == 3 or text[at] != "\n"):
        if text.startswith(quote, at):
            return at + len(quote)
        at += 2 if text[at] == "\\" else 1
    raise invalid(f"`{cut(text[start:])}` has no closing `{quote}`")


def _check_closing(character: str, brackets: list[str], before: str) -> None:
    before = before.strip()
    if not brackets:
        raise invalid(f"`{cut(before)}` is followed by a `{character}` that closes nothing")
    if CLOSING[brackets[-1]] != character:
        raise invalid(f"`{cut(before)}` has no closing `{CLOSING[brackets[-1]]}`")


def _check(found: ExpressionText) -> None:
    """Refuse what Python's parser had better not see."""
    if not found.source.strip():
        raise invalid("`${}` is empty", "write an expression in it, or `$${` for a plain `${`")
    if any(character in found.code for character in "{#\\"):
        raise unreadable(found)
    if RUN.search(found.code):
        raise too_deep()


def unreadable(found: ExpressionText) -> ExpressionError:
    """The report of an expression that Python's parser does not take, or is not to see."""
    shown = f"`{cut(found.source.strip())}`"
    for pattern, help in FOREIGN:
        if pattern.search(found.code):
            return invalid(f"{shown} is no expression", help)
    words = WORD.findall(found.code)
    if "if" in words and "else" not in words:
        return invalid(f"{shown} is no complete expression", "write `a if condition else b`")
    if INCOMPLETE.search(found.code):
        return invalid(f"{shown} is no complete expression")
    return invalid(f"{shown} is no expression", _reserved(words))


def _reserved(words: list[str]) -> str | None:
    """The help about a name that Python does not take for one."""
    from keyword import iskeyword

    used = {"and", "or", "not", "in", "if", "else", "is", "for", "True", "False", "None"}
    for word in words:
        if iskeyword(word) and word not in used:
            return f"`{word}` is a word of Python's own, which cannot be a name here"
    return None


def refused(kind: str) -> ExpressionError:
    """The report of a kind of node in Python's tree that expressions have not."""
    what, help = REFUSED.get(kind, (f"`{kind}`", None))
    return invalid(f"an expression has no {what}", help)


def invalid(message: str, help: str | None = None) -> ExpressionError:
    """A mistake in the text itself."""
    return ExpressionError(message, help, invalid=True)


def too_deep() -> ExpressionError:
    """The report of too much nesting."""
    return ExpressionError(f"an expression has at most {DEEPEST} operations inside one another")
