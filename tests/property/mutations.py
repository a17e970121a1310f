"""Graph files with mistakes that nobody thought of: sound ones, changed at random."""

from __future__ import annotations

import copy
import random
from typing import Any

import yaml

SCALARS: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 3, 7, 10**12, -(10**12), 2**31, 10**300, 0.5, -0.5, 1e300),
    *("", " ", "x", "a.b", "a:1", "a:99", "1", "true", "relu", "Dense", "LSTM", "same", "é", "\n"),
    *("${i}", "${item}", "${1 // 0}", "${", "${n.m}", "${[1, 2]}", "${true}", "$${"),
    *("a.1", "x.y.z", "stack.2.out", "../x.yaml"),
    *("batch", "time", "a" * 300, "*", "${n}", ":", "..", "x\ty"),
)
VALUES: tuple[Any, ...] = (
    *([], {}, [[]], [None], [1, 2, 3], {"type": "Dense"}, {"type": None}, {"type": []}, {"": {}}),
    *({"block": "b"}, {"use": "x", "from": "x"}, {"repeat": 2}, {"default": 1}, {"example": None}),
    *({"chain": ["ReLU"]}, {"chain": [{"chain": ["Flatten"]}]}, {"type": "LSTM", "units": 2}),
)
Holder = dict[Any, Any] | list[Any]


def mutated(text: str, rng: random.Random, times: int) -> str:
    """A graph file after some changes, each at a random place."""
    data = yaml.safe_load(text)
    donor = copy.deepcopy(data)
    for _ in range(times):
        holders = _holders(data)
        if not holders:
            break
        rng.choice(MUTATIONS)(rng.choice(holders), donor, rng)
    dumped: str = yaml.safe_dump(
        copy.deepcopy(data),
        sort_keys=False,
        default_flow_style=rng.choice([True, False, None]),
        allow_unicode=True,
        width=rng.choice([20, 100]),
    )
    return dumped


def _holders(data: Any) -> list[Holder]:
    """Every mapping and list that is not empty."""
    found: list[Holder] = []
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if not isinstance(value, dict | list):
            continue
        waiting += value.values() if isinstance(value, dict) else value
        if value:
            found.append(value)
    return found


def _place(holder: Holder, rng: random.Random) -> Any:
    return rng.choice(list(holder)) if isinstance(holder, dict) else rng.randrange(len(holder))


def _delete(holder: Holder, donor: Any, rng: random.Random) -> None:
    del holder[_place(holder, rng)]


def _set(holder: Holder, donor: Any, rng: random.Random) -> None:
    holder[_place(holder, rng)] = copy.deepcopy(rng.choice(SCALARS + VALUES))


def _rename(holder: Holder, donor: Any, rng: random.Random) -> None:
    if isinstance(holder, list):
        return
    old = _place(holder, rng)
    letters = list(str(old))
    rng.shuffle(letters)
    new = rng.choice(["".join(letters), str(old).upper(), f"{old}s", str(old)[:-1], "from", "type"])
    items = [(new if key == old else key, value) for key, value in holder.items()]
    holder.clear()
    holder.update(items)


def _graft(holder: Holder, donor: Any, rng: random.Random) -> None:
    """Put a value from elsewhere in the file: a reference to another node, a node for a list."""
    source = rng.choice(_holders(donor))
    holder[_place(holder, rng)] = copy.deepcopy(source[_place(source, rng)])


def _add(holder: Holder, donor: Any, rng: random.Random) -> None:
    source = rng.choice(_holders(donor))
    place = _place(source, rng)
    if isinstance(holder, list):
        holder.insert(rng.randrange(len(holder) + 1), copy.deepcopy(source[place]))
    else:
        holder[str(place)] = copy.deepcopy(source[place])


def _give(holder: Holder, donor: Any, rng: random.Random) -> None:
    """Give a mapping a key that nodes may have."""
    if isinstance(holder, dict):
        key, values = rng.choice(GIVEN)
        holder[key] = copy.deepcopy(rng.choice(values))


def _shuffle(holder: Holder, donor: Any, rng: random.Random) -> None:
    if isinstance(holder, list):
        rng.shuffle(holder)
        return
    items = list(holder.items())
    rng.shuffle(items)
    holder.clear()
    holder.update(items)


def _swap(holder: Holder, donor: Any, rng: random.Random) -> None:
    first, second = _place(holder, rng), _place(holder, rng)
    holder[first], holder[second] = holder[second], holder[first]


GIVEN: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("repeat", (0, 1, 2, 3, "${2}", "${i}", -1, True)),
    ("each", ([1, 2], ["a"], [{"units": 2}], "${[1, 2]}", [], {})),
    ("when", (True, False, "${i == 1}", "${1 > 2}", 0)),
    ("else", ("x", "out", "a.1", "x:0")),
    ("nested", (True, False)),
    ("name", ("same", "n_${i}", "x")),
    ("use", ("x", "out", "a")),
)
MUTATIONS = (_delete, _set, _set, _rename, _graft, _add, _shuffle, _swap, _give)
