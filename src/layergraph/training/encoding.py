"""A `Table`, and what a graph asks of data → `Samples`: what the model is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from layergraph.diagnostics import Diagnostic, Diagnostics, GraphError, Source, Span, codes
from layergraph.diagnostics.nearest import did_you_mean
from layergraph.training.checking.inputs import input_column
from layergraph.training.checking.targets import (
    report_all_missing,
    sample_weights,
    target_column,
)
from layergraph.training.checking.use import Use
from layergraph.training.checking.view import View, rows_with_gaps
from layergraph.training.columns import Array, Column
from layergraph.training.fields import Field, Target
from layergraph.training.reading.table import Table, has

_MANY = 12


@dataclass(frozen=True, eq=False)
class Samples:
    """Rows as a model takes them.

    Args:
        inputs: by name.
        targets: by the name of the output; without values where one is missing.
        weights: float32 (n,), by output: the weights that the data give, and 0 where the target is
            missing. Those that are all 1 are not there.
        gaps: how many targets are missing by output, where any are.
        rows: (n,), the numbers that these rows have in the data: those with a gap that are left
            out by `missing: drop` are not there.
        warnings: what else is to be said of the data.
    """

    inputs: Mapping[str, Column]
    targets: Mapping[str, Column]
    weights: Mapping[str, Array]
    gaps: Mapping[str, int]
    rows: Array
    warnings: tuple[Diagnostic, ...] = ()
    classes: Mapping[str, Array] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def labels(self, output: str) -> Array:
        """The class of each row by an output, (n,), -1 where it is missing.

        Raises:
            KeyError: where the output has no classes, or several for each row.
        """
        return self.classes[output]


def needed_columns(fields: Iterable[Field], targets: Iterable[Target] = ()) -> frozenset[str]:
    """The columns that `read_data` is to read."""
    return frozenset(use.column for use in _uses(tuple(fields), tuple(targets)))


def word_columns(fields: Iterable[Field]) -> frozenset[str]:
    """Those of them that are words, also where they look like numbers."""
    return frozenset(
        column
        for one in fields
        if one.dtype == "string" or one.decode is not None
        for column in one.columns
    )


def encode(
    table: Table, fields: Iterable[Field], targets: Iterable[Target] = (), *, first_row: int = 0
) -> Samples:
    """The rows of a table as a model takes them.

    Args:
        table: the data.
        fields: the model's inputs.
        targets: the outputs that are trained or measured; none to predict.
        first_row: the number of the table's first row in the data, for messages and `rows`.

    Raises:
        GraphError: with the mistakes of all columns, the first of each: missing-column,
            wrong-data-shape, wrong-data-dtype, value-out-of-range, missing-value, unknown-label,
            unreadable-image; too-few-rows, where every row is left out.
    """
    fields, targets = tuple(fields), tuple(targets)
    diagnostics = Diagnostics()
    uses = [*_uses(fields, targets)]
    for use in uses:
        if use.column not in table.columns:
            _report_missing(use, table, diagnostics)
    if not (table.has_own_columns or diagnostics.has_errors):  # it may be the one that is missed
        _warn_of_unused(table, {use.column for use in uses}, diagnostics)
    kept = _kept(table, fields, first_row, diagnostics)

    def views(columns: Iterable[str]) -> list[View] | None:
        found = [View(table.columns[c], kept, first_row) for c in columns if c in table.columns]
        return found if len(found) == len(tuple(columns)) else None

    inputs = {}
    for one in fields:
        of_input = views(one.columns)
        column = input_column(one, of_input, table, diagnostics) if of_input else None
        if column is not None:
            inputs[one.name] = column
    found = _Targets({}, {}, {}, {})
    for target in targets:
        of_target = views(target.columns)
        of_weight = views((target.sample_weight,)) if target.sample_weight else None
        if of_target:
            _take_target(target, of_target, table, found, diagnostics)
        if of_weight:
            _take_weights(target, of_weight[0], found, diagnostics)
    if diagnostics.has_errors:
        raise GraphError(tuple(diagnostics))
    rows = (np.arange(len(table)) if kept is None else kept) + first_row
    return Samples(
        inputs,
        found.columns,
        found.weights,
        found.gaps,
        rows,
        tuple(diagnostics),
        found.classes,
    )


@dataclass(frozen=True)
class _Targets:
    columns: dict[str, Column]
    weights: dict[str, Array]
    gaps: dict[str, int]
    classes: dict[str, Array]


def _take_target(
    target: Target, views: list[View], table: Table, found: _Targets, diagnostics: Diagnostics
) -> None:
    encoded = target_column(target, views, diagnostics)
    if encoded is None:
        return
    count = int(np.count_nonzero(encoded.missing))
    if count == len(encoded.missing) and count and not table.is_part:
        report_all_missing(target, diagnostics)
        return
    found.columns[target.name] = encoded.column
    if encoded.labels is not None:
        found.classes[target.name] = encoded.labels
    if count:
        found.gaps[target.name] = count
        found.weights[target.name] = (~encoded.missing).astype(np.float32)


def _take_weights(target: Target, view: View, found: _Targets, diagnostics: Diagnostics) -> None:
    assert target.sample_weight is not None
    given = sample_weights(view, _use_of_weight(target), diagnostics)
    if given is None:
        return
    whole = given * found.weights.get(target.name, np.float32(1))
    if not (whole == 1).all():
        found.weights[target.name] = whole


def _uses(fields: Iterable[Field], targets: Iterable[Target]) -> Iterable[Use]:
    for part, several in (("inputs", fields), ("outputs", targets)):
        for one in several:
            for column in one.columns:
                yield Use(column, one.name, part, one.span, f"{part[:-1]} `{one.name}`")
            if isinstance(one, Target) and one.sample_weight is not None:
                yield _use_of_weight(one)


def _use_of_weight(target: Target) -> Use:
    assert target.sample_weight is not None
    who = f"the weight of `{target.name}`"
    return Use(target.sample_weight, target.name, "outputs", target.span, who)


def _kept(
    table: Table, fields: Iterable[Field], first_row: int, diagnostics: Diagnostics
) -> Array | None:
    """The rows without a gap where none may be; None where that is all of them."""
    dropped = np.zeros(len(table), bool)
    most: tuple[int, Field] | None = None
    for one in fields:
        if one.missing != "drop":
            continue
        gaps = np.zeros(len(table), bool)
        for column in one.columns:
            if column in table.columns:
                gaps |= rows_with_gaps(View(table.columns[column], None, first_row))
        count = int(np.count_nonzero(gaps))
        dropped |= gaps
        if most is None or count > most[0]:
            most = count, one
    if not dropped.any():
        return None
    if dropped.all() and not table.is_part:
        assert most is not None
        count, one = most
        diagnostics.report(
            codes.TOO_FEW_ROWS,
            f"`missing: drop` leaves out all {len(table):,} rows of {table.name}: {count:,} of "
            f"them have no {' or no '.join(f'`{column}`' for column in one.columns)}",
            one.span,
            path=("inputs", one.name),
            help="fill the gaps, leave the column out, or let the model handle gaps with "
            "`missing: allow`",
        )
    return np.flatnonzero(~dropped)


def _report_missing(use: Use, table: Table, diagnostics: Diagnostics) -> None:
    kind = "column" if table.has_own_columns else "array"
    listed = ", ".join(f"`{name}`" for name in table.names[:_MANY])
    more = ", …" if len(table.names) > _MANY else ""
    use.report(
        diagnostics,
        codes.MISSING_COLUMN,
        f"{use.who} takes the {kind} `{use.column}`, and {has(table.name)} none of that name",
        help=did_you_mean(use.column, table.names) or f"the {kind}s are {listed}{more}",
    )


def _warn_of_unused(table: Table, used: set[str], diagnostics: Diagnostics) -> None:
    for name in table.names:
        if name not in used:
            diagnostics.report(
                codes.UNUSED_ARRAY,
                f"nothing in the graph takes the array `{name}` of {table.name}",
                Span.whole(Source("", "")),
                help="leave it out, or name it by `column` where it belongs",
            )
