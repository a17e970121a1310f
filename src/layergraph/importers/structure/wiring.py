"""What the slots of a rule are called on, so that it is right for every instance.

Where a slot is left out in some instances, whoever is called on it is called on something else
there: what the slot stands for then, its `else`.
"""

from __future__ import annotations

from typing import NamedTuple

from layergraph.importers.structure.items import Item, Ref
from layergraph.importers.structure.windows import MOST_INPUTS

Row = tuple[Item | None, ...]
"""The items of an instance, by slot; None where one is left out."""


class Unfit(Exception):
    """The instances cannot be those of one block."""


class Target(NamedTuple):
    """What a reference names in a block: a slot, and what is in it; or an input, by its number."""

    slot: int
    input: int = -1
    path: tuple[str, ...] = ()
    rest: str = ""


class Wiring(NamedTuple):
    """References in a block.

    `calls` are those of each slot, in the order of its `from`; `otherwise` what a slot stands for
    where it is left out, if that is not what it is called on; `output` is what the block gives;
    `inputs` are what each instance is called on.
    """

    calls: tuple[tuple[Target, ...], ...]
    otherwise: dict[int, Target]
    output: Target
    inputs: tuple[tuple[Ref, ...], ...]
    shortcuts: frozenset[int]
    """Slots beside others on the way from an input to where both are joined."""


def wire(rows: list[Row]) -> Wiring:
    """The references of a block.

    Raises:
        Unfit: where no references are right for all instances.
    """
    return _Wirer(rows).wire()


class _Wirer:
    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows
        self._inside = [
            {leaf: k for k, part in enumerate(row) if part is not None for leaf in part.leaves}
            for row in rows
        ]
        self._inputs: list[list[Ref | None]] = []
        self._fallbacks: dict[int, dict[int, Target]] = {}

    def wire(self) -> Wiring:
        slots = range(len(self._rows[0]))
        asked = {slot: self._asked(slot) for slot in slots}
        last = {i: self._last(row) for i, row in enumerate(self._rows)}
        output = self._chosen(last)
        calls: dict[int, tuple[Target, ...]] = {}
        otherwise: dict[int, Target] = {}
        for slot in reversed(slots):
            calls[slot] = tuple(self._chosen(demands) for demands in asked[slot])
            missing = any(row[slot] is None for row in self._rows)
            fallback = self._fallbacks.get(slot)
            if fallback is not None:
                stands_for = self._chosen(fallback)
                if calls[slot] != (stands_for,):
                    otherwise[slot] = stands_for
            elif missing and len(calls[slot]) > 1:
                otherwise[slot] = calls[slot][0]
        found = {slot: to for slot, to in otherwise.items() if not self._follows(slot, to, calls)}
        ends = {k: calls[k][0] for k in slots if len(calls[k]) == 1} | otherwise
        joined = frozenset(
            target.slot
            for targets in calls.values()
            for target in targets
            if len(targets) > 1 and ends.get(target.slot, target).slot < 0
        )
        wired = tuple(calls[slot] for slot in slots)
        return Wiring(wired, found, output, self._given(), joined)

    def _follows(self, slot: int, to: Target, calls: dict[int, tuple[Target, ...]]) -> bool:
        """Whether a slot stands for this anyway: what it is called on is left out with it."""
        while len(calls[slot]) == 1:
            slot_before = calls[slot][0]
            if slot_before == to:
                return True
            before = slot_before.slot
            absent = [i for i, row in enumerate(self._rows) if row[slot] is None]
            if before < 0 or any(self._rows[i][before] is not None for i in absent):
                return False
            slot = before
        return False

    def _last(self, row: Row) -> Target:
        return Target(max(slot for slot, part in enumerate(row) if part is not None))

    def _asked(self, slot: int) -> list[dict[int, Target]]:
        """What each reference of a slot names, by instance; inputs get their numbers."""
        size = next(len(row[slot].refs) for row in self._rows if row[slot] is not None)  # type: ignore[union-attr]
        found = []
        for position in range(size):
            demands: dict[int, Target] = {}
            outside: dict[int, Ref] = {}
            for i, row in enumerate(self._rows):
                part = row[slot]
                if part is None:
                    continue
                ref = part.refs[position]
                at = self._inside[i].get(ref.leaf)
                if at is None:
                    outside[i] = ref
                else:
                    holder = row[at]
                    assert holder is not None
                    demands[i] = Target(at, -1, holder.path_to(ref.leaf), ref.rest)
            if outside:
                number = self._input(outside)
                demands |= dict.fromkeys(outside, Target(-1, number))
            found.append(demands)
        return found

    def _input(self, given: dict[int, Ref]) -> int:
        """The number of the input that instances are given this for."""
        fitting = (
            number
            for number, known in enumerate(self._inputs)
            if all(known[i] in (None, ref) for i, ref in given.items())
        )
        number = next(fitting, len(self._inputs))
        if number == MOST_INPUTS:
            raise Unfit
        if number == len(self._inputs):
            self._inputs.append([None] * len(self._rows))
        for i, ref in given.items():
            self._inputs[number][i] = ref
        return number

    def _chosen(self, demands: dict[int, Target]) -> Target:
        """What to name, so that each instance gets what it asks."""
        targets = set(demands.values())
        if len(targets) == 1:
            return targets.pop()
        target = max(targets)
        if target.slot < 0 or target.path or target.rest:
            raise Unfit
        known = self._fallbacks.setdefault(target.slot, {})
        for i, other in demands.items():
            if other == target:
                continue
            if self._rows[i][target.slot] is not None or known.setdefault(i, other) != other:
                raise Unfit
        return target

    def _given(self) -> tuple[tuple[Ref, ...], ...]:
        if not self._inputs:
            raise Unfit
        found = []
        for i in range(len(self._rows)):
            refs = [known[i] for known in self._inputs]
            first = next((ref for ref in refs if ref is not None), None)
            if first is None:
                raise Unfit
            found.append(tuple(ref or first for ref in refs))
        return tuple(found)
