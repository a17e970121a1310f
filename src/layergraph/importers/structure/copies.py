"""Values of copies as one value in which `i` counts: `${64 * i}`, `${i == 1}`."""

from __future__ import annotations

import re
from typing import Any

_EXPRESSION = re.compile(
    r"(?P<before>[^$]*)\$\{(?P<name>[a-z_]\w*)(?: (?P<by>[+-] \d+))?\}(?P<after>[^$]*)"
)
_LONGEST_LIST = 8


class Differ(Exception):
    """Values that nothing short is said for."""


def over_copies(values: list[Any]) -> Any:
    """What gives these values, one after another, as `i` counts from 1.

    Raises:
        Differ: where nothing short does.
    """
    first, *others = values
    if all(repr(value) == repr(first) for value in others):
        return first
    if all(isinstance(value, list) and len(value) == len(first) for value in values):
        return [over_copies([value[n] for value in values]) for n in range(len(first))]
    if all(isinstance(value, dict) and list(value) == list(first) for value in values):
        return {key: over_copies([value[key] for value in values]) for key in first}
    if all(isinstance(value, str) for value in values):
        return _text(values)
    return f"${{{_scalar(values)}}}"


def _scalar(values: list[Any]) -> str:
    """An expression for numbers, truth values and null."""
    count = len(values)
    if all(type(value) is int for value in values):
        step = values[1] - values[0]
        is_even = all(value == values[0] + step * n for n, value in enumerate(values))
        if is_even and (step == 1 or (step > 0 and count > 2)):
            return _linear("", step, values[0] - step)
    first, last = values[0], values[-1]
    if isinstance(first, list) is not isinstance(last, list):
        raise Differ
    if _same(values[1:]):
        if isinstance(first, bool) and isinstance(last, bool):
            return "i == 1" if first else "i > 1"
        return f"{_literal(first)} if i == 1 else {_literal(last)}"
    if _same(values[:-1]):
        if isinstance(first, bool) and isinstance(last, bool):
            return f"i == {count}" if last else f"i < {count}"
        return f"{_literal(last)} if i == {count} else {_literal(first)}"
    if count > _LONGEST_LIST or not all(type(value) in (int, float) for value in values):
        raise Differ
    return f"[{', '.join(map(_literal, values))}][i - 1]"


def _text(values: list[str]) -> str:
    """A text, of which one place differs."""
    matches = [_EXPRESSION.fullmatch(value) for value in values]
    if all(matches):
        parts = {(m["before"], m["name"], m["after"]) for m in matches if m}
        if len(parts) != 1:
            raise Differ
        before, name, after = parts.pop()
        offsets = [int((m["by"] or "0").replace(" ", "")) for m in matches if m]
        step = offsets[1] - offsets[0]
        if not step or any(by != offsets[0] + step * n for n, by in enumerate(offsets)):
            raise Differ
        return f"{before}${{{_linear(name, step, offsets[0] - step)}}}{after}"
    if any("$" in value for value in values):
        raise Differ
    return _plain_text(values)


def _plain_text(values: list[str]) -> str:
    least, most = min(values), max(values)
    size = next(
        (n for n, (a, b) in enumerate(zip(least, most, strict=False)) if a != b), len(least)
    )
    ends = [value[size:][::-1] for value in values]
    low, high = min(ends), max(ends)
    end = next((n for n, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
    before, after = least[:size].rstrip("0123456789"), low[:end][::-1].lstrip("0123456789")
    middles = [value[len(before) : len(value) - len(after)] for value in values]
    if all(re.fullmatch("0|[1-9][0-9]*", middle) for middle in middles):
        numbers = [int(middle) for middle in middles]
        step = numbers[1] - numbers[0]
        if step > 0 and all(n == numbers[0] + step * k for k, n in enumerate(numbers)):
            return f"{before}${{{_linear('', step, numbers[0] - step)}}}{after}"
    if all(len(middle) == 1 and middle.isalnum() for middle in middles):
        return f"{before}${{'{''.join(middles)}'[i - 1]}}{after}"
    raise Differ


def _linear(name: str, step: int, start: int) -> str:
    """`step * i + start`, with a name before it if there is one."""
    terms = [name] if name else []
    times = "i" if abs(step) == 1 else f"{abs(step)} * i"
    terms.append(times if step > 0 and not terms else f"{'+' if step > 0 else '-'} {times}")
    if start:
        terms.append(f"{'+' if start > 0 else '-'} {abs(start)}")
    return " ".join(terms)


def _same(values: list[Any]) -> bool:
    return len({repr(value) for value in values}) == 1


def _literal(value: Any) -> str:
    """A value in an expression."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if type(value) in (int, float):
        return repr(value)
    if isinstance(value, str) and re.fullmatch(r"[\w ./-]*", value):
        return f"'{value}'"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    raise Differ
