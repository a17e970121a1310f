"""Rows → training and validation: held out, or in folds, as scikit-learn does both.

With `shuffle` folds are those of `KFold(folds, shuffle=True, random_state=seed)`, and what is held
out is `train_test_split`'s; without it folds are blocks in the order of the data, and the last rows
are held out, as by Keras' `validation_split`.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from layergraph.diagnostics import codes
from layergraph.targets.failures import failure

if TYPE_CHECKING:
    from layergraph.spec.training_keys import Validation


MISSING = -1
"""The class of a row whose target is missing."""


class Split(NamedTuple):
    """Row numbers, in the order of the data; `validation` is None where nothing is held out."""

    training: np.ndarray
    validation: np.ndarray | None = None


def splits(
    rows: int, validation: Validation, *, seed: int, labels: np.ndarray | None = None
) -> tuple[Split, ...]:
    """The splits that `validation` asks for: one, or one for each fold.

    Args:
        rows: how many there are.
        validation: the fraction, or the number of folds.
        seed: what decides which rows go where, if they are shuffled.
        labels: the class of each row, which every part then has in the same share.

    Raises:
        GraphError: too-few-rows, unstratifiable.
    """
    _check(rows, validation, labels)
    if validation.folds is not None:
        return _folds(rows, validation, seed, labels)
    assert validation.fraction is not None
    return (_held_out(rows, validation, seed, labels),)


def _held_out(rows: int, validation: Validation, seed: int, labels: np.ndarray | None) -> Split:
    from sklearn.model_selection import train_test_split

    numbers = np.arange(rows)
    if _is_tail(validation, labels):
        kept = _kept(rows, validation, labels)
        return Split(numbers[:kept], numbers[kept:])
    training, held_out = train_test_split(
        numbers, test_size=validation.fraction, random_state=seed, stratify=labels
    )
    return Split(np.sort(training), np.sort(held_out))


def _is_tail(validation: Validation, labels: np.ndarray | None) -> bool:
    """Whether the last rows are held out: by classes rows are drawn, shuffled or not."""
    return not validation.shuffle and labels is None


def _kept(rows: int, validation: Validation, labels: np.ndarray | None) -> int:
    """How many rows a fraction leaves to train on, as Keras and scikit-learn round it."""
    assert validation.fraction is not None
    if _is_tail(validation, labels):
        return int(rows * (1 - validation.fraction))
    return rows - ceil(rows * validation.fraction)


def _folds(
    rows: int, validation: Validation, seed: int, labels: np.ndarray | None
) -> tuple[Split, ...]:
    from sklearn.model_selection import KFold, StratifiedKFold

    kind = KFold if labels is None else StratifiedKFold
    random_state = seed if validation.shuffle else None
    made = kind(validation.folds, shuffle=validation.shuffle, random_state=random_state)
    return tuple(Split(*parts) for parts in made.split(np.zeros(rows), labels))


def _check(rows: int, validation: Validation, labels: np.ndarray | None) -> None:
    if validation.folds is not None and rows < validation.folds:
        raise failure(
            codes.TOO_FEW_ROWS,
            f"{_rows(rows)} cannot be split into {validation.folds} folds",
            help=f"ask for {rows} folds or fewer, or give more data" if rows > 1 else "give more",
        )
    if validation.fraction is not None:
        kept = _kept(rows, validation, labels)
        if not 0 < kept < rows:
            raise failure(
                codes.TOO_FEW_ROWS,
                f"a validation of {validation.fraction:g} of {_rows(rows)} leaves "
                + ("nothing to validate on" if kept else "nothing to train on"),
                help="give more data, or another fraction",
            )
    if labels is None:
        return
    classes, counts = np.unique(labels, return_counts=True)
    least = int(counts.min())
    parts = validation.folds or 2
    if least < parts:
        raise failure(
            codes.UNSTRATIFIABLE,
            f"a class of `{validation.stratify}` has {_rows(least)}, fewer than the {parts} parts "
            "that should each have its share",
            notes=("the rows whose target is missing count as a class",)
            if classes[counts.argmin()] == MISSING
            else (),
            help="ask for fewer folds, or drop `stratify`"
            if validation.folds
            else "drop `stratify`, or give more of it",
        )
    if validation.fraction is not None:
        kept = _kept(rows, validation, labels)
        if min(kept, rows - kept) < len(classes):
            raise failure(
                codes.UNSTRATIFIABLE,
                f"a part of {_rows(min(kept, rows - kept))} cannot hold the {len(classes)} classes "
                f"of `{validation.stratify}`",
                help="hold out another fraction, or drop `stratify`",
            )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
