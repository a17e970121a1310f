"""Tasks: a head, a loss and metrics in one word."""

from __future__ import annotations

from typing import NamedTuple

from layergraph.diagnostics import Diagnostics, codes
from layergraph.spec.output_keys import OutputKeys
from layergraph.spec.place import Place
from layergraph.syntax.tree import Entry, Mapping, Scalar, Sequence


class Task(NamedTuple):
    """What a task stands for.

    `size` is the key that gives the head's units, `units` their number where nothing gives it,
    `keys` the keys of an output that mean something to the task.
    """

    activation: str | None
    loss: str
    metric: str
    keys: tuple[str, ...] = ()
    size: str | None = None
    units: int | None = None


TASKS = {
    "regression": Task(
        None, "mean_squared_error", "mean_absolute_error", keys=("units",), size="units", units=1
    ),
    "binary": Task("sigmoid", "binary_crossentropy", "accuracy", keys=("classes",), units=1),
    "multilabel": Task(
        "sigmoid", "binary_crossentropy", "binary_accuracy", keys=("classes",), size="classes"
    ),
    "multiclass": Task(
        "softmax",
        "sparse_categorical_crossentropy",
        "accuracy",
        keys=("classes", "labels"),
        size="classes",
    ),
}

TASK_KEYS = ("units", "classes", "labels")

_LABELS_HELP: dict[str | None, str] = {
    "binary": "there are two: name them, `classes: [no, yes]`, or drop it",
    None: "name the classes, `classes: [cat, dog]`, or give it a `task: multilabel` or "
    "`task: multiclass`",
}

UNWEIGHABLE: dict[str | None, str] = {
    "regression": "it has no classes: `sample_weight` names a column with a weight for every row",
    "multilabel": "a row may be of several classes: `sample_weight` names a column with a weight "
    "for every row",
}
"""The tasks without one class a sample, and what to do instead."""


def loss_of(keys: OutputKeys) -> str | None:
    """The loss that an output's task stands for."""
    if keys.task is None:
        return None
    return "categorical_crossentropy" if keys.labels == "one_hot" else TASKS[keys.task].loss


def check_task_keys(keys: OutputKeys, name: str, place: Place, diagnostics: Diagnostics) -> bool:
    """Whether the keys that belong to a task stand beside one that knows them."""
    sound = True
    task = TASKS[keys.task] if keys.task else None
    for key in TASK_KEYS:
        if getattr(keys, key) is None or _is_known(key, keys):
            continue
        belongs = [known for known, other in TASKS.items() if key in other.keys]
        at = place.at(key)
        diagnostics.report(
            codes.UNKNOWN_KEY,
            f"`{key}` means nothing to output `{name}`"
            + (f", whose task is {keys.task}" if task else ", which has no task"),
            at.key_span,
            path=at.path,
            help=_LABELS_HELP[keys.task]
            if key == "classes" and keys.task in _LABELS_HELP
            else f"it belongs to `task: {'` or `task: '.join(belongs)}`",
        )
        sound = False
    if task and task.size and not task.units and keys.type is None and keys.classes is None:
        at = place.at("task")
        diagnostics.report(
            codes.MISSING_KEY,
            f"output `{name}` does not say how many classes there are",
            at.span,
            path=place.path,
            help="add `classes: …`",
        )
        sound = False
    sound = _has_two_labels(keys, name, place, diagnostics) and sound
    sound = _has_classes_to_weigh(keys, name, place, diagnostics) and sound
    return _weighs_its_classes(keys, name, place, diagnostics) and sound


def _is_known(key: str, keys: OutputKeys) -> bool:
    """Whether a key means something to an output's task, or to an output that has none."""
    if key == "units" and keys.type is not None:
        return True  # the head's own argument
    if key == "classes" and keys.class_labels is not None:
        return keys.task != "regression"
    if key == "classes" and keys.task == "binary":
        return False  # their number is 2
    return keys.task is not None and key in TASKS[keys.task].keys


def _has_two_labels(keys: OutputKeys, name: str, place: Place, diagnostics: Diagnostics) -> bool:
    """Whether a binary output that names its classes names two."""
    labels = keys.class_labels
    if keys.task != "binary" or labels is None or len(labels) == 2:
        return True
    at = place.at("classes")
    diagnostics.report(
        codes.OUT_OF_RANGE,
        f"`classes` of output `{name}` must be two labels, not {len(labels)}: its task is binary",
        at.span,
        path=at.path,
        help="with more than two, its task is `multiclass`"
        if len(labels) > 2
        else "the second is the one that the output gives the probability of",
    )
    return False


def _has_classes_to_weigh(
    keys: OutputKeys, name: str, place: Place, diagnostics: Diagnostics
) -> bool:
    """Whether an output with weights for its classes has one class a sample."""
    if keys.class_weight is None or keys.task not in UNWEIGHABLE:
        return True
    at = place.at("class_weight")
    diagnostics.report(
        codes.UNKNOWN_KEY,
        f"`class_weight` means nothing to output `{name}`, whose task is {keys.task}",
        at.key_span,
        path=at.path,
        help=UNWEIGHABLE[keys.task],
    )
    return False


def _weighs_its_classes(
    keys: OutputKeys, name: str, place: Place, diagnostics: Diagnostics
) -> bool:
    """Whether the weights of classes are of classes that an output has, as far as it says them."""
    if not isinstance(keys.class_weight, dict) or keys.task in UNWEIGHABLE:
        return True
    from layergraph.spec.class_weights import check_classes, known_labels

    labels = known_labels(keys.classes)
    if labels is None and keys.task == "binary":
        labels = range(2)
    if labels is None:
        return True
    return check_classes(keys.class_weight, labels, name, place.at("class_weight"), diagnostics)


def head_arguments(keys: OutputKeys, given: Mapping, place: Place) -> Mapping:
    """The arguments of a task's `Dense` head: the task's own, and over them those given."""
    assert keys.task is not None
    task = TASKS[keys.task]
    at = place.at("task")
    units = place.at(task.size).tree if task.size and place.has(task.size) else None
    if isinstance(units, Sequence):
        units = Scalar(len(units.items), units.span)
    entries = {
        "units": Entry("units", at.key_span, units or Scalar(task.units, at.span)),
    }
    if task.activation is not None:
        activation = Scalar(task.activation, at.span)
        entries["activation"] = Entry("activation", at.key_span, activation)
    return given._replace(entries={**entries, **given.entries})
