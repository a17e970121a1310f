"""The columns of one input → the `Column` that the model is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np

from layergraph.diagnostics import Diagnostics, GraphError, codes
from layergraph.training.checking.kinds import check_numeric, check_words, words
from layergraph.training.checking.rules import (
    Rule,
    check_numbers,
    fitting,
    infinite,
    present,
    within,
)
from layergraph.training.checking.shapes import row_shape
from layergraph.training.checking.use import Use
from layergraph.training.checking.view import View
from layergraph.training.columns import Column, Eager, Mapped, stacked
from layergraph.training.fields import Field
from layergraph.training.images import Images
from layergraph.training.reading.table import Table

_DROP = "leave such rows out with `missing: drop`"
_ALLOW = f"{_DROP}, or let the model handle gaps with `missing: allow`"


def input_column(
    field: Field, views: list[View], table: Table, diagnostics: Diagnostics
) -> Column | None:
    """What an input is given; None where its columns do not fit, which is reported.

    Args:
        field: the input.
        views: its columns, in its order.
        table: where they come from.
        diagnostics: where mistakes go.
    """
    uses = [
        Use(column, field.name, "inputs", field.span, f"input `{field.name}`")
        for column in field.columns
    ]
    if field.decode is not None:
        return _images(field, views[0], uses[0], table, diagnostics)
    if field.dtype == "string":
        return _words(field, views, uses, diagnostics)
    takes = "whole numbers" if "int" in field.dtype else f"{field.dtype} numbers"
    help = "give the input `dtype: string` and a layer that knows words, such as `StringLookup`"
    pairs = list(zip(views, uses, strict=True))
    sound = [check_numeric(view, use, takes, help, diagnostics) for view, use in pairs]
    shape = row_shape(views, field.shape, uses, diagnostics) if all(sound) else None
    rules = partial(_rules, field)
    if shape is None or not all_keep(rules, pairs, diagnostics):
        return None
    return numeric_column(views, shape, field.dtype)


def all_keep(
    rules: Callable[[View, Use], Iterable[Rule]],
    pairs: Iterable[tuple[View, Use]],
    diagnostics: Diagnostics,
) -> bool:
    """Whether the numbers of all columns keep their rules; each that does not is reported."""
    kept = [check_numbers(view, rules(view, use), use, diagnostics) for view, use in pairs]
    return all(kept)


def numeric_column(
    views: list[View], shape: tuple[int, ...], dtype: str, *, fills: bool = False
) -> Column:
    """Numbers in their dtype: a copy in memory, or what is mapped and cast when it is read.

    Args:
        views: columns that are sound.
        shape: that of a row of them together.
        dtype: what the model takes.
        fills: whether NaN is replaced by 0.
    """
    if any(view.is_mapped for view in views):
        return Mapped(tuple(view.array for view in views), dtype, shape, views[0].kept, fills=fills)
    return Eager(stacked([view.values() for view in views], shape, dtype, fills))


def _rules(field: Field, view: View, use: Use) -> tuple[Rule, ...]:
    kind = view.array.dtype
    rules = infinite(kind)
    has_nan = "float" in field.dtype or "complex" in field.dtype
    if field.missing == "error":
        rules += present(kind, _ALLOW if has_nan else _DROP)
    elif field.missing == "allow" and not has_nan:
        rules += present(kind, f"{field.dtype} has no NaN: {_DROP}, or take `dtype: float32`")
    rules += fitting(kind, field.dtype, use.who)
    if field.below is not None:
        limit = field.below
        rules += within(
            0,
            limit - 1,
            lambda value: (
                f"is {value}, and the embedding that {use.who} goes into takes 0 to {limit - 1}"
            ),
            lambda most: (
                f"give it an `input_dim` of more than {most:.0f}, or mend the data"
                if most >= limit
                else "an embedding counts from 0: mend the data"
            ),
            kind,
        )
    return rules


def _words(
    field: Field, views: list[View], uses: list[Use], diagnostics: Diagnostics
) -> Column | None:
    sound = [check_words(view, use, diagnostics) for view, use in zip(views, uses, strict=True)]
    if not all(sound):
        return None
    shape = row_shape(views, field.shape, uses, diagnostics)
    if shape is None:
        return None
    if field.missing == "error":
        sound = [
            check_numbers(view, present(view.array.dtype, _ALLOW), use, diagnostics)
            for view, use in zip(views, uses, strict=True)
        ]
        if not all(sound):
            return None
    return Eager(stacked([words(view) for view in views], shape, field.dtype))


def _images(
    field: Field, view: View, use: Use, table: Table, diagnostics: Diagnostics
) -> Column | None:
    if not check_words(view, use, diagnostics):
        return None
    if row_shape([view], (), [use], diagnostics) is None:
        return None
    if not check_numbers(view, present(np.dtype(object), _DROP), use, diagnostics):
        return None
    values = words(view).reshape(len(view))
    rows = np.arange(len(view)) if view.kept is None else view.kept
    found = Images(
        values, table.folder, field.shape, field.dtype, use.column, rows + view.first_row, use.span
    )
    absent = found.missing()
    if absent is not None:
        use.report(
            diagnostics,
            codes.UNREADABLE_IMAGE,
            f"row {view.row(absent)} of `{use.column}`: the file {found.path(absent)} does not "
            "exist",
            help="paths are relative to the folder that the data are in"
            if table.folder is not None
            else "paths are relative to the folder that this is run in",
        )
        return None
    try:
        if len(found):
            found.picture(0)
    except GraphError as error:
        for diagnostic in error.diagnostics:
            diagnostics.take(diagnostic)
        return None
    return found
