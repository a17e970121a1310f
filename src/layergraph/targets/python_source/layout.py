"""Python expressions and statements, laid out as `ruff format` leaves them.

An expression is written on one line where it fits. Where it does not, the first brackets that the
line cannot hold are opened: the arguments of a call go on one line of their own, or on one each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

WIDTH = 88
STEP = 4


class Text(NamedTuple):
    """What stays on one line: a name, a literal."""

    text: str

    @property
    def flat(self) -> str:
        """It on one line."""
        return self.text


class Named(NamedTuple):
    """An argument by name, `name=value`, or an entry of a dict, `key: value`."""

    name: str
    value: Expression
    sign: str = "="

    @property
    def flat(self) -> str:
        """It on one line."""
        return f"{self.name}{self.sign}{self.value.flat}"


class Brackets(NamedTuple):
    """A list, a tuple or a dict, whose items have a line each where it does not fit."""

    opening: str
    items: tuple[Expression, ...]
    closing: str

    @property
    def flat(self) -> str:
        """It on one line."""
        items = ", ".join(item.flat for item in self.items)
        comma = "," if self.opening == "(" and len(self.items) == 1 else ""
        return f"{self.opening}{items}{comma}{self.closing}"


class Call(NamedTuple):
    """A call, `function(arguments)`."""

    function: Expression
    arguments: tuple[Expression, ...] = ()

    @property
    def flat(self) -> str:
        """It on one line."""
        return f"{self.function.flat}({', '.join(item.flat for item in self.arguments)})"


class Operation(NamedTuple):
    """Operands with what stands before each: `a if b else c`, `a + b`.

    Inside of brackets each operand may have a line of its own.
    """

    parts: tuple[tuple[str, Expression], ...]

    @property
    def flat(self) -> str:
        """It on one line."""
        return " ".join(f"{sign} {part.flat}" if sign else part.flat for sign, part in self.parts)


class Parentheses(NamedTuple):
    """An operation that binds less tightly than what stands beside it."""

    inner: Operation

    @property
    def flat(self) -> str:
        """It on one line."""
        return f"({self.inner.flat})"


Expression = Text | Named | Brackets | Call | Operation | Parentheses


def listed(items: Sequence[Expression]) -> Brackets:
    """A list."""
    return Brackets("[", tuple(items), "]")


def call(function: str | Expression, *arguments: Expression, **named: Expression) -> Call:
    """A call, with arguments in order and by name."""
    callee = Text(function) if isinstance(function, str) else function
    by_name = tuple(Named(name, value) for name, value in named.items())
    return Call(callee, (*arguments, *by_name))


def _written(shown: Expression, indent: int, column: int, after: int) -> str:
    """An expression from a column on, over several lines where it has to be.

    Args:
        shown: the expression.
        indent: the column that the line which it begins in begins at.
        column: where it begins.
        after: how much of the same line has to follow it.
    """
    flat = shown.flat
    if column + len(flat) + after <= WIDTH or isinstance(shown, Text):
        return flat
    if isinstance(shown, Named):
        start = f"{shown.name}{shown.sign}"
        return start + _written(shown.value, indent, column + len(start), after)
    if isinstance(shown, Brackets):
        if not shown.items:
            return flat
        return shown.opening + _a_line_each(shown.items, indent) + shown.closing
    if isinstance(shown, Parentheses):
        inner = indent + STEP
        within = _written(shown.inner, inner, inner, 0)
        return f"(\n{' ' * inner}{within}\n{' ' * indent})"
    if isinstance(shown, Operation):
        lines = []
        for sign, part in shown.parts:
            start = f"{sign} " if sign else ""
            lines.append(start + _written(part, indent, indent + len(start), 0))
        return ("\n" + " " * indent).join(lines)
    return _called(shown, indent, column, after)


def _called(shown: Call, indent: int, column: int, after: int) -> str:
    opening = 1 if shown.arguments else 2 + after
    function = _written(shown.function, indent, column, opening)
    if not shown.arguments:
        return f"{function}()"
    last = function.rpartition("\n")[2]
    at = len(last) if "\n" in function else column + len(last)
    flat = ", ".join(item.flat for item in shown.arguments)
    if at + len(flat) + 2 + after <= WIDTH:
        return f"{function}({flat})"
    inner = " " * (indent + STEP)
    if len(inner + flat) <= WIDTH:
        return f"{function}(\n{inner}{flat}\n{' ' * indent})"
    if len(shown.arguments) == 1:
        only = _written(shown.arguments[0], indent + STEP, indent + STEP, 0)
        return f"{function}(\n{inner}{only}\n{' ' * indent})"
    return f"{function}({_a_line_each(shown.arguments, indent)})"


def _a_line_each(items: Sequence[Expression], indent: int) -> str:
    inner = indent + STEP
    lines = [f"{' ' * inner}{_written(item, inner, inner, 1)},\n" for item in items]
    return "\n" + "".join(lines) + " " * indent


class Writer:
    """The lines of a body, at a depth."""

    def __init__(self, depth: int = 0) -> None:
        self.lines: list[str] = []
        self._depth = self._indent = depth * STEP
        self._last: tuple[int, str, Expression] | None = None

    @contextmanager
    def block(self, head: str = "", condition: Expression | None = None) -> Iterator[None]:
        """What is written meanwhile stands below a head: `else`, or `if` and a condition."""
        self._last = None
        self.line(f"{head}:" if condition is None else self._headed(head, condition))
        self._indent += STEP
        yield
        self._indent -= STEP

    def _headed(self, head: str, condition: Expression) -> str:
        if self._indent + len(head) + len(condition.flat) + 2 <= WIDTH:
            return f"{head} {condition.flat}:"
        if not isinstance(condition, Operation):
            column = self._indent + len(head) + 1
            return f"{head} {_written(condition, self._indent, column, 1)}:"
        inner = self._indent + STEP
        broken = _written(condition, inner, inner, 0)
        return f"{head} (\n{' ' * inner}{broken}\n{' ' * self._indent}):"

    @contextmanager
    def loop(self, counter: str, item: str, items: Expression) -> Iterator[None]:
        """What is written meanwhile is done for each item, which a counter counts from 1.

        A name that it does not use is not made.
        """
        indent, before = self._indent, self.lines
        self.lines, self._indent = [], self._indent + STEP
        yield
        body, self.lines, self._indent = self.lines, before, indent
        text = "\n".join(body)
        uses_counter = re.search(rf"\b{counter}\b", text) is not None
        named = item if re.search(rf"\b{item}\b", text) else "_"
        head = f"for {counter}, {named} in" if uses_counter else f"for {named} in"
        each = call("enumerate", items, start=Text("1")) if uses_counter else items
        self._last = None
        self.line(self._headed(head, each))
        self.lines += body

    def line(self, text: str = "") -> None:
        """A line, or several, the first of which is indented; empty lines do not follow others."""
        if not text and self.lines[-1:] == [""]:
            return
        self.lines += f"{' ' * self._indent}{text}".rstrip(" ").split("\n")

    def put(self, start: str, shown: Expression) -> None:
        """A statement: what it begins with, and an expression."""
        self._last = (len(self.lines), start, shown) if self._indent == self._depth else None
        self.line(start + _written(shown, self._indent, self._indent + len(start), 0))

    def give(self, name: str) -> None:
        """Return a variable; or what the last statement has put into it, in its place."""
        if self._last is not None and self._last[1] == f"{name} = ":
            start, _, shown = self._last
            del self.lines[start:]
            self.put("return ", shown)
        else:
            self.line(f"return {name}")

    def comment(self, text: str) -> None:
        """A comment, on as many lines as it takes."""
        import textwrap

        words = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
        for line in textwrap.wrap(words, WIDTH - self._indent - 2, break_on_hyphens=False):
            self.line(f"# {line}")
