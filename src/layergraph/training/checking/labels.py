"""Labels of classes → their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from layergraph.diagnostics import Diagnostics, codes, did_you_mean
from layergraph.training.checking.rules import check_numbers, fitting, infinite, within
from layergraph.training.checking.use import Use, shown
from layergraph.training.checking.view import View, by_row
from layergraph.training.columns import Array
from layergraph.training.fields import Target

_MISSING = -1
_UNKNOWN = -2
_MANY = 12
_TRUTH = {"false": 0, "true": 1}


def class_codes(view: View, target: Target, use: Use, diagnostics: Diagnostics) -> Array | None:
    """The numbers of the classes of rows, int32, -1 where one is missing; None if it is reported.

    Words are labels, and so are numbers where the labels are numbers; else numbers are positions.
    """
    if view.array.dtype.kind == "O":
        if target.classes is None:
            _report_words(view, use, diagnostics)
            return None
        names = {str(label): code for code, label in enumerate(target.classes)}
        return _looked_up(view, {None: _MISSING, "": _MISSING, **names}, target, use, diagnostics)
    labels = label_numbers(target.classes)
    if labels is not None:
        numbers = {float(label): code for code, label in enumerate(labels)}
        return _looked_up(view, numbers, target, use, diagnostics)
    return position_codes(view) if check_positions(view, target, use, diagnostics) else None


def label_numbers(classes: Sequence[str | int] | None) -> tuple[int, ...] | None:
    """The numbers that stand for classes in data, where their labels say which.

    These are whole numbers, words of digits, and "true" and "false"; of other words, None.
    """
    if classes is None:
        return None
    found = []
    for label in classes:
        text = str(label).lower()
        if text in _TRUTH:
            found.append(_TRUTH[text])
        elif text.removeprefix("-").isdecimal():
            found.append(int(text))
        else:
            return None
    return tuple(found) if len(set(found)) == len(found) else None


def check_positions(view: View, target: Target, use: Use, diagnostics: Diagnostics) -> bool:
    """Whether numbers are those of classes, counted from 0; else it is reported."""
    kind = view.array.dtype
    count = target.count or len(target.classes or ()) or None
    rules = (*infinite(kind), *fitting(kind, "int32", use.who))
    if count is not None:
        rules += within(
            0,
            count - 1,
            lambda value: f"is {value}, and the classes of {use.who} are 0 to {count - 1}",
            lambda _: (
                "classes are counted from 0: subtract what they begin with, give their "
                "labels in `classes`, or ask for more classes"
            ),
            kind,
        )
    else:
        rules += within(
            0,
            np.iinfo(np.int32).max,
            lambda value: f"is {value}, and classes are counted from 0",
            lambda _: "mend the data",
            kind,
        )
    if target.ignored is not None:
        rules = tuple(rule._replace(breaks=_but(target.ignored, rule.breaks)) for rule in rules)
    return check_numbers(view, rules, use, diagnostics)


def position_codes(view: View) -> Array:
    """Numbers of classes that are sound, int32, -1 where one is missing."""
    codes_ = np.empty((len(view), *view.sample), np.int32)
    for start, block in view.blocks():
        part = np.where(np.isnan(block), _MISSING, block) if block.dtype.kind == "f" else block
        codes_[start : start + len(block)] = part
    return codes_


def _but(value: int, breaks: Any) -> Any:
    return lambda block: breaks(block) & (block != value)


def _looked_up(
    view: View, numbers: Mapping[Any, int], target: Target, use: Use, diagnostics: Diagnostics
) -> Array | None:
    is_words = view.array.dtype.kind == "O"
    found = np.empty((len(view), *view.sample), np.int32)
    first, rows, unknown = None, 0, None
    for start, block in view.blocks():
        if is_words:
            flat = [numbers.get(value, _UNKNOWN) for value in block.ravel()]
            part = np.array(flat, np.int32).reshape(block.shape)
        else:
            part = _codes_of_numbers(block, numbers)
        if target.ignored is not None and not is_words:
            part[(part == _UNKNOWN) & (block == target.ignored)] = target.ignored
        mask = (part == _UNKNOWN) & (block != target.ignored)
        if mask.any():
            marked = by_row(mask)
            rows += int(np.count_nonzero(marked))
            if first is None:
                first, unknown = start + int(np.argmax(marked)), block[mask][0]
        found[start : start + len(block)] = part
    if first is None:
        return found
    assert target.classes is not None
    labels = [str(label) for label in target.classes]
    use.report(
        diagnostics,
        codes.UNKNOWN_LABEL,
        f"row {view.row(first)} of `{use.column}` is {shown(unknown)}, which is no class of "
        f"{use.who}",
        help=did_you_mean(str(unknown), labels) or f"its classes are {_listed(labels)}",
        more=rows - 1,
    )
    return None


def _codes_of_numbers(block: Array, numbers: Mapping[float, int]) -> Array:
    labels = np.array(sorted(numbers))
    by_place = np.array([numbers[label] for label in labels], np.int32)
    values = block.astype(np.float64)
    at = np.searchsorted(labels, values).clip(max=len(labels) - 1)  # NaN is sorted last
    found = np.where(labels[at] == values, by_place[at], np.int32(_UNKNOWN))
    found[np.isnan(values)] = _MISSING
    return found


def _report_words(view: View, use: Use, diagnostics: Diagnostics) -> None:
    values = [value for value in view.values().ravel() if value not in {None, ""}]
    labels = sorted({str(value) for value in values})
    listed = f"[{', '.join(labels)}]" if len(labels) <= _MANY else f"[{labels[0]}, …]"
    use.report(
        diagnostics,
        codes.WRONG_DATA_DTYPE,
        f"`{use.column}` holds words, such as {shown(labels[0])}, and {use.who} has no labels for "
        "its classes"
        if labels
        else f"`{use.column}` holds no value at all",
        help=f"name them in the order of their numbers: `classes: {listed}`",
    )


def _listed(labels: list[str]) -> str:
    shown_ = ", ".join(f"`{label}`" for label in labels[:_MANY])
    return f"{shown_}, …" if len(labels) > _MANY else shown_
