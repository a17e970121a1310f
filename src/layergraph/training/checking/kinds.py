"""Whether a column holds numbers or words, and whether its use takes these."""

from __future__ import annotations

from typing import Any

import numpy as np

from layergraph.diagnostics import Diagnostics, codes
from layergraph.training.checking.use import Use, shown
from layergraph.training.checking.view import View, gaps_in

_NUMBERS = "fiub"


def check_numeric(view: View, use: Use, takes: str, help: str, diagnostics: Diagnostics) -> bool:
    """Whether a column holds real numbers; else what it holds is reported."""
    kind = view.array.dtype.kind
    if kind in _NUMBERS or (kind == "c" and takes.startswith("complex")):
        return True
    if kind == "O" and not len(view):
        return True
    position, value = _first(view, lambda value: isinstance(value, str) and not _is_number(value))
    if position is None:
        position, value = _first(view, lambda value: value is not None)
    if kind == "c":
        message, help = (
            f"`{use.column}` holds complex numbers, and {use.who} takes {takes}",
            "take the real part or the size of each, or both parts as two columns",
        )
    elif kind in "Mm":
        what = "dates" if kind == "M" else "spans of time"
        message, help = (
            f"`{use.column}` holds {what}, and {use.who} takes {takes}",
            "turn them into numbers first, such as days since a first one",
        )
    elif position is None:
        message, help = f"`{use.column}` holds no value at all", "every row of it is missing"
    elif isinstance(value, str):
        of_whom = f"row {view.row(position)} of `{use.column}`"
        message = f"{of_whom} is the word {shown(value)}, and {use.who} takes {takes}"
        if _first(view, _is_number_or_text_of_one)[0] is not None and not _is_number(value):
            help = "mend the row: where there is no number, leave it empty"
        elif _is_number(value):
            help = "its numbers are written as text: turn the column into numbers"
    else:
        of_whom = f"row {view.row(position or 0)} of `{use.column}`"
        message = f"{of_whom} is {_described(value)}, and {use.who} takes {takes}"
        help = "turn it into numbers, one or equally many in each row"
    use.report(diagnostics, codes.WRONG_DATA_DTYPE, message, help=help)
    return False


def check_words(view: View, use: Use, diagnostics: Diagnostics) -> bool:
    """Whether a column holds words; else what it holds is reported."""
    if view.array.dtype.kind != "O":
        is_gap = bool(len(view)) and gaps_in(view.values()).all()
        if is_gap:  # a column without any value is read as one of numbers
            return True
        first = f" (row {view.row(0)} is {shown(view.values()[0])})" if _is_plain(view) else ""
        use.report(
            diagnostics,
            codes.WRONG_DATA_DTYPE,
            f"`{use.column}` holds no words{first}, and {use.who} takes words",
            help="turn it into text; or give the input the `dtype` of the numbers, such as int32 "
            "with an `IntegerLookup`",
        )
        return False
    position, value = _first(view, lambda value: not (value is None or isinstance(value, str)))
    if position is None:
        return True
    use.report(
        diagnostics,
        codes.WRONG_DATA_DTYPE,
        f"row {view.row(position)} of `{use.column}` is {_described(value)} among words",
        help="turn all of the column into text",
    )
    return False


def words(view: View) -> np.ndarray[Any, Any]:
    """The words that count, "" where one is missing: (n, …)."""
    values = view.values()
    if values.dtype.kind != "O":
        return np.full(values.shape, "", object)
    found = np.empty(values.size, object)
    found[:] = ["" if value is None else value for value in values.ravel()]
    return found.reshape(values.shape)


def _first(view: View, breaks: Any) -> tuple[int | None, Any]:
    """The first row with an object that breaks a rule, and that object."""
    if view.array.dtype.kind != "O":
        return None, None
    width = max(int(np.prod(view.sample)), 1)
    for start, block in view.blocks():
        for place, value in enumerate(block.ravel()):
            if breaks(value):
                return start + place // width, value
    return None, None


def _is_plain(view: View) -> bool:
    return len(view) > 0 and not view.sample


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_number_or_text_of_one(value: Any) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and _is_number(value))


def _described(value: Any) -> str:
    if isinstance(value, int | float | np.number):
        return f"the number {shown(value)}"
    return f"of type `{type(value).__name__}`"
