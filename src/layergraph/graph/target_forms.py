"""What the data of an output have to be: its loss says so, or a metric where it has no loss."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from layergraph.objects.base import KerasObject
from layergraph.objects.catalog import Catalog
from layergraph.objects.catalogs import LOSSES, METRICS
from layergraph.objects.declared import CustomObject
from layergraph.tensors import TensorSpec

INTEGER, PROBABILITY, NUMBER = "integer", "probability", "number"

_INTEGER = frozenset(
    {
        *("SparseCategoricalCrossentropy", "SparseCategoricalAccuracy"),
        *("SparseTopKCategoricalAccuracy", "Circle", "CTC"),
    }
)
_ONE_HOT = frozenset(
    {
        *("CategoricalCrossentropy", "CategoricalFocalCrossentropy", "CategoricalHinge"),
        *("CategoricalGeneralizedCrossEntropy", "CategoricalAccuracy", "TopKCategoricalAccuracy"),
        *("OneHotIoU", "OneHotMeanIoU", "F1Score", "FBetaScore"),
    }
)
_PROBABILITY = frozenset(
    {
        *("BinaryCrossentropy", "BinaryFocalCrossentropy", "Dice", "Tversky"),
        *("BinaryAccuracy", "BinaryIoU", "AUC", "Precision", "Recall"),
        *("TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives"),
        *("PrecisionAtRecall", "RecallAtPrecision"),
        *("SensitivityAtSpecificity", "SpecificityAtSensitivity"),
    }
)
_BY_SHAPE = frozenset({"crossentropy", "ce", "accuracy", "acc", "Accuracy"})
"""Names for which Keras chooses among three, by the shapes of the data and of the output."""

_OF_EMBEDDINGS = "Circle"
_OF_SEQUENCES = "CTC"


class TargetForm(NamedTuple):
    """What one target is.

    `form` is "integer" (numbers of classes), "probability" (from 0 to 1) or "number". `shape` is
    that of one target, `dtype` what it is stored in. `count` is the number of classes where they
    are known: 2 where one probability tells two classes apart. `ignored` is the number that is no
    class, where a loss has one. `is_open` is whether only a loss of the user's own knows better.
    """

    form: str
    shape: tuple[int | None, ...]
    is_one_hot: bool = False
    count: int | None = None  # type: ignore[assignment]  # tuples have a method of this name
    ignored: int | None = None
    is_open: bool = False

    @property
    def dtype(self) -> str:
        """What a target is stored in."""
        return "int32" if self.form == INTEGER else "float32"

    @property
    def is_binary(self) -> bool:
        """Whether one probability tells two classes apart."""
        return self.form == PROBABILITY and not self.is_one_hot and self.shape[-1:] in ((), (1,))

    @property
    def has_one_class(self) -> bool:
        """Whether a sample is of exactly one class."""
        if self.form == INTEGER:
            return self.shape == ()
        return len(self.shape) <= 1 and (self.is_binary or self.is_one_hot)


def target_form(
    spec: TensorSpec,
    loss: str | KerasObject | None,
    metrics: Iterable[str | KerasObject] = (),
    *,
    task: str | None = None,
    labels: str | None = None,
    classes: tuple[str | int, ...] | None = None,
) -> TargetForm:
    """What the targets of an output have to be.

    Args:
        spec: the tensor that it gives.
        loss: its loss.
        metrics: its metrics, the first of which that tells decides where there is no loss.
        task: its task, which decides where the loss is the user's own.
        labels: what its task says of labels.
        classes: the labels of its classes.
    """
    names = (
        [class_name(loss, LOSSES)]
        if loss is not None
        else [class_name(m, METRICS) for m in metrics]
    )
    size = spec.shape[-1] if spec.rank > 1 else None
    kinds = [kind for name in names if (kind := _kind(name, size)) is not None]
    is_of_keras = loss is not None and not isinstance(loss, CustomObject)
    kind = kinds[0] if kinds else _kind_of_task(task, labels)
    if labels == "one_hot" or (is_of_keras and not kinds):
        kind = "one_hot" if task == "multiclass" else kind  # a distance is one of rows
    is_open = kind is None and not is_of_keras
    if kind is None:
        kind = _kind_of_classes(classes, size) if is_open else NUMBER
    return _form(kind, spec, loss, names, is_open=is_open)


def _form(
    kind: str,
    spec: TensorSpec,
    loss: str | KerasObject | None,
    names: list[str | None],
    *,
    is_open: bool,
) -> TargetForm:
    shape = spec.shape[1:]
    if not shape:
        is_one_hot = kind == "one_hot"
        return TargetForm(PROBABILITY if is_one_hot else kind, shape, is_open=is_open)
    axis = getattr(loss, "axis", -1)
    at = axis - 1 if isinstance(axis, int) and axis > 0 else -1  # the first axis is the batch's
    at = at if at < len(shape) else -1
    if kind == INTEGER:
        rest = shape[:at] + (shape[at + 1 :] if at != -1 else ())
        if _OF_SEQUENCES in names:
            rest = (*rest[:-1], None)  # a text is shorter than what it is read from
        count = None if _OF_EMBEDDINGS in names else shape[at]
        ignored = getattr(loss, "ignore_class", None)
        return TargetForm(INTEGER, rest, count=count, ignored=ignored, is_open=is_open)
    if kind == "one_hot":
        return TargetForm(PROBABILITY, shape, is_one_hot=True, count=shape[at], is_open=is_open)
    if kind == PROBABILITY:
        count = 2 if shape[-1] == 1 else shape[-1]
        return TargetForm(PROBABILITY, shape, count=count, is_open=is_open)
    return TargetForm(NUMBER, shape, is_open=is_open)


def class_name(described: Any, catalog: Catalog) -> str | None:
    """The class of Keras that a loss or a metric is; None of one of the user's own.

    Names for which Keras chooses by shapes stay what they are.
    """
    if isinstance(described, str):
        return described if described in _BY_SHAPE else catalog.class_name(described)
    return None if isinstance(described, CustomObject) else type(described).__name__


def _kind(name: str | None, size: int | None) -> str | None:
    """What a loss or a metric of Keras takes; None of what does not tell."""
    if name in _BY_SHAPE:
        return PROBABILITY if size == 1 else INTEGER
    if name in _INTEGER:
        return INTEGER
    if name in _ONE_HOT:
        return "one_hot"
    if name in _PROBABILITY:
        return PROBABILITY
    return None


def _kind_of_task(task: str | None, labels: str | None) -> str | None:
    """What a task alone says, beside a loss of another kind or one of the user's own."""
    if task == "multiclass":
        return "one_hot" if labels == "one_hot" else INTEGER
    return PROBABILITY if task in ("binary", "multilabel") else None


def _kind_of_classes(classes: tuple[str | int, ...] | None, size: int | None) -> str:
    if classes is None:
        return NUMBER
    return PROBABILITY if size == 1 else INTEGER
