"""Params: what differs between the instances of a block, with as few of them as do.

A value that differs is a hole. Holes with the same values share a param, and a hole may be a
multiple of another one, or a number more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from layergraph.importers.structure.wiring import Unfit

ABSENT = object()
"""The value of a hole in an instance that does not have it."""

_FACTORS = range(2, 9)
_RESERVED = frozenset(
    {"block", "from", "nested", "repeat", "each", "when", "name", "else", "type", "use", "chain"}
    | {"call", "i", "item", "true", "false", "null", "and", "or", "not", "if", "in", "min", "max"}
    | {"abs", "round", "ceil", "floor", "int", "float", "len", "range", "sqrt"}
)
"""What means something else beside `block`, or in expressions."""


@dataclass(eq=False)
class Hole:
    """Values by instance, what a param for them would be called, and what stands for them.

    Where the values are all the same, `literal` is that: such a hole makes no param, and takes one
    that is there for others.
    """

    values: list[Any]
    wanted: tuple[str, ...]
    pool: str
    expression: str = ""
    literal: Any = ABSENT


class Text(NamedTuple):
    """A text with a hole in it."""

    before: str
    hole: Hole
    after: str


@dataclass(eq=False)
class Param:
    """A param: its name, and the values that instances give."""

    name: str
    values: list[Any]
    pool: str
    holes: list[tuple[Hole, str]] = field(default_factory=list)

    @cached_property
    def default(self) -> Any:
        """The default; ABSENT where a caller has to say."""
        known = [value for value in self.values if value is not ABSENT]
        kinds = {type(value) for value in known}
        if len(kinds) > 1:
            return ABSENT if len(known) == len(self.values) else None
        (common, count), *_ = Counter(repr(value) for value in known).most_common(1)
        value = next(value for value in known if repr(value) == common)
        if isinstance(value, dict):
            return ABSENT if len(known) == len(self.values) else None
        is_usual = 2 * count >= len(self.values) and self.pool != "number"
        return value if is_usual or len(known) < len(self.values) else ABSENT

    def is_default(self, value: Any) -> bool:
        """Whether a caller need not give a value."""
        return type(value) is type(self.default) and repr(value) == repr(self.default)


def pattern(values: Sequence[Any], wanted: tuple[str, ...]) -> Any:
    """A value that has holes where the given ones differ; those of absent instances are ABSENT."""
    known = [value for value in values if value is not ABSENT]
    if len({repr(value) for value in known}) == 1:
        return known[0]
    if all(isinstance(value, list) for value in known):
        sizes = {len(value) for value in known}
        if len(sizes) == 1:
            inner = [
                pattern([v if v is ABSENT else v[n] for v in values], wanted)
                for n in range(sizes.pop())
            ]
            if len({repr(hole.values) for hole in holes_in(inner)}) == 1:
                return inner
    if all(isinstance(value, dict) for value in known):
        keys = {tuple(value) for value in known}
        if len(keys) == 1:
            return {
                key: pattern([v if v is ABSENT else v[key] for v in values], (*wanted, key))
                for key in keys.pop()
            }
    return Hole(list(values), wanted, "value")


def holes_in(value: Any) -> list[Hole]:
    """The holes in a value."""
    if isinstance(value, Hole):
        return [value]
    if isinstance(value, Text):
        return [value.hole]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [hole for item in inner for hole in holes_in(item)]


def filled(value: Any) -> Any:
    """A value with expressions in its holes."""
    if isinstance(value, Hole):
        return f"${{{value.expression}}}" if value.expression else value.literal
    if isinstance(value, Text):
        return f"{value.before}${{{value.hole.expression}}}{value.after}"
    if isinstance(value, dict):
        return {key: filled(item) for key, item in value.items()}
    return [filled(item) for item in value] if isinstance(value, list) else value


def find_params(holes: list[Hole], most: int | None = None) -> list[Param]:
    """The params for holes, in the order of the holes; sets the expressions of all.

    Args:
        holes: in the order that they have in the block.
        most: how many there may be, if that is limited.

    Raises:
        Unfit: where there are more.
    """
    found: list[Param] = []
    constant = [hole for hole in holes if hole.literal is not ABSENT]
    for hole in sorted((h for h in holes if h.literal is ABSENT), key=_from_small_to_large):
        param, form = _known(hole, found)
        if param is None:
            param, form = Param("", list(hole.values), hole.pool), "{}"
            found.append(param)
            if most is not None and len(found) > most:
                raise Unfit
        param.holes.append((hole, form))
    place = {id(hole): number for number, hole in enumerate(holes)}
    found.sort(key=lambda param: min(place[id(hole)] for hole, _ in param.holes))
    used: set[str] = set()
    for param in found:
        first = min(param.holes, key=lambda pair: (pair[1] != "{}", place[id(pair[0])]))[0]
        param.name = _fresh(first.wanted, used)
        for hole, form in param.holes:
            hole.expression = form.format(param.name)
    for hole in constant:
        shared = _equal(hole, found)
        hole.expression = shared.name if shared else ""
    return found


def _from_small_to_large(hole: Hole) -> tuple[bool, bool, float]:
    """So that filters are a param, and not four times as many; flags first, which may choose."""
    numbers = [value for value in hole.values if type(value) is int]
    known = [value for value in hole.values if value is not ABSENT]
    are_numbers = len(numbers) == len(known)
    return (hole.pool != "flag", are_numbers, sum(numbers) / max(1, len(numbers)))


def _known(hole: Hole, params: list[Param]) -> tuple[Param | None, str]:
    """The param that stands for a hole, and how."""
    equal = _equal(hole, params)
    if equal is not None:
        return equal, "{}"
    for param in params:
        form = _related(hole, param) or _chosen_by(hole, param)
        if form is not None:
            return param, form
    return None, ""


def _equal(hole: Hole, params: list[Param]) -> Param | None:
    """The param that has the values of a hole; what it did not know is filled in."""
    for param in params:
        if param.pool == hole.pool and _fits(hole.values, param.values):
            pairs = zip(hole.values, param.values, strict=True)
            param.values = [b if a is ABSENT else a for a, b in pairs]
            return param
    return None


def _chosen_by(hole: Hole, flag: Param) -> str | None:
    """How a flag chooses between the two values of a hole, one of which is the usual one."""
    if flag.pool != "flag" or hole.pool != "value":
        return None
    pairs = [(a, b) for a, b in zip(hole.values, flag.values, strict=True) if a is not ABSENT]
    by_flag = {on: [a for a, b in pairs if b is on] for on in (True, False)}
    if min(map(len, by_flag.values())) < 2:
        return None
    yes, no = ({repr(value) for value in by_flag[on]} for on in (True, False))
    choices = [by_flag[True][0], by_flag[False][0]]
    if len(yes) != 1 or len(no) != 1 or not all(type(c) in (str, int, bool) for c in choices):
        return None
    if type(choices[0]) is not type(choices[1]):
        return None
    words = [str(c).lower() if isinstance(c, bool) else repr(c) for c in choices]
    return f"{words[0]} if {{}} else {words[1]}"


def _fits(left: list[Any], right: list[Any]) -> bool:
    met = False
    for a, b in zip(left, right, strict=True):
        if a is not ABSENT and b is not ABSENT:
            met = True
            if type(a) is not type(b) or repr(a) != repr(b):
                return False
    return met


def _related(hole: Hole, param: Param) -> str | None:
    """How the values of a hole follow from those of a param, where they do."""
    if param.pool != hole.pool or hole.pool == "text":
        return None
    pairs = [(a, b) for a, b in zip(hole.values, param.values, strict=True) if a is not ABSENT]
    if not all(type(a) is type(b) is int for a, b in pairs):
        if hole.pool == "flag" and all(type(b) is bool for _, b in pairs):
            return "not {}" if all(a is not b for a, b in pairs) else None
        return None
    a, b = pairs[0]
    if hole.pool == "number":
        by = a - b
        return (
            f"{{}} {'+' if by > 0 else '-'} {abs(by)}"
            if all(a - b == by for a, b in pairs)
            else None
        )
    if b and a % b == 0 and a // b in _FACTORS and len({b for _, b in pairs}) > 1:
        return f"{a // b} * {{}}" if all(x == a // b * y for x, y in pairs) else None
    return None


def _fresh(wanted: tuple[str, ...], used: set[str]) -> str:
    """A name that is free: the shortest of the wanted ones, else one with a number."""
    words = [re.sub(r"\W", "_", word) for word in wanted]
    words = [word if word[:1].isalpha() else f"with_{word}" for word in words if word]
    for word in words:
        if word.lower() not in used and word not in _RESERVED:
            used.add(word.lower())
            return word
    number = 2
    while f"{words[-1]}_{number}".lower() in used:
        number += 1
    used.add(f"{words[-1]}_{number}".lower())
    return f"{words[-1]}_{number}"
