"""Weights of classes → weights of samples, for training alone: validation stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from layergraph.training.encoding import Samples
    from layergraph.training.fields import Target

BALANCED = "balanced"


def class_weights(
    targets: tuple[Target, ...], samples: Samples, rows: np.ndarray
) -> Mapping[str, np.ndarray]:
    """The weights of samples by output, shape (samples,), with those of their classes in them.

    Args:
        targets: the outputs as data; those with `class_weight` count.
        samples: the samples, whose own weights are multiplied.
        rows: the rows of the training split, over which `balanced` weights are taken.
    """
    found = dict(samples.weights)
    for target in targets:
        if target.class_weight is None:
            continue
        labels = samples.labels(target.name)
        by_class = weights_by_class(target, labels[rows])
        own = found.get(target.name, np.ones(len(labels), np.float32))
        found[target.name] = np.where(labels >= 0, own * by_class[labels], own).astype(np.float32)
    return found


def weights_by_class(target: Target, labels: np.ndarray) -> np.ndarray:
    """The weight of each class of an output, shape (classes,).

    Args:
        target: the output.
        labels: the classes of the samples that are trained on, -1 where one is missing.

    Returns:
        What the file gives, 1 for a class that it does not name; for `balanced`
        n_samples / (n_classes · n_samples_of_class), as scikit-learn's
        `compute_class_weight("balanced")` has it, over the classes that are there.
    """
    count = target.count or len(target.classes or ()) or 2
    if isinstance(target.class_weight, Mapping):
        names = [str(label) for label in target.classes or range(count)]
        given = {str(label): weight for label, weight in target.class_weight.items()}
        return np.array([given.get(name, 1.0) for name in names], np.float32)
    present = np.bincount(labels[labels >= 0], minlength=count)
    classes = max(1, int(np.count_nonzero(present)))
    found = np.where(present > 0, present.sum() / (classes * np.maximum(present, 1)), 1.0)
    return found.astype(np.float32)
