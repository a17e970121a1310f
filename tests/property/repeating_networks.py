"""Networks that repeat, as programs make them: blocks in stages, under names of several styles.

Parts of a block may be left out, sizes differ from stage to stage, a tensor of an earlier block is
joined now and then: what is nearly the same everywhere, and nowhere quite.
"""

from __future__ import annotations

import random
from typing import Any

from layergraph.objects.catalog import snake_case

STYLES = ("numbered", "by path", "by letter", "mixed", "without numbers")
"""How layers are named: as Keras does by itself, after where they stand, or as they come."""

_LETTERS = "abcdefg"


def network(rng: random.Random) -> dict[str, Any]:
    """A flat document of such a network."""
    return _Network(rng).document()


class _Network:
    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._style = rng.choice(STYLES)
        self._layers: dict[str, dict[str, Any]] = {}
        self._counts: dict[str, int] = {}
        self._widths = {"x": 8}

    def document(self) -> dict[str, Any]:
        rng = self._rng
        plans = [self._plan() for _ in range(rng.randint(1, 3))]
        last, ends = "x", []
        for stage in range(rng.randint(1, 4)):
            plan, units = rng.choice(plans), rng.choice([8, 16])
            for block in range(1, rng.randint(1, 5) + 1):
                last = self._block(plan, last, self._prefix(stage, block), units)
                ends.append(last)
                last = self._skip(last, rng.choice(ends)) if rng.random() < 0.1 else last
        outputs: dict[str, Any] = {"out": {"from": last, "type": "Dense", "units": 1}}
        if rng.random() < 0.3:
            outputs["other"] = {"from": rng.choice(list(self._layers))}
        if rng.random() < 0.3:
            exposed = rng.choice(ends)
            outputs[exposed] = {"from": exposed}
        return {
            "layergraph": 1,
            "name": "drawn",
            "inputs": {"x": {"shape": [8]}},
            "layers": self._layers,
            "outputs": outputs,
        }

    def _plan(self) -> dict[str, Any]:
        rng = self._rng
        kinds = ["Dense", "Dense", "BatchNormalization", "Activation", "Dropout"]
        steps = [(rng.choice(kinds), rng.random() < 0.3) for _ in range(rng.randint(1, 4))]
        end = rng.choice(["Add", "Add", "Concatenate", None])
        return {"steps": [("Dense", False), *steps], "end": end, "turned": rng.random() < 0.5}

    def _prefix(self, stage: int, block: int) -> str:
        return {
            "numbered": "",
            "by path": f"stage{stage}_block{block}_",
            "by letter": f"stage{stage}{_LETTERS[block]}_",
            "mixed": f"s{stage}_b{block}_",
            "without numbers": f"{_LETTERS[stage]}_{_LETTERS[block]}_",
        }[self._style]

    def _add(self, kind: str, name: str, inputs: Any, width: int, **arguments: Any) -> str:
        kept = self._style != "numbered" and (self._style != "mixed" or self._rng.random() < 0.6)
        wanted = name if kept and name not in self._layers else snake_case(kind)
        count = self._counts.get(wanted, 0)
        self._counts[wanted] = count + 1
        key = f"{wanted}_{count}" if count else wanted
        self._layers[key] = {"type": kind, "from": inputs, **arguments}
        self._widths[key] = width
        return key

    def _block(self, plan: dict[str, Any], given: str, prefix: str, units: int) -> str:
        last = given
        for number, (kind, is_optional) in enumerate(plan["steps"]):
            if not is_optional or self._rng.random() < 0.6:
                last = self._step(kind, f"{prefix}{number}_{kind[:4].lower()}", last, units)
        if plan["end"] == "Concatenate":
            side = self._add("Dense", f"{prefix}side", given, units, units=units)
            last = self._add("Concatenate", f"{prefix}join", [last, side], 2 * units)
        if plan["end"] != "Add":
            return self._add("Dense", f"{prefix}out", last, units, units=units)
        short = given
        if self._widths[given] != units or self._rng.random() < 0.3:
            short = self._add("Dense", f"{prefix}short", given, units, units=units)
        both = [last, short] if plan["turned"] else [short, last]
        return self._add("Add", f"{prefix}add", both, units)

    def _step(self, kind: str, name: str, given: str, units: int) -> str:
        rng = self._rng
        arguments: dict[str, Any] = {
            "Dense": {"units": units},
            "BatchNormalization": {},
            "Activation": {"activation": rng.choice(["relu", "relu", "tanh"])},
            "Dropout": {"rate": rng.choice([0.1, 0.2])},
        }[kind]
        if kind == "Dense" and rng.random() < 0.1:
            arguments["use_bias"] = False
        return self._add(kind, name, given, units, **arguments)

    def _skip(self, last: str, earlier: str) -> str:
        if earlier == last:
            return last
        width = self._widths[last] + self._widths[earlier]
        return self._add("Concatenate", "skip", [last, earlier], width)
