"""Tasks: a head, a loss and metrics in one word."""

from __future__ import annotations

from typing import NamedTuple

from layergraph.diagnostics import Diagnostics, codes
from layergraph.spec.models import OutputKeys
from layergraph.spec.place import Place
from layergraph.syntax.tree import Entry, Mapping, Scalar


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
    "binary": Task("sigmoid", "binary_crossentropy", "accuracy", units=1),
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
        if getattr(keys, key) is None or (task and key in task.keys):
            continue
        if keys.type is not None and key == "units":
            continue  # the head's own argument
        belongs = [known for known, other in TASKS.items() if key in other.keys]
        at = place.at(key)
        diagnostics.report(
            codes.UNKNOWN_KEY,
            f"`{key}` means nothing to output `{name}`"
            + (f", whose task is {keys.task}" if task else ", which has no task"),
            at.key_span,
            path=at.path,
            help=f"it belongs to `task: {'` or `task: '.join(belongs)}`",
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
    return sound


def head_arguments(keys: OutputKeys, given: Mapping, place: Place) -> Mapping:
    """The arguments of a task's `Dense` head: the task's own, and over them those given."""
    assert keys.task is not None
    task = TASKS[keys.task]
    at = place.at("task")
    units = place.at(task.size).tree if task.size and place.has(task.size) else None
    entries = {
        "units": Entry("units", at.key_span, units or Scalar(task.units, at.span)),
    }
    if task.activation is not None:
        activation = Scalar(task.activation, at.span)
        entries["activation"] = Entry("activation", at.key_span, activation)
    return Mapping({**entries, **given.entries}, given.span)
