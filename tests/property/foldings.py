"""Random graphs, each written twice: flat, and folded into blocks, copies, chains and params.

Every vector has four numbers, so that anything can be called on anything. Keys of the flat file
are the names that Keras would give the folded one's layers.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import yaml

WIDTH = 4
ACTIVATIONS = ("relu", "tanh", "linear", "sigmoid")

JOIN = {
    "params": {"units": WIDTH, "first": False, "kind": "relu"},
    "inputs": ["x", "y"],
    "layers": {
        "a": {"type": "Dense", "from": "x", "units": "${units}", "activation": "${kind}"},
        "b": {"when": "${first}", "type": "Dense", "from": "y", "units": "${units}"},
        "c": {"from": "b", "chain": ["ReLU", {"type": "Dense", "units": WIDTH, "name": "d"}]},
    },
    "merges": {"add": {"type": "Add", "from": ["a", "c"]}},
    "outputs": "add",
}
TWICE = {
    "params": {"kind": {}},
    "inputs": ["x"],
    "layers": {
        "one": {"block": "join", "from": {"y": "x", "x": "x"}, "first": True, "kind": "${kind}"},
        "two": {"block": "join", "from": ["one", "x"], "kind": "${kind}"},
    },
    "outputs": {"main": "two", "aside": "one.a"},
}
LIBRARY = {"layergraph": 1, "blocks": {"join": JOIN, "twice": TWICE}}


@dataclass
class Folding:
    """A graph under way: the two files, the tensors to call things on, what may be used again."""

    rng: random.Random
    imports: bool
    flat: dict[str, Any] = field(default_factory=dict)
    folded: dict[str, Any] = field(default_factory=dict)
    outputs: dict[str, tuple[str, str]] = field(default_factory=dict)
    params: dict[str, Any] = field(default_factory=lambda: {"width": WIDTH})
    tensors: list[tuple[str, str]] = field(default_factory=list)
    usable: list[tuple[str, list[tuple[str, int | None]]]] = field(default_factory=list)
    """What may be used again: its name, and the keys of its layers in the flat file, each with
    the number of the one among them that feeds it, None where that is the `use`."""

    def pick(self) -> tuple[str, str]:
        """A tensor: its reference in the flat file, and in the folded one."""
        return self.rng.choice(self.tensors[-6:])

    def size(self) -> Any:
        """The width, as a number or as an expression for it."""
        return self.rng.choice([WIDTH, "${width}", "${2 * width - 4}", "${max(1, width)}"])


def _layer(made: Folding, name: str) -> None:
    source, folded = made.pick()
    kind = made.rng.choice(ACTIVATIONS)
    arguments: dict[str, Any] = {"units": WIDTH, "activation": kind}
    made.params[f"kind_{name}"] = kind
    made.folded[name] = {
        "type": "Dense", "from": folded, "units": made.size(), "activation": f"${{kind_{name}}}",
        **made.rng.choice([{}, {"when": "${width > 0}"}]),
    }  # fmt: skip
    made.flat[name] = {"type": "Dense", "from": source, **arguments}
    made.usable.append((name, [(name, None)]))
    made.tensors.append((name, name))


def _left_out(made: Folding, name: str) -> None:
    source, folded = made.pick()
    made.folded[name] = {"when": "${width > 9}", "type": "Dropout", "from": folded, "rate": 0.5}
    made.tensors.append((source, name))


def _copies(made: Folding, name: str) -> None:
    source, folded = made.pick()
    count = made.rng.randint(1, 4)
    made.params[f"times_{name}"] = count
    made.folded[name] = {
        "type": "Dense", "from": folded, "repeat": f"${{times_{name}}}",
        "units": f"${{width if i == times_{name} else i}}",
    }  # fmt: skip
    shared: list[tuple[str, int | None]] = []
    for i in range(1, count + 1):
        units = WIDTH if i == count else i
        made.flat[f"{name}{i}"] = {"type": "Dense", "from": source, "units": units}
        shared.append((f"{name}{i}", i - 2 if i > 1 else None))
        source = f"{name}{i}"
    made.usable.append((name, shared))
    made.tensors.append((source, name))


def _side_by_side(made: Folding, name: str) -> None:
    source, folded = made.pick()
    sizes = [made.rng.randint(1, 3) for _ in range(made.rng.randint(1, 3))]
    made.params[f"sizes_{name}"] = sizes
    made.folded[name] = {
        "type": "Dense", "from": folded, "units": "${item}", "each": f"${{sizes_{name}}}"
    }  # fmt: skip
    for i, size in enumerate(sizes, start=1):
        made.flat[f"{name}{i}"] = {"type": "Dense", "from": source, "units": size}
    copies = [f"{name}{i}" for i in range(1, len(sizes) + 1)]
    made.flat[f"{name}_join"] = {"type": "Concatenate", "from": [source, *copies]}
    made.folded[f"{name}_join"] = {"type": "Concatenate", "from": [folded, name]}
    for file in (made.flat, made.folded):
        file[f"{name}_out"] = {"type": "Dense", "from": f"{name}_join", "units": WIDTH}
    made.tensors.append((f"{name}_out", f"{name}_out"))


def _chain(made: Folding, name: str) -> None:
    source, folded = made.pick()
    made.folded[name] = {
        "from": folded,
        "chain": [
            {"type": "Dense", "units": made.size(), "name": "in"},
            "LayerNormalization",
            {"chain": ["ReLU", {"type": "Dense", "units": WIDTH}]},
        ],
    }
    made.flat |= {
        f"{name}_in": {"type": "Dense", "from": source, "units": WIDTH},
        f"{name}_2": {"type": "LayerNormalization", "from": f"{name}_in"},
        f"{name}_3_1": {"type": "ReLU", "from": f"{name}_2"},
        f"{name}_3_2": {"type": "Dense", "from": f"{name}_3_1", "units": WIDTH},
    }
    steps = ("in", "2", "3_1", "3_2")
    shared = [(f"{name}_{step}", i - 1 if i else None) for i, step in enumerate(steps)]
    made.usable.append((name, shared))
    made.tensors += [
        (f"{name}_3_2", name),
        (f"{name}_in", f"{name}.in"),
        (f"{name}_2", f"{name}.2"),
    ]


def _join(flat: dict[str, Any], at: str, x: str, y: str, kind: str, *, first: bool) -> str:
    """One instance of the block `join` in the flat file."""
    dense = {"type": "Dense", "units": WIDTH}
    flat[f"{at}_a"] = {**dense, "from": x, "activation": kind}
    if first:
        flat[f"{at}_b"] = {**dense, "from": y}
    flat[f"{at}_c_1"] = {"type": "ReLU", "from": f"{at}_b" if first else y}
    flat[f"{at}_c_d"] = {**dense, "from": f"{at}_c_1"}
    flat[f"{at}_add"] = {"type": "Add", "from": [f"{at}_a", f"{at}_c_d"]}
    return f"{at}_add"


def _instance(made: Folding, name: str) -> None:
    (x, folded_x), (y, folded_y) = made.pick(), made.pick()
    kind, count = made.rng.choice(ACTIVATIONS), made.rng.randint(0, 3)
    block = "lib.join" if made.imports and made.rng.random() < 0.5 else "join"
    by_name = made.rng.random() < 0.5
    made.folded[name] = {
        "block": block,
        "from": {"y": folded_y, "x": folded_x} if by_name else [folded_x, folded_y],
        "kind": kind,
        **({"repeat": count, "first": "${i == 1}"} if count else {"first": True}),
    }
    for i in range(1, max(count, 1) + 1):
        x = _join(made.flat, f"{name}{i if count else ''}", x, y, kind, first=i == 1)
    made.tensors.append((x, name))
    if count:
        made.tensors.append((f"{name}1_a", f"{name}.1.a"))


def _block_in_block(made: Folding, name: str) -> None:
    x, folded = made.pick()
    kind = made.rng.choice(ACTIVATIONS)
    made.folded[name] = {
        "block": "lib.twice" if made.imports else "twice", "from": folded, "kind": kind
    }  # fmt: skip
    one = _join(made.flat, f"{name}_one", x, x, kind, first=True)
    two = _join(made.flat, f"{name}_two", one, x, kind, first=False)
    made.tensors += [(two, f"{name}.main"), (f"{name}_one_a", f"{name}.aside")]


def _several_tensors(made: Folding, name: str) -> None:
    for file in (made.flat, made.folded):
        file[name] = {
            "type": "LSTM", "from": "rows", "units": WIDTH, "return_state": True
        }  # fmt: skip
        file[f"{name}_all"] = {"type": "Average", "from": [name]}
    made.tensors += [(f"{name}:{i}", f"{name}:{i}") for i in (0, 2)]
    made.tensors.append((f"{name}_all", f"{name}_all"))


def _used(made: Folding, name: str) -> None:
    if not made.usable:
        return _layer(made, name)
    used, shared = made.rng.choice(made.usable)
    source, folded = made.pick()
    made.folded[name] = {"use": used, "from": folded}
    keys = [name if key == used else f"{name}{_rest(key, used)}" for key, _ in shared]
    for (key, feeder), own in zip(shared, keys, strict=True):
        made.flat[own] = {"use": key, "from": source if feeder is None else keys[feeder]}
    made.tensors.append((keys[-1], name))
    return None


def _rest(key: str, used: str) -> str:
    """What follows the name of what is used: `_1` of a copy or an item."""
    rest = key.removeprefix(used)
    return rest if rest.startswith("_") else f"_{rest}"


STEPS = (
    *(_layer, _left_out, _copies, _side_by_side, _chain, _instance, _instance, _block_in_block),
    *(_several_tensors, _used, _used),
)


def folding(rng: random.Random, *, imports: bool = True) -> Folding:
    """A graph of two to eight steps; outputs expose some tensors, the last one among them."""
    made = Folding(rng, imports)
    made.tensors = [("first", "first"), ("second", "second")]
    for number in range(rng.randint(2, 8)):
        rng.choice(STEPS)(made, f"s{number}")
    _end(made)
    return made


def _end(made: Folding) -> None:
    """Join all tensors to one output, so that nothing is left over, and expose a few more."""
    flat = list(dict.fromkeys(flat for flat, _ in made.tensors))
    folded = dict(reversed([(flat, folded) for flat, folded in made.tensors]))
    made.flat["joined"] = {"type": "Concatenate", "from": flat}
    made.folded["joined"] = {"type": "Concatenate", "from": [folded[one] for one in flat]}
    made.outputs["all"] = ("joined", "joined")
    for number in range(made.rng.randint(0, 2)):
        one = made.rng.choice(flat)
        made.outputs[f"out{number}"] = (one, folded[one])


HEADS: tuple[dict[str, Any], ...] = (
    {"task": "regression"},
    {"task": "binary", "loss_weight": 0.5},
    {},
    {"type": "Dense", "units": 2, "loss": "mse"},
)


def flat_file(made: Folding) -> dict[str, Any]:
    """The graph without any of the language's means of repetition."""
    return _file(made, made.flat, 0)


def folded_file(made: Folding) -> dict[str, Any]:
    """The same graph, folded."""
    library = {"imports": {"lib": "library.yaml"}} if made.imports else {}
    blocks = {"blocks": {"join": JOIN, "twice": TWICE}}
    return {"params": made.params, **library, **blocks} | _file(made, made.folded, 1)


def _file(made: Folding, layers: dict[str, Any], which: int) -> dict[str, Any]:
    return {
        "layergraph": 1,
        "name": "drawn",
        "inputs": {
            "first": {"shape": [WIDTH]},
            "second": {"shape": [WIDTH]},
            "rows": {"shape": [3, WIDTH]},
        },
        "layers": layers,
        "outputs": {
            name: {"from": references[which], **HEADS[number % len(HEADS)]}
            for number, (name, references) in enumerate(made.outputs.items())
        },
        "training": {"optimizer": "adam"},
    }


def written(data: dict[str, Any]) -> str:
    """A file's text."""
    text: str = yaml.safe_dump(data, sort_keys=False, width=100)
    return text
