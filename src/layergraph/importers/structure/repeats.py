"""Nodes of one kind that follow one another become one with `repeat`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from layergraph.importers.structure.copies import Differ, over_copies
from layergraph.importers.structure.sizes import size_of_entry
from layergraph.spec.names import NAME

Entries = dict[str, dict[str, Any]]

_OWN = ("type", "block", "from", "name")
_LONGEST = 64
_LEAST_NAMED = 3
"""How many copies there have to be, where they need a name that counts."""


class Place(NamedTuple):
    """Where nodes stand, and what has to be known of that.

    Attributes:
        taken: names in lower case that none of them can have.
        kept: the keys of nodes that stay as they are.
        is_block: whether names of layers begin with what stands for an instance.
        default: what an argument of an entry is where it is not given, beside what others give;
            raises LookupError.
        is_free: whether nothing in an entry is named after its key.
    """

    taken: frozenset[str]
    kept: frozenset[str]
    is_block: bool
    default: Callable[[Mapping[str, Any], str, list[Any]], Any]
    is_free: Callable[[Mapping[str, Any]], bool]


class Now(NamedTuple):
    """What a node that there was is named by now: itself, and before what is in it."""

    itself: str
    before: str


References = Mapping[str, Now]
"""What nodes that there were are named by now, by their keys."""


class Shortened(NamedTuple):
    """Nodes, and what the references to nodes that there were have become."""

    entries: Entries
    references: References


def with_repeats(entries: Entries, place: Place) -> Shortened:
    """The nodes with those that repeat as one."""
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    references: dict[str, Now] = {}
    gone: set[str] = set()
    taken = set(place.taken) | {key.lower() for key in entries}
    for run in _runs(entries, place):
        for keys in _segments(run, entries, place, taken):
            key, entry = _repeated(keys, entries, place, taken)
            found[keys[0]] = key, entry
            taken.add(key.lower())
            gone.update(keys)
            copies = {old: f"{key}.{n}" for n, old in enumerate(keys, start=1)}
            references |= {old: Now(copy, copy) for old, copy in copies.items()}
            references[keys[-1]] = Now(key, copies[keys[-1]])
    result: Entries = {}
    for key, entry in entries.items():
        if key in found:
            result[found[key][0]] = found[key][1]
        elif key not in gone:
            result[key] = entry
    return Shortened({key: renamed(entry, references) for key, entry in result.items()}, references)


def renamed(entry: dict[str, Any], references: References) -> dict[str, Any]:
    """An entry that refers to what its references have become."""
    return {
        key: _each(value, references) if key in ("from", "else", "use") else value
        for key, value in entry.items()
    }


def reference_to(text: str, references: References) -> str:
    """What a reference has become."""
    cut = min(at for at in (text.find("."), text.find(":"), len(text)) if at >= 0)
    key, rest = text[:cut], text[cut:]
    now = references.get(key, Now(key, key))
    return (now.before if rest.startswith(".") else now.itself) + rest


def references_in(entry: Mapping[str, Any]) -> list[str]:
    """The references of an entry."""
    found: list[str] = []
    waiting = [entry[key] for key in ("from", "else", "use") if key in entry]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.append(value)
        else:
            waiting += value if isinstance(value, list) else value.values()
    return found


def _each(value: Any, references: References) -> Any:
    if isinstance(value, str):
        return reference_to(value, references)
    if isinstance(value, list):
        return [_each(item, references) for item in value]
    return {name: _each(item, references) for name, item in value.items()}


def _runs(entries: Entries, place: Place) -> list[list[str]]:
    """Keys of nodes of one kind, each called on the one before it."""
    follower: dict[str, str] = {}
    for key, entry in entries.items():
        before = _first(entry)
        if (
            before in entries
            and before not in follower
            and not {key, before} & place.kept
            and _kind(entries[before]) == _kind(entry)
            and "when" not in entry
        ):
            follower[before] = key
    heads = [key for key in entries if key in follower and key not in set(follower.values())]
    runs = []
    for head in heads:
        run = [head]
        while run[-1] in follower:
            run.append(follower[run[-1]])
        runs.append(run)
    return runs


def _first(entry: Mapping[str, Any]) -> str:
    given = entry.get("from")
    if isinstance(given, list) and "block" in entry and given:
        given = given[0]
    return given if isinstance(given, str) else ""


def _kind(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    given = entry["from"]
    others = tuple(given[1:]) if isinstance(given, list) else ()
    own = [entry.get(key) for key in ("type", "block", "use", "nested", "when")]
    return (*own, type(given), repr(others), repr(entry.get("call")))


def _segments(run: list[str], entries: Entries, place: Place, taken: set[str]) -> list[list[str]]:
    """The parts of a run that are best written as one, by about how long they then are."""
    best: list[tuple[int, int]] = [(0, 0)]
    for end in range(1, len(run) + 1):
        alone = best[end - 1][0] + size_of_entry(run[end - 1], entries[run[end - 1]])
        choices = [(alone, end - 1)]
        for start in range(max(0, end - _LONGEST), end - 1):
            try:
                key, entry = _repeated(run[start:end], entries, place, taken)
            except Differ:
                continue
            choices.append((best[start][0] + size_of_entry(key, entry), start))
        best.append(min(choices))
    found = []
    end = len(run)
    while end:
        start = best[end][1]
        if end - start > 1:
            found.append(run[start:end])
        end = start
    return found[::-1]


def _repeated(
    keys: list[str], entries: Entries, place: Place, taken: set[str]
) -> tuple[str, dict[str, Any]]:
    """The key and the entry that stand for several.

    Raises:
        Differ: where they cannot be one.
    """
    members = [entries[key] for key in keys]
    first = members[0]
    key, name = _named(keys, members, place, taken)
    found = {name: value for name, value in first.items() if name in ("type", "block", "from")}
    found["repeat"] = len(keys)
    if name:
        found["name"] = name
    for argument in dict.fromkeys(name for member in members for name in member):
        if argument not in _OWN:
            given = [member[argument] for member in members if argument in member]
            values = [_argument(member, argument, given, place) for member in members]
            found[argument] = over_copies(values)
    text = repr(found)
    choices = text.count(" if i == ") + text.count("[i - 1]")
    if choices > len(keys) - 1 or text.count("[i - 1]") > 1 or (name and len(keys) < _LEAST_NAMED):
        raise Differ  # that would be a riddle
    return key, found


def _argument(entry: Mapping[str, Any], name: str, given: list[Any], place: Place) -> Any:
    try:
        return entry[name] if name in entry else place.default(entry, name, given)
    except LookupError:
        raise Differ from None


def _named(
    keys: list[str], members: list[dict[str, Any]], place: Place, taken: set[str]
) -> tuple[str, str]:
    """The key of what stands for several nodes, and its `name` if the key does not do."""
    stem = keys[0].removesuffix("1")
    has_names = any("name" in member for member in members)
    glued = all(key == f"{stem}{n}" for n, key in enumerate(keys, start=1))
    is_key = NAME.fullmatch(stem) is not None and not stem.isdigit() and stem.lower() not in taken
    if place.is_free(members[0]) and not has_names:
        return keys[0], ""
    if stem.endswith("_") and len(keys) < _LEAST_NAMED:
        raise Differ  # which reads like names that are numbered
    if glued and is_key and not has_names:
        return stem, ""
    if place.is_block and not all("name" in member for member in members):
        raise Differ
    names = [str(member.get("name", key)) for key, member in zip(keys, members, strict=True)]
    name = str(over_copies(list(names)))
    return _fresh(f"{keys[0]}_to_{keys[-1].rpartition('_')[2]}"[-_LONGEST:], taken), name


def _fresh(wanted: str, taken: set[str]) -> str:
    key, number = wanted, 1
    while key.lower() in taken:
        number += 1
        key = f"{wanted}_{number}"
    return key
