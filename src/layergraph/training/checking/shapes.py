"""Whether the rows of columns have the shape that a use takes."""

from __future__ import annotations

from layergraph.diagnostics import Diagnostics, codes
from layergraph.training.checking.use import Use, shape_text
from layergraph.training.checking.view import View

Shape = tuple[int | None, ...]


def fitted(sample: tuple[int, ...], wanted: Shape) -> tuple[int, ...] | None:
    """The shape of a row as `wanted` has it, or None where it cannot be.

    An axis of one value at the end may be there or not: numbers in rows are () and (1,).
    """
    alike = [sample, (*sample, 1)]
    if sample[-1:] == (1,):
        alike.append(sample[:-1])
    return next((shape for shape in alike if _fits(shape, wanted)), None)


def _fits(shape: tuple[int, ...], wanted: Shape) -> bool:
    return len(shape) == len(wanted) and all(
        size is None or size == has for has, size in zip(shape, wanted, strict=True)
    )


def row_shape(
    views: list[View], wanted: Shape, uses: list[Use], diagnostics: Diagnostics
) -> tuple[int, ...] | None:
    """The shape of a row of columns side by side; None where they do not fit, which is reported."""
    if len(views) == 1:
        return _of_one(views[0], wanted, uses[0], diagnostics)
    each = [
        _of_one(view, wanted[:-1], use, diagnostics) for view, use in zip(views, uses, strict=True)
    ]
    if any(shape is None for shape in each):
        return None
    first = each[0]
    assert first is not None
    whole = (*first, len(views))
    unlike = next((use for use, shape in zip(uses, each, strict=True) if shape != first), None)
    if unlike is None and _fits(whole, wanted):
        return whole
    use = unlike or uses[0]
    use.report(
        diagnostics,
        codes.WRONG_DATA_SHAPE,
        f"a row of {len(views)} columns side by side is {shape_text(whole)}, and {use.who} "
        f"takes {shape_text(wanted)}",
        help="name as many columns as the last size, or change the shape in the graph",
    )
    return None


def _of_one(
    view: View, wanted: Shape, use: Use, diagnostics: Diagnostics
) -> tuple[int, ...] | None:
    shape = fitted(view.sample, wanted)
    if shape is None:
        use.report(
            diagnostics,
            codes.WRONG_DATA_SHAPE,
            f"a row of `{use.column}` is {shape_text(view.sample)}, and {use.who} takes "
            f"{shape_text(wanted)}",
            help=_advice(view.sample, wanted),
        )
    return shape


def _advice(sample: tuple[int, ...], wanted: Shape) -> str:
    if not sample and len(wanted) == 1:
        return f"name {wanted[0] or 'several'} columns in `columns`, or change the shape"
    return "reshape the data, or change the shape in the graph"
