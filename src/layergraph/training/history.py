"""What fitting came to, epoch by epoch, and the two files that hold it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from math import isfinite, nan
from typing import Any

FitHistory = dict[str, list[float]]
"""A value for each epoch by name: loss, <output>_loss, <output>_<metric>, and val_… of each."""

VALIDATION = "val_"
FINAL = "final"


@dataclass(frozen=True)
class History:
    """The history of the final fit, and of the fit of each fold where there are folds."""

    final: FitHistory
    folds: tuple[FitHistory, ...] = ()

    @property
    def fits(self) -> dict[str, FitHistory]:
        """Every fit by its name in the files: `final`, `fold1` and so on."""
        return {FINAL: self.final, **{f"fold{n}": fold for n, fold in enumerate(self.folds, 1)}}

    @property
    def names(self) -> tuple[str, ...]:
        """The names in any of the fits, each once."""
        return tuple(dict.fromkeys(name for fit in self.fits.values() for name in fit))

    def to_json(self) -> str:
        """The text of history.json; what is not finite is null, as JSON has no word for it."""
        content = {FINAL: _storable(self.final), "folds": [_storable(fold) for fold in self.folds]}
        return json.dumps(content, indent=2, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> History:
        """What `to_json` wrote; what was not finite is NaN.

        Raises:
            ValueError: where the text is no such history.
        """
        content = json.loads(text)
        try:
            return cls(_read(content[FINAL]), tuple(_read(fold) for fold in content["folds"]))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("it is not what a run's history.json holds") from error

    def to_csv(self) -> str:
        """The text of history.csv: a row for each epoch of each fit, epochs counted from 1.

        A cell is empty where a fit has no such value: the final fit after folds is validated on
        nothing.
        """
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        names = self.names
        writer.writerow(["fit", "epoch", *names])
        for fit, values in self.fits.items():
            for epoch in range(max(map(len, values.values()), default=0)):
                cells = [_cell(values.get(name, ()), epoch) for name in names]
                writer.writerow([fit, epoch + 1, *cells])
        return text.getvalue()


def quantities(names: Iterable[str]) -> tuple[str, ...]:
    """What was measured: the names without those of validation, the total loss before the rest.

    `val_loss` is the `loss` of validation; a name is that of validation only where what follows
    `val_` is a name too, as an output may be called `val_x`.
    """
    known = dict.fromkeys(names)
    found = [name for name in known if name.removeprefix(VALIDATION) not in known.keys() - {name}]
    return tuple(sorted(found, key=lambda name: name != "loss"))


def _storable(fit: Mapping[str, Iterable[float]]) -> dict[str, list[float | None]]:
    return {name: [finite_or_none(value) for value in values] for name, values in fit.items()}


def finite_or_none(value: float) -> float | None:
    """A number as JSON can hold it: null for what is not finite."""
    return float(value) if isfinite(value) else None


def _read(fit: Mapping[str, list[Any]]) -> FitHistory:
    return {
        name: [nan if value is None else float(value) for value in values]
        for name, values in fit.items()
    }


def _cell(values: Any, epoch: int) -> str:
    return repr(float(values[epoch])) if epoch < len(values) else ""
