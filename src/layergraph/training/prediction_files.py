"""Predictions → a file, in the form that its ending names."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from layergraph.diagnostics import codes, did_you_mean
from layergraph.graph.graph import Output
from layergraph.targets.failures import failure
from layergraph.targets.files import check_free, written
from layergraph.training.packages import check_package
from layergraph.training.prediction_columns import ROW, Named, named_arrays, table_columns
from layergraph.training.reading.packages import package

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

ROWS_AT_ONCE = 65_536
_PARQUET = "a .parquet file"


class FileForm(NamedTuple):
    """A form of file: how predictions are named in it, and what writes them.

    `holds_tensors` and `holds_complex` are whether a value for a row may be an array or a complex
    number; `needs` is a package.
    """

    suffix: str
    names: Callable[[Mapping[str, Array], Mapping[str, Output]], list[Named]]
    write: Callable[[Path, Mapping[str, Array]], None]
    holds_tensors: bool = True
    holds_complex: bool = False
    needs: str | None = None


def write_predictions(
    out: str | PathLike[str],
    predictions: Mapping[str, Array],
    outputs: Mapping[str, Output],
    *,
    rows: Array | None = None,
    force: bool = False,
) -> Path:
    """Write predictions to a .csv, .parquet or .npz file, whole or not at all.

    Args:
        out: where to.
        predictions: what the model gives, by output, batch first.
        outputs: the model's outputs by name.
        rows: the rows of the data that they are for, where some were left out; they become `row`.
        force: whether what stands at `out` is replaced.

    Returns:
        The path of the file.

    Raises:
        GraphError: what `check_predictions_file` finds, and unwritable-output.
    """
    place = Path(out)
    check_predictions_file(place, outputs, has_rows=rows is not None, force=force)
    form = _form(place)
    columns = {name: values for name, _, values in form.names(predictions, outputs)}
    if rows is not None:
        columns = {ROW: rows, **columns}
    with written(place) as beside:
        form.write(beside, columns)
    return place


def check_predictions_file(
    out: str | PathLike[str],
    outputs: Mapping[str, Output],
    *,
    has_rows: bool = False,
    force: bool = False,
) -> None:
    """Find out, before anything is predicted, whether predictions can be written to a file.

    Raises:
        GraphError: output-exists, unfit-predictions-file, missing-package.
    """
    import numpy as np

    place = Path(out)
    form = _form(place)
    check_free(place, force=force)
    if form.needs:
        check_package(form.needs, f"a {form.suffix} file")
    for name, output in outputs.items():
        _check_held(name, output, form)
    shapes = {name: [size or 1 for size in head.spec.shape[1:]] for name, head in outputs.items()}
    samples = {name: np.zeros((0, *shape)) for name, shape in shapes.items()}
    given = [(name, output) for name, output, _ in form.names(samples, outputs)]
    _check_names([(ROW, "")] * has_rows + given)


def _form(place: Path) -> FileForm:
    for form in FORMS:
        if place.suffix == form.suffix:
            return form
    endings = [form.suffix for form in FORMS]
    said = f"ends in `{place.suffix}`" if place.suffix else "has no ending"
    raise failure(
        codes.UNFIT_PREDICTIONS_FILE,
        f"`{place.name}` {said}, and predictions are written in the form that the ending names",
        help=did_you_mean(place.suffix, endings) or f"it may be {', '.join(endings)}",
    )


def _check_held(name: str, output: Output, form: FileForm) -> None:
    problem = None
    if output.spec.rank > 2 and not form.holds_tensors:
        sizes = ", ".join("?" if size is None else str(size) for size in output.spec.shape[1:])
        problem, others = f"({sizes}) for each row", "a .parquet or a .npz file"
    elif output.spec.dtype.startswith("complex") and not form.holds_complex:
        problem, others = "complex numbers", "a .npz file"
    if problem is not None:
        raise failure(
            codes.UNFIT_PREDICTIONS_FILE,
            f"output `{name}` gives {problem}, which a {form.suffix} file cannot hold",
            help=f"write {others}",
        )


def _check_names(given: Sequence[tuple[str, str]]) -> None:
    """Refuse two values of one name: those of output `a` for class `b_c`, of `a_b` for `c`."""
    counts = Counter(name for name, _ in given)
    twice = next((name for name, count in counts.items() if count > 1), None)
    if twice is None:
        return
    owners = dict.fromkeys(output for name, output in given if name == twice)
    said = " and of ".join(f"output `{name}`" if name else "the rows" for name in owners)
    raise failure(
        codes.UNFIT_PREDICTIONS_FILE,
        f"two columns of the predictions would be called `{twice}`: of {said}",
        help="rename an output or a class",
    )


def _write_csv(place: Path, columns: Mapping[str, Array]) -> None:
    count = min(map(len, columns.values()), default=0)
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for start in range(0, count, ROWS_AT_ONCE):
            parts = [_cells(values[start : start + ROWS_AT_ONCE]) for values in columns.values()]
            writer.writerows(zip(*parts, strict=True))


def _cells(values: Array) -> list[str]:
    """Numbers with the fewest digits that tell them apart in their own dtype."""
    if values.dtype == object:
        return ["" if value is None else str(value) for value in values]
    cells: list[str] = values.astype(str).tolist()
    return cells


def _write_parquet(place: Path, columns: Mapping[str, Array]) -> None:
    arrow, parquet = package("pyarrow", _PARQUET), package("pyarrow.parquet", _PARQUET)
    arrays = [_nested(values, arrow) for values in columns.values()]
    parquet.write_table(arrow.table(arrays, names=list(columns)), place)


def _nested(values: Array, arrow: Any) -> Any:
    """A column whose cells are lists of lists, as deep as the array has axes after the first."""
    found = arrow.array(values.ravel())
    for size in reversed(values.shape[1:]):
        found = arrow.FixedSizeListArray.from_arrays(found, size)
    return found


def _write_npz(place: Path, columns: Mapping[str, Array]) -> None:
    """Write what `numpy.savez` would, which takes no array called `file`."""
    from zipfile import ZipFile, ZipInfo

    from numpy.lib.format import write_array

    with ZipFile(place, "w") as archive:
        for name, values in columns.items():
            with archive.open(ZipInfo(f"{name}.npy"), "w", force_zip64=True) as file:
                write_array(file, values, allow_pickle=False)


FORMS = (
    FileForm(".csv", table_columns, _write_csv, holds_tensors=False),
    FileForm(".parquet", table_columns, _write_parquet, needs="pyarrow"),
    FileForm(".npz", named_arrays, _write_npz, holds_complex=True),
)
