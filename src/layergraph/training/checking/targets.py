"""The columns of one output → what it is trained on, and which rows of it are missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import prod

import numpy as np

from layergraph.diagnostics import Diagnostics, codes
from layergraph.training.checking.inputs import all_keep, numeric_column
from layergraph.training.checking.kinds import check_numeric
from layergraph.training.checking.labels import (
    check_positions,
    class_codes,
    label_numbers,
    position_codes,
)
from layergraph.training.checking.rules import (
    Rule,
    check_numbers,
    fitting,
    infinite,
    present,
    within,
)
from layergraph.training.checking.shapes import fitted, row_shape
from layergraph.training.checking.use import Use
from layergraph.training.checking.view import View, rows_with_gaps
from layergraph.training.columns import Array, Column, Eager, Mapped, OneHot
from layergraph.training.fields import Target

_EAGER_ONE_HOT = 2**26
"""Bytes of probabilities above which those of classes are made when they are read."""


@dataclass(frozen=True, eq=False)
class Encoded:
    """A target as data: `missing` marks rows without one, (n,); `labels` are classes, -1 there."""

    column: Column
    missing: Array
    labels: Array | None = None


def target_column(target: Target, views: list[View], diagnostics: Diagnostics) -> Encoded | None:
    """What an output is trained on; None where its columns do not fit, which is reported."""
    uses = [
        Use(column, target.name, "outputs", target.span, f"output `{target.name}`")
        for column in target.columns
    ]
    if len(views) == 1:
        if target.form == "integer":
            return _integer(target, views[0], uses[0], diagnostics)
        if _is_binary(target, views[0]):
            return _binary(target, views[0], uses[0], diagnostics)
        if target.is_one_hot and fitted(views[0].sample, target.shape) is None:
            return _one_hot(target, views[0], uses[0], diagnostics)
    return _numbers(target, views, uses, diagnostics)


def sample_weights(view: View, use: Use, diagnostics: Diagnostics) -> Array | None:
    """The weights of samples, float32 (n,); None where they are none, which is reported."""
    if not check_numeric(view, use, "numbers", "weights are numbers", diagnostics):
        return None
    shape = row_shape([view], (), [use], diagnostics)
    kind = view.array.dtype
    rules: tuple[Rule, ...] = (
        *infinite(kind),
        *present(kind, "every row has a weight: 0 leaves a sample out of the loss"),
        *fitting(kind, "float32", use.who),
        *within(
            0,
            float(np.finfo(np.float32).max),
            lambda value: f"is {value}, and the weight of a sample is not negative",
            lambda _: "0 leaves a sample out of the loss",
            kind,
        ),
    )
    if shape is None or not check_numbers(view, rules, use, diagnostics):
        return None
    return view.values().reshape(len(view)).astype(np.float32)


def _integer(target: Target, view: View, use: Use, diagnostics: Diagnostics) -> Encoded | None:
    if view.array.dtype.kind != "O" and not check_numeric(
        view, use, "whole numbers", "", diagnostics
    ):
        return None
    shape = row_shape([view], target.shape, [use], diagnostics)
    if shape is None:
        return None
    is_single = shape in {(), (1,)}
    missing = rows_with_gaps(view)
    if view.is_mapped and label_numbers(target.classes) is None:
        if not check_positions(view, target, use, diagnostics):
            return None
        labels = position_codes(view).reshape(len(view)) if is_single else None
        column = Mapped((view.array,), "int32", shape, view.kept, fills=True)
        return Encoded(column, missing, labels)
    found = class_codes(view, target, use, diagnostics)
    if found is None:
        return None
    values = found.reshape(len(view), *shape)
    labels = found.reshape(len(view)) if is_single else None
    return Encoded(Eager(_filled(values, missing, np.int32)), missing, labels)


def _filled(codes_: Array, missing: Array, dtype: type) -> Array:
    """Codes with the first class where a row is missing."""
    if not missing.any():
        return np.ascontiguousarray(codes_, dtype)
    marked = missing.reshape(-1, *(1,) * (codes_.ndim - 1))
    return np.where(marked & (codes_ == -1), 0, codes_).astype(dtype)


def _is_binary(target: Target, view: View) -> bool:
    """Whether labels are turned into 0 and 1: words, and numbers where labels are numbers."""
    if target.form != "probability" or target.is_one_hot or prod(_sizes(target)) != 1:
        return False
    if view.array.dtype.kind == "O":
        return True
    return view.array.dtype.kind in "fiub" and label_numbers(target.classes) is not None


def _sizes(target: Target) -> list[int]:
    return [size or 0 for size in target.shape]


def _binary(target: Target, view: View, use: Use, diagnostics: Diagnostics) -> Encoded | None:
    shape = row_shape([view], target.shape, [use], diagnostics)
    if shape is None:
        return None
    found = class_codes(view, target, use, diagnostics)
    if found is None:
        return None
    missing = rows_with_gaps(view)
    values = _filled(found.reshape(len(view), *shape), missing, np.float32)
    return Encoded(Eager(values), missing, found.reshape(len(view)))


def _one_hot(target: Target, view: View, use: Use, diagnostics: Diagnostics) -> Encoded | None:
    if view.array.dtype.kind != "O" and not check_numeric(
        view, use, "whole numbers", "", diagnostics
    ):
        return None
    if fitted(view.sample, target.shape[:-1]) is None:
        row_shape([view], target.shape, [use], diagnostics)
        return None
    found = class_codes(view, target, use, diagnostics)
    if found is None:
        return None
    shape = fitted(view.sample, target.shape[:-1])
    assert shape is not None
    codes_ = found.reshape(len(view), *shape)
    count = target.shape[-1] or target.count or len(target.classes or ())
    column: Column = OneHot(codes_, count)
    if codes_.size * count * 4 <= _EAGER_ONE_HOT:
        column = Eager(column.take(np.arange(len(view))))
    labels = codes_ if not shape else None
    return Encoded(column, rows_with_gaps(view), labels)


def _numbers(
    target: Target, views: list[View], uses: list[Use], diagnostics: Diagnostics
) -> Encoded | None:
    help = (
        "name its labels in `classes`"
        if target.form == "probability"
        else "another column may hold its numbers"
    )
    pairs = list(zip(views, uses, strict=True))
    sound = [check_numeric(view, use, "numbers", help, diagnostics) for view, use in pairs]
    shape = row_shape(views, target.shape, uses, diagnostics) if all(sound) else None
    rules = partial(_rules, target)
    if shape is None or not all_keep(rules, pairs, diagnostics):
        return None
    missing = np.logical_or.reduce([rows_with_gaps(view) for view in views])
    column = numeric_column(views, shape, target.dtype, fills=True)
    return Encoded(column, missing, _labels_of_probabilities(target, column, missing))


def _rules(target: Target, view: View, use: Use) -> tuple[Rule, ...]:
    kind = view.array.dtype
    rules = (*infinite(kind), *fitting(kind, target.dtype, use.who))
    if target.form != "probability":
        return rules
    return rules + within(
        0,
        1,
        lambda value: f"is {value}, and the loss of {use.who} takes probabilities from 0 to 1",
        lambda _: "give 0 and 1, or name the labels in `classes`",
        kind,
    )


def _labels_of_probabilities(target: Target, column: Column, missing: Array) -> Array | None:
    """The likeliest class of each row, where there is an axis of classes or a single probability.

    Rows of what is mapped are read, a block at a time.
    """
    if target.form != "probability":
        return None
    is_single = column.shape in {(), (1,)}
    if not is_single and not (target.is_one_hot and len(column.shape) == 1):
        return None
    found = np.empty(len(column), np.int32)
    for start in range(0, len(column), 2**16):
        stop = min(start + 2**16, len(column))
        part = column.take(np.arange(start, stop)).reshape(stop - start, -1)
        found[start:stop] = part[:, 0] >= 0.5 if is_single else part.argmax(axis=1)
    found[missing] = -1
    return found


def report_all_missing(target: Target, diagnostics: Diagnostics) -> None:
    """Take down that an output has nothing to be trained on."""
    columns = ", ".join(f"`{column}`" for column in target.columns)
    use = Use(target.columns[0], target.name, "outputs", target.span, f"output `{target.name}`")
    use.report(
        diagnostics,
        codes.MISSING_VALUE,
        f"every row of {columns} is missing, so `{target.name}` has nothing to learn from",
        help="give the data of it, or leave the output out of the graph",
    )
