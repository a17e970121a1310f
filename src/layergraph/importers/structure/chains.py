"""Nodes that follow one another, each feeding the next alone, become a chain."""

from __future__ import annotations

from collections import Counter
from typing import Any

from layergraph.importers.structure.repeats import (
    Entries,
    Now,
    Place,
    References,
    Shortened,
    references_in,
    renamed,
)
from layergraph.importers.structure.sizes import size_of, size_of_entry
from layergraph.spec.names import NAME

_HEAD = 24
"""How many characters the two lines of a chain take, above its items."""


def with_chains(entries: Entries, place: Place, outputs: tuple[str, ...]) -> Shortened:
    """The nodes with chains where they make the file shorter.

    Args:
        entries: the nodes.
        place: where they stand.
        outputs: references to them from elsewhere.
    """
    references: dict[str, Now] = {}
    chains: dict[str, tuple[str, dict[str, Any]]] = {}
    gone: set[str] = set()
    taken = set(place.taken) | {key.lower() for key in entries}
    for path in _paths(entries, place, outputs):
        start = 0
        while start < len(path):
            keys, found = _longest(path[start:], entries, place, taken)
            start += len(keys)
            if found is None:
                continue
            key, steps = found
            chains[keys[0]] = key, _chain(keys, entries, steps)
            taken.add(key.lower())
            gone.update(keys)
            for old, step in zip(keys, steps, strict=True):
                references[old] = Now(f"{key}.{step}", f"{key}.{step}")
            references[keys[-1]] = Now(key, f"{key}.{steps[-1]}")
    result: Entries = {}
    for old, entry in entries.items():
        if old in chains:
            result[chains[old][0]] = chains[old][1]
        elif old not in gone:
            result[old] = entry
    return Shortened(
        {key: _renamed(entry, references) for key, entry in result.items()}, references
    )


def _renamed(entry: dict[str, Any], references: References) -> dict[str, Any]:
    found = renamed(entry, references)
    if "chain" in found:
        found["chain"] = [
            renamed(item, references) if isinstance(item, dict) else item for item in found["chain"]
        ]
    return found


def _paths(entries: Entries, place: Place, outputs: tuple[str, ...]) -> list[list[str]]:
    """Keys of nodes each of which is called on the one before it, which feeds nothing else."""
    users: Counter[str] = Counter(_key(text) for text in outputs)
    bare: Counter[str] = Counter()
    for entry in entries.values():
        for text in references_in(entry):
            users[_key(text)] += 1
            bare[text] += 1
    follower = {
        entry["from"]: key
        for key, entry in entries.items()
        if isinstance(entry["from"], str)
        and users[entry["from"]] == bare[entry["from"]] == 1
        and entry["from"] in entries
        and _may_be_item(key, entry, place)
        and _may_be_item(entry["from"], entries[entry["from"]], place)
    }
    followers = set(follower.values())
    paths = []
    for head in entries:
        if head in follower and head not in followers:
            path = [head]
            while path[-1] in follower:
                path.append(follower[path[-1]])
            paths.append(path)
    return paths


def _may_be_item(key: str, entry: dict[str, Any], place: Place) -> bool:
    return (
        key not in place.kept
        and isinstance(entry["from"], str)
        and not {"name", "use", "else", "when"} & set(entry)
    )


def _longest(
    path: list[str], entries: Entries, place: Place, taken: set[str]
) -> tuple[list[str], tuple[str, list[str]] | None]:
    """The nodes at the beginning of a path that are best written as one chain."""
    best: tuple[int, list[str], tuple[str, list[str]]] | None = None
    for size in range(2, len(path) + 1):
        keys = path[:size]
        found = _named(keys, entries, place, taken)
        if found is None:
            if not all(place.is_free(entries[key]) for key in keys) and not _prefix(keys):
                break
            continue
        before = sum(size_of_entry(key, entries[key]) for key in keys)
        key, steps = found
        after = len(key) + _HEAD + size_of(entries[keys[0]]["from"])
        for number, (old, step) in enumerate(zip(keys, steps, strict=True), start=1):
            item = _item(entries[old], step, number)
            after += size_of(item) + 10
        saves = before - after
        if saves > 0 and (best is None or saves > best[0]):
            best = saves, keys, found
    return (best[1], best[2]) if best else (path[:1], None)


def _named(
    keys: list[str], entries: Entries, place: Place, taken: set[str]
) -> tuple[str, list[str]] | None:
    """The key of a chain and the steps to its items, so that the names of layers stay."""
    if all(place.is_free(entries[key]) for key in keys):
        return keys[0], [str(number) for number in range(1, len(keys) + 1)]
    prefix = _prefix(keys)
    while prefix:
        steps = [
            str(number) if place.is_free(entries[key]) else key[len(prefix) + 1 :]
            for number, key in enumerate(keys, start=1)
        ]
        is_free = prefix.lower() not in taken or prefix in keys
        are_steps = all(
            step == str(number)
            or (
                NAME.fullmatch(step) is not None
                and not step.isdigit()
                and "block" not in entries[key]  # whose name tells more than its place
            )
            for number, (key, step) in enumerate(zip(keys, steps, strict=True), start=1)
        )
        if is_free and are_steps and len({step.lower() for step in steps}) == len(steps):
            return prefix, steps
        prefix = prefix.rpartition("_")[0]
    return None


def _prefix(keys: list[str]) -> str:
    """What keys have in common, up to a `_`."""
    least, most = min(keys), max(keys)
    size = next(
        (n for n, (a, b) in enumerate(zip(least, most, strict=False)) if a != b), len(least)
    )
    return least[:size].rpartition("_")[0]


def _chain(keys: list[str], entries: Entries, steps: list[str]) -> dict[str, Any]:
    pairs = enumerate(zip(keys, steps, strict=True), start=1)
    items = [_item(entries[key], step, number) for number, (key, step) in pairs]
    return {"from": entries[keys[0]]["from"], "chain": items}


def _item(entry: dict[str, Any], step: str, number: int) -> dict[str, Any] | str:
    """An item of a chain: a mapping, or the name of a type alone."""
    found = {} if step == str(number) else {"name": step}
    found |= {key: value for key, value in entry.items() if key != "from"}
    return found["type"] if list(found) == ["type"] else found


def _key(text: str) -> str:
    return text.partition(".")[0].partition(":")[0]
