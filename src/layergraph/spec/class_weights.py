"""Weights of classes: their keys, which are texts in a file, and the labels they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from layergraph.diagnostics import codes, did_you_mean
from layergraph.diagnostics.values import cut
from layergraph.spec.data_keys import Label

_MOST_LISTED = 12


class UnknownClass(NamedTuple):
    """A key of `class_weight` that is no class."""

    code: codes.Code
    key: str
    predicate: str
    help: str | None


def known_labels(classes: int | tuple[Label, ...] | None) -> Sequence[Label] | None:
    """The labels of an output: those of a list, or the numbers of as many classes."""
    if isinstance(classes, int):
        return range(classes)
    return classes


def unknown_class(weights: Mapping[str, float], labels: Sequence[Label]) -> UnknownClass | None:
    """The first key that is none of the labels; None where all are."""
    if isinstance(labels, range):
        return _beyond(weights, len(labels))
    known = {str(label) for label in labels}
    for key in weights:
        if key not in known:
            listed = ", ".join(f"`{cut(str(label))}`" for label in labels[:_MOST_LISTED])
            more = ", …" if len(labels) > _MOST_LISTED else ""
            return UnknownClass(
                codes.NOT_A_CHOICE,
                key,
                f"`{cut(key)}`, which is none of the classes",
                did_you_mean(key, [str(label) for label in labels])
                or f"the classes are {listed}{more}",
            )
    return None


def _beyond(weights: Mapping[str, float], count: int) -> UnknownClass | None:
    for key in weights:
        if not key.isdecimal() or not key.isascii() or str(int(key[:20])) != key:
            return UnknownClass(
                codes.NOT_A_CHOICE,
                key,
                f"`{cut(key)}`, and its classes are numbers",
                f'write `"0"` to `"{count - 1}"`, or name the classes: `classes: [{cut(key)}, …]`',
            )
        if int(key) >= count:
            return UnknownClass(
                codes.OUT_OF_RANGE,
                key,
                f'`"{cut(key)}"`, and its classes are numbered from 0 to {count - 1}',
                None,
            )
    return None


def by_label(
    weights: str | Mapping[str, float] | None, classes: tuple[Label, ...] | None
) -> str | Mapping[Label, float] | None:
    """The weights by label: of classes without labels, by number."""
    if weights is None or isinstance(weights, str):
        return weights
    has_words = classes is not None and isinstance(classes[0], str)
    return {key if has_words else int(key): weight for key, weight in weights.items()}
