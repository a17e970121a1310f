"""Rules for numbers: which values of a column a use of it does not take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from layergraph.diagnostics import Code, Diagnostics, codes
from layergraph.training.checking.use import Use, shown
from layergraph.training.checking.view import View, by_row, gaps_in
from layergraph.training.columns import Array, numpy_dtype

_WHOLE = "iub"


class Rule(NamedTuple):
    """What no value may be.

    `breaks` marks the values of a block that break it. `says` is the predicate of a message about
    the first of them, and `help` what to do, given the one of them that is farthest out.
    """

    code: Code
    breaks: Callable[[Array], Array]
    says: Callable[[str], str]
    help: Callable[[Any], str]


class _Broken(NamedTuple):
    position: int
    value: Any
    rows: int
    most: Any


def check_numbers(view: View, rules: Iterable[Rule], use: Use, diagnostics: Diagnostics) -> bool:
    """Whether a column keeps all rules; else the first that it breaks is reported."""
    rules = tuple(rules)
    broken: dict[int, _Broken] = {}
    for start, block in view.blocks() if rules else ():
        for index, rule in enumerate(rules):
            mask = rule.breaks(block)
            if mask.any():
                broken[index] = _tally(broken.get(index), start, block, mask)
    if not broken:
        return True
    first = min(broken)
    rule, found = rules[first], broken[first]
    use.report(
        diagnostics,
        rule.code,
        f"row {view.row(found.position)} of `{use.column}` {rule.says(shown(found.value))}",
        help=rule.help(found.most),
        more=found.rows - 1,
    )
    return False


def _tally(before: _Broken | None, start: int, block: Array, mask: Array) -> _Broken:
    values = block[mask]
    rows = by_row(mask)
    count = int(np.count_nonzero(rows))
    most = values[np.argmax(np.abs(values.astype(np.float64)))] if values.dtype != object else None
    if before is None:
        return _Broken(start + int(np.argmax(rows)), values[0], count, most)
    if most is not None and abs(float(most)) < abs(float(before.most)):
        most = before.most
    return before._replace(rows=before.rows + count, most=most)


def infinite(kind: np.dtype[Any]) -> tuple[Rule, ...]:
    """No value is infinite."""
    if kind.kind not in "fc":
        return ()
    return (
        Rule(
            codes.MISSING_VALUE,
            np.isinf,
            lambda value: f"is infinite ({value})",
            lambda _: "a loss of infinite values is NaN: mend the data, or drop the row",
        ),
    )


def present(kind: np.dtype[Any], help: str) -> tuple[Rule, ...]:
    """No value is missing."""
    if kind.kind not in "fcO":
        return ()
    return (Rule(codes.MISSING_VALUE, gaps_in, lambda _: "is missing", lambda _: help),)


def fitting(kind: np.dtype[Any], dtype: str, who: str) -> tuple[Rule, ...]:
    """Every value has a place in the dtype: no fraction, and nothing that is too large."""
    target = numpy_dtype(dtype)
    is_whole = target.kind in _WHOLE
    found = []
    if is_whole and kind.kind == "f":
        found.append(
            Rule(
                codes.WRONG_DATA_DTYPE,
                lambda block: np.isfinite(block) & (block != np.trunc(block)),
                lambda value: f"is {value}, and {who} takes whole numbers ({dtype})",
                lambda _: "round the data, or take `dtype: float32`",
            )
        )
    low, high = _limits(target)
    if low is None or _is_within(kind, low, high):
        return tuple(found)
    holds = f"{low} to {high}" if is_whole else f"{high:.4g} at most"
    found.append(
        Rule(
            codes.WRONG_DATA_DTYPE,
            lambda block: (block < low) | (block > high),
            lambda value: f"is {value}, and {who} takes {dtype}, which holds {holds}",
            lambda _: "scale the data, or take a larger `dtype`",
        )
    )
    return tuple(found)


def within(
    low: float,
    high: float,
    says: Callable[[str], str],
    help: Callable[[Any], str],
    kind: np.dtype[Any],
) -> tuple[Rule, ...]:
    """Every value is from `low` to `high`."""
    if kind.kind == "b" and low <= 0 and high >= 1:
        return ()
    return (
        Rule(codes.VALUE_OUT_OF_RANGE, lambda block: (block < low) | (block > high), says, help),
    )


def _limits(dtype: np.dtype[Any]) -> tuple[Any, Any]:
    """The least and the largest value of a dtype, as Python's own numbers."""
    if dtype.kind == "b":
        return 0, 1
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        return int(limits.min), int(limits.max)
    if dtype.kind == "f":
        largest = float(np.finfo(dtype).max)
        return -largest, largest
    if dtype.kind == "V":  # bfloat16 and the like, which NumPy does not know
        import ml_dtypes

        largest = float(ml_dtypes.finfo(dtype).max)
        return -largest, largest
    return None, None


def _is_within(kind: np.dtype[Any], low: Any, high: Any) -> bool:
    """Whether a dtype holds nothing that is outside of these limits."""
    least, largest = _limits(kind)
    return least is not None and low <= least and largest <= high
