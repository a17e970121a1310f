"""What a fit needs to go on where it stopped: one file, replaced whole.

It holds every variable of the model and its optimizer, the states of random generators and of
callbacks, the history so far, and the best weights so far.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from layergraph.diagnostics import codes
from layergraph.targets.failures import failure
from layergraph.targets.files import writing

if TYPE_CHECKING:
    import keras

    from layergraph.training.history import FitHistory

_PLAIN = (bool, int, float, str, type(None))
_NOT_STATE = ("params", "_model", "min_delta")
"""Attributes that are no state, or that Keras makes of the arguments anew: it negates `min_delta`
when it first compares."""

_DAMAGE = (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile)
"""What NumPy and `zipfile` raise of a file in which bytes are not as they were."""


@dataclass
class FitState:
    """Where a fit stands: `step` batches into `epoch`, which counts from 0.

    `variables` are those that the fit has to put back, `best` the weights of the best epoch so
    far, and `callbacks` the attributes of each callback.
    """

    epoch: int = 0
    step: int = 0
    history: FitHistory = field(default_factory=dict)
    variables: list[np.ndarray] = field(default_factory=list)
    best: list[np.ndarray] = field(default_factory=list)
    best_value: float | None = None
    best_epoch: int = 0
    callbacks: list[dict[str, Any]] = field(default_factory=list)
    is_done: bool = False


def variables_of(model: keras.Model, *, in_epoch: bool) -> list[Any]:
    """The variables that make out where a fit stands, in an order that a graph decides.

    Args:
        model: the compiled model.
        in_epoch: whether it stands in the midst of an epoch, where metrics count, too.
    """
    found = [*model.variables, *_generators(model), *model.optimizer.variables]
    return [*found, *model.metrics_variables] if in_epoch else found


def put_back(variables: Iterable[Any], values: Sequence[np.ndarray]) -> None:
    """Give variables the values that they had."""
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value)


def callback_state(callback: Any) -> dict[str, Any]:
    """What a callback has learnt so far: its attributes that are numbers, texts or arrays."""
    return {
        name: value
        for name, value in vars(callback).items()
        if name not in _NOT_STATE and (isinstance(value, _PLAIN) or _is_arrays(value))
    }


def write_state(path: Path, state: FitState) -> None:
    """Write where a fit stands; what stood at `path` is replaced once all of it is on the disk.

    Raises:
        GraphError: unwritable-output.
    """
    arrays = _Arrays()
    held = {
        "epoch": state.epoch,
        "step": state.step,
        "history": state.history,
        "variables": arrays.hold(state.variables),
        "best": arrays.hold(state.best),
        "best_value": state.best_value,
        "best_epoch": state.best_epoch,
        "callbacks": [
            {
                name: {"arrays": arrays.hold(value)} if isinstance(value, list) else value
                for name, value in one.items()
            }
            for one in state.callbacks
        ],
        "is_done": state.is_done,
        "dtypes": arrays.dtypes,
    }
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with writing(path):
        path.parent.mkdir(exist_ok=True)
        try:
            with beside.open("wb") as file:
                text = np.frombuffer(json.dumps(held).encode(), np.uint8)
                np.savez(file, state=text, **arrays.found)  # type: ignore[arg-type]
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)


def read_state(path: Path) -> FitState | None:
    """Where a fit stands; None where it has not begun.

    Raises:
        GraphError: no-run, where the file is damaged.
    """
    if not path.is_file():
        return None
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            held = json.loads(file["state"].tobytes())
            arrays = [
                file[f"a{number}"].view(_dtype(name))
                for number, name in enumerate(held.pop("dtypes"))
            ]
    except _DAMAGE as error:
        raise failure(
            codes.NO_RUN,
            f"`{path}` is damaged, and the run cannot go on: {str(error) or 'it ends early'}",
            help="begin it again, with `--force`",
        ) from error
    for name in ("variables", "best"):
        held[name] = [arrays[number] for number in held[name]]
    for one in held["callbacks"]:
        for name, value in one.items():
            if isinstance(value, dict):
                one[name] = [arrays[number] for number in value["arrays"]]
    return FitState(**held)


class _Arrays:
    """Arrays of one file, by number. NumPy writes bfloat16 as whole numbers of its size."""

    def __init__(self) -> None:
        self.found: dict[str, np.ndarray] = {}
        self.dtypes: list[str] = []

    def hold(self, values: Sequence[Any]) -> list[int]:
        first = len(self.dtypes)
        for value in values:
            array = np.asarray(value)
            self.dtypes.append(array.dtype.name)
            if array.dtype.kind not in "biufc":
                array = array.view(f"u{array.dtype.itemsize}")
            self.found[f"a{len(self.dtypes) - 1}"] = array
        return list(range(first, len(self.dtypes)))


def _dtype(name: str) -> np.dtype[Any]:
    try:
        return np.dtype(name)
    except TypeError:
        import ml_dtypes

        known: np.dtype[Any] = np.dtype(getattr(ml_dtypes, name))
        return known


def _is_arrays(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, np.ndarray | np.generic) for v in value)


def _generators(model: keras.Model) -> list[Any]:
    """The states of random generators that are no variables of their layers."""
    import keras

    known = {id(variable) for variable in model.variables}
    found: dict[int, Any] = {}
    for layer in model._flatten_layers():  # noqa: SLF001  Keras has no public way to list them
        for value in vars(layer).values():
            if isinstance(value, keras.random.SeedGenerator) and id(value.state) not in known:
                found[id(value.state)] = value.state
    return list(found.values())
