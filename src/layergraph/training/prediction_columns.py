"""Predictions as columns of a table, and as arrays by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from layergraph.graph import output_data
from layergraph.graph.graph import Output
from layergraph.graph.target_forms import INTEGER, PROBABILITY

if TYPE_CHECKING:
    import numpy as np

Form = Literal["multiclass", "binary", "multilabel", "numbers"]
Named = tuple[str, str, "np.ndarray[Any, Any]"]
"""A name in the file, the output that it belongs to, and a value for each row."""

ROW = "row"
"""The column that says which row of the data a prediction is for."""


def form_of(output: Output) -> Form:
    """What the predictions of an output are: its task says so, its loss, or its metrics."""
    form = output_data.form_of(output)
    if form.is_binary:
        return "binary"
    if form.form == PROBABILITY and not form.is_one_hot:
        return "multilabel"
    if form.form not in (INTEGER, PROBABILITY) or output.spec.rank < 2:
        return "numbers"
    axis = getattr(output.loss, "axis", -1)
    is_embedding = form.count is None and output.spec.shape[-1] is not None
    if is_embedding or axis not in (-1, output.spec.rank - 1):
        return "numbers"
    return "multiclass"


def table_columns(
    predictions: Mapping[str, np.ndarray[Any, Any]], outputs: Mapping[str, Output]
) -> list[Named]:
    """Predictions as a table has them.

    Classes give the label, under the output's name, and a column of probabilities for each class;
    two classes that one probability tells apart give the label and that of the second. Tags and
    several numbers give a column each. Of what has more than two axes, columns have one axis less
    than the array, or all where nothing names what is on the last.
    """
    return [
        (column, name, values)
        for name, array in predictions.items()
        for column, values in _columns_of(name, _plain(array), outputs[name])
    ]


def named_arrays(
    predictions: Mapping[str, np.ndarray[Any, Any]], outputs: Mapping[str, Output]
) -> list[Named]:
    """Predictions as they are, and the labels of classes as `<output>_label`.

    A label is "" (NaN where labels are numbers) where a prediction is NaN.
    """
    found: list[Named] = []
    for name, array in predictions.items():
        values = _plain(array)
        found.append((name, name, values.astype(str) if values.dtype == object else values))
        classes = outputs[name].classes
        if classes and form_of(outputs[name]) in ("multiclass", "binary"):
            labels = _unpickled(_labels(values, outputs[name]), classes)
            found.append((f"{name}_label", name, labels))
    return found


def _columns_of(
    name: str, values: np.ndarray[Any, Any], output: Output
) -> Iterable[tuple[str, np.ndarray[Any, Any]]]:
    form, classes = form_of(output), output.classes
    if form == "binary":
        probability = values[..., 0] if values.ndim > 1 else values
        if classes:
            yield name, _labels(values, output)
        yield f"{name}_{classes[1]}" if classes else name, probability
        return
    if form == "multiclass":
        yield name, _labels(values, output)
    elif values.ndim == 1 or (values.ndim == 2 and values.shape[1] == 1 and not classes):
        yield name, values.reshape(len(values))
        return
    parts = _parts(name, values.shape[-1], output, form)
    if parts is None:
        yield name, values
        return
    for position, part in enumerate(parts):
        yield part, values[..., position]


def _parts(name: str, size: int, output: Output, form: Form) -> Sequence[str] | None:
    """The names of what is on the last axis; None where it is no axis of single things."""
    if form != "numbers" and output.classes:
        return [f"{name}_{label}" for label in output.classes]
    if form != "multiclass" and len(output.columns) == size:
        return output.columns
    if form != "multiclass" and output.spec.rank > 2:
        return None
    return [f"{name}_{position}" for position in range(size)]


def _labels(values: np.ndarray[Any, Any], output: Output) -> np.ndarray[Any, Any]:
    """The label of the likeliest class, or its number; None where a prediction is NaN."""
    import numpy as np

    if form_of(output) == "binary":
        scores = values[..., 0] if values.ndim > 1 else values
        middle = 0.0 if getattr(output.loss, "from_logits", False) else 0.5
        chosen, gaps = (scores > middle).astype(int), np.isnan(scores)
        labels: Sequence[str | int] = output.classes or (0, 1)
    else:
        chosen, gaps = values.argmax(axis=-1), np.isnan(values).any(axis=-1)
        labels = output.classes or range(values.shape[-1])
    if not all(isinstance(label, int) for label in labels):
        labels = [str(label) for label in labels]
    found: np.ndarray[Any, Any] = np.array(labels, dtype=object)[chosen]
    found[gaps] = None
    return found


def _unpickled(labels: np.ndarray[Any, Any], classes: Sequence[str | int]) -> np.ndarray[Any, Any]:
    """Labels as an array of words or numbers: one of objects would be pickled."""
    import numpy as np

    if all(isinstance(label, int) for label in classes):
        is_whole = all(label is not None for label in labels.flat)
        return labels.astype(np.int64 if is_whole else np.float64)
    words: list[Any] = ["" if label is None else label for label in labels.flat]
    return np.array(words, dtype=str).reshape(labels.shape)


def _plain(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """An array in dtypes that others read: bfloat16 as float32, words as text."""
    import numpy as np

    if array.dtype.kind == "V":
        return array.astype(np.float32)
    if array.dtype.kind in "SO":
        words = [word.decode() if isinstance(word, bytes) else str(word) for word in array.flat]
        return np.array(words, dtype=object).reshape(array.shape)
    return array
