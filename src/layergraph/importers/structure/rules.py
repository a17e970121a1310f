"""Rules: blocks in the making, with all their instances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from layergraph.importers.structure.defaults import default_of
from layergraph.importers.structure.items import Item, Ref, written
from layergraph.importers.structure.naming import prefixes_of, varied
from layergraph.importers.structure.params import (
    ABSENT,
    Hole,
    Param,
    Text,
    filled,
    find_params,
    holes_in,
    pattern,
)
from layergraph.importers.structure.sizes import size_of_entry
from layergraph.importers.structure.wiring import Row, Target, Wiring, wire
from layergraph.importers.structure.words import block_word, flag_words, word_of

_INPUTS = ("x", "y", "z")
_SMALL = 8
"""Up to which numbers may well be the same by chance, as sizes of kernels are."""

_MOST_PARAMS = 16
"""The most params of a block that anybody would call."""


@dataclass(eq=False)
class Rule:
    """A block: a row of items for each instance, and what follows from them.

    Attributes:
        rows: the items of each instance, by slot.
        keys: what names the slots.
        paths: what stands before what is in them.
        suffixes: what the names of layers in them end with, where that tells them from others.
        params: its params.
        body: the block as a file has it.
        prefixes: what the names of each instance begin with.
        inputs: what each instance is called on.
        name: the block's name.
        calls: what the slots are called on.
    """

    rows: list[Row]
    keys: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    suffixes: tuple[str | None, ...] = ()
    params: list[Param] = field(default_factory=list)
    body: dict[str, Any] = field(default_factory=dict)
    prefixes: tuple[str | None, ...] = ()
    inputs: tuple[tuple[Ref, ...], ...] = ()
    name: str = "block"
    calls: tuple[tuple[Target, ...], ...] = ()

    @property
    def size(self) -> int:
        """How many characters the block takes in a file."""
        lines = (size_of_entry(key, entry) + 6 for key, entry in self.body["layers"].items())
        params = (
            size_of_entry(key, {"": value}) for key, value in self.body.get("params", {}).items()
        )
        return 70 + sum(lines) + sum(params)

    def arguments(self, number: int) -> dict[str, Any]:
        """The params that an instance gives."""
        found = {}
        for param in self.params:
            value = param.values[number]
            if value is not ABSENT and not param.is_default(value):
                found[param.name] = value
        return found

    def default(self, name: str) -> Any:
        """The default of a param."""
        return next(param.default for param in self.params if param.name == name)

    def pool(self, name: str) -> str:
        """What kind of values a param has."""
        return next(param.pool for param in self.params if param.name == name)

    def instance(self, number: int, item: Item | None = None) -> Item:
        """One of its instances as an item; the given one, changed to it."""
        row = self.rows[number]
        refs = self.inputs[number]
        last = max(slot for slot, part in enumerate(row) if part is not None)
        output = row[last]
        assert output is not None
        found = item or Item("", {}, 0, (), {}, None, output.output)
        found.kind = ("rule", id(self))
        found.entry = {"block": self.name}
        found.form = 0 if len(refs) == 1 else tuple(range(len(refs)))
        found.refs = refs
        found.args = self.arguments(number)
        found.name = self.prefixes[number]
        found.output = output.output
        found.rule, found.parts = self, row
        found.leaves = frozenset(leaf for part in row if part is not None for leaf in part.leaves)
        found.measure()
        return found


def rule_of(rows: list[Row]) -> Rule:
    """The block of which these are the instances.

    Raises:
        Unfit: where there is none.
    """
    rule = Rule(rows)
    solve(rule, most=_MOST_PARAMS)
    return rule


def solve(rule: Rule, *, most: int | None = None) -> None:
    """Find keys, params and references of a rule from its rows.

    Args:
        rule: the rule, changed.
        most: how many params it may have, if that is limited.

    Raises:
        Unfit: where there are none that are right for all instances, or too many params.
    """
    wiring = wire(rule.rows)
    slots = [tuple(row[slot] for row in rule.rows) for slot in range(len(rule.rows[0]))]
    inputs = _INPUTS[: len(wiring.inputs[0])]
    names = tuple(tuple(part.name if part else None for part in parts) for parts in slots)
    found = prefixes_of(names, frozenset(inputs))
    words = [word_of(_any(parts).entry, _any(parts).args) for parts in slots]
    keys = _keys(found.suffixes, words, inputs)
    rule.keys = rule.paths = keys
    rule.prefixes, rule.suffixes, rule.inputs = found.prefixes, found.suffixes, wiring.inputs
    rule.calls = wiring.calls
    if rule.name == "block":
        rule.name = block_word(found.prefixes, words)
    flags = _flags(slots, keys, words, wiring)
    patterns = []
    for slot, parts in enumerate(slots):
        named = _name_pattern(names[slot], keys[slot]) if found.suffixes[slot] is None else None
        patterns.append((_argument_patterns(parts, keys[slot]), named))
    holes = list(dict.fromkeys(flags.values()))
    for arguments, named in patterns:
        holes += [hole for value in arguments.values() for hole in holes_in(value)]
        holes += holes_in(named)
    rule.params = find_params(holes, most)
    layers = {}
    for slot, parts in enumerate(slots):
        arguments, named = patterns[slot]
        entry = {"when": f"${{{flags[slot].expression}}}"} if slot in flags else {}
        layers[keys[slot]] = entry | _entry(slot, _any(parts), wiring, keys, inputs)
        if named:
            layers[keys[slot]]["name"] = filled(named)
        layers[keys[slot]] |= {name: filled(value) for name, value in arguments.items()}
    rule.body = _body(rule.params, inputs, layers, _reference(wiring.output, keys, inputs))


def _body(
    params: list[Param], inputs: tuple[str, ...], layers: dict[str, Any], output: str
) -> dict[str, Any]:
    declared: dict[str, Any] = {}
    for param in params:
        default = param.default
        declared[param.name] = {} if default is ABSENT else default
    found: dict[str, Any] = {"params": declared} if declared else {}
    return found | {"inputs": list(inputs), "layers": layers, "outputs": output}


def _entry(
    slot: int, item: Item, wiring: Wiring, keys: tuple[str, ...], inputs: tuple[str, ...]
) -> dict[str, Any]:
    """A node of a block, less its arguments and its name."""
    refs = tuple(_reference(target, keys, inputs) for target in wiring.calls[slot])
    found = {**item.entry, "from": written(item.form, refs)}
    if slot in wiring.otherwise:
        found["else"] = _reference(wiring.otherwise[slot], keys, inputs)
    return found


def _reference(target: Target, keys: tuple[str, ...], inputs: tuple[str, ...]) -> str:
    if target.slot < 0:
        return inputs[target.input]
    return ".".join((keys[target.slot], *target.path)) + target.rest


def _keys(
    suffixes: tuple[str | None, ...], words: list[str], inputs: tuple[str, ...]
) -> tuple[str, ...]:
    used = {*inputs, *(suffix.lower() for suffix in suffixes if suffix)}
    found = []
    for suffix, word in zip(suffixes, words, strict=True):
        key, number = suffix or word, 1
        while suffix is None and key.lower() in used:
            number += 1
            key = f"{word}_{number}"
        used.add(key.lower())
        found.append(key)
    return tuple(found)


def _flags(
    slots: list[tuple[Item | None, ...]],
    keys: tuple[str, ...],
    words: list[str],
    wiring: Wiring,
) -> dict[int, Hole]:
    """A hole for each slot that may be left out; one for those that are so together."""
    together: dict[tuple[bool, ...], list[int]] = {}
    for slot, parts in enumerate(slots):
        there = tuple(part is not None for part in parts)
        if not all(there):
            together.setdefault(there, []).append(slot)
    found: dict[int, Hole] = {}
    for there, members in together.items():
        wanted = flag_words([keys[slot] for slot in members], [words[slot] for slot in members])
        last = members[-1]
        if last in wiring.shortcuts and words[members[0]] in ("conv", "dense"):
            wanted = ("project", *wanted)
        hole = Hole(list(there), wanted, "flag")
        found |= dict.fromkeys(members, hole)
    return found


def _argument_patterns(parts: tuple[Item | None, ...], key: str) -> dict[str, Any]:
    names = dict.fromkeys(name for part in parts if part for name in part.args)
    found = {}
    for name in names:
        given = [part.args[name] for part in parts if part and name in part.args]
        values = [ABSENT if part is None else _argument(part, name, given) for part in parts]
        value = pattern(values, (name, f"{key}_{name}"))
        if ABSENT in values and type(value) is int and value > _SMALL:
            value = Hole(values, (name,), "value", literal=value)
        rule = _any(parts).rule
        if rule is not None and rule.pool(name) == "text" and isinstance(value, Hole):
            value = _name_pattern(
                [v if isinstance(v, str) else None for v in values], f"{key}_{name}"
            )
        elif rule is not None:
            for hole in holes_in(value):
                hole.pool = rule.pool(name)
        found[name] = value
    return found


def _argument(item: Item, name: str, given: list[Any]) -> Any:
    if name in item.args:
        return item.args[name]
    if item.rule is not None:
        return item.rule.default(name)
    default = default_of(item.entry["type"], name)
    assert default is not None
    return default.beside(given)


def _name_pattern(names: Sequence[str | None], key: str) -> Text | None:
    """Names with a hole where they differ; None where there are none."""
    if not any(names):
        return None
    found = varied(tuple(names))
    values = [ABSENT if value is None else value for value in found.values]
    is_number = any(type(value) is int for value in values)
    wanted: tuple[str, ...] = ("n", "number") if is_number else ("id", "label")
    if not found.before and not found.after:
        wanted = (f"{key.removesuffix('_name')}_name",)
    hole = Hole(values, wanted, "number" if is_number else "text")
    return Text(found.before, hole, found.after)


def _any(parts: Iterable[Item | None]) -> Item:
    return next(part for part in parts if part is not None)
