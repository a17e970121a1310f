"""Weights of classes: their keys, which are texts in a file, and the labels they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from layergraph.diagnostics import Diagnostics, codes, did_you_mean
from layergraph.diagnostics.values import cut
from layergraph.objects.values import LARGEST_SIZE
from layergraph.spec.data_keys import Label
from layergraph.spec.place import Place

_MOST_LISTED = 12


def known_labels(classes: int | tuple[Label, ...] | None) -> Sequence[Label] | None:
    """The labels of an output: those of a list, or the numbers of as many classes."""
    if isinstance(classes, int):
        return range(classes)
    return classes


def check_classes(
    weights: Mapping[str, float],
    labels: Sequence[Label],
    name: str,
    place: Place,
    diagnostics: Diagnostics,
) -> bool:
    """Whether every key of an output's `class_weight` is one of its classes; if not, say so.

    Args:
        weights: the weights by key.
        labels: the labels of the classes, or a range of their numbers.
        name: the output's.
        place: where `class_weight` stands.
        diagnostics: where the first key that is none is reported.
    """
    known = {str(label): label for label in labels} if not isinstance(labels, range) else {}
    for key in weights:
        if isinstance(labels, range):
            wrong = _beyond(key, len(labels))
        elif key not in known:
            listed = ", ".join(f"`{cut(label)}`" for label in list(known)[:_MOST_LISTED])
            more = ", …" if len(known) > _MOST_LISTED else ""
            wrong = _Wrong(
                codes.NOT_A_CHOICE,
                f"`{cut(key)}`, which is none of its classes",
                did_you_mean(key, known) or f"they are {listed}{more}",
            )
        else:
            wrong = None
        if wrong is not None:
            at = place.at(key)
            diagnostics.report(
                wrong.code,
                f"`class_weight` of output `{name}` weighs {wrong.what}",
                at.key_span,
                path=at.path,
                help=wrong.help,
            )
            return False
    return True


class _Wrong(NamedTuple):
    """What is wrong with a key, as the end of a sentence."""

    code: codes.Code
    what: str
    help: str


def _beyond(key: str, count: int) -> _Wrong | None:
    """What is wrong with a key where classes are numbered; None where it is one of the numbers."""
    if not key.isdecimal() or not key.isascii() or str(int(key[:20])) != key:
        return _Wrong(
            codes.NOT_A_CHOICE,
            f"`{cut(key)}`, and its classes are numbers",
            f'write `"0"` to `"{count - 1}"`, or name the classes: `classes: [{cut(key)}, …]`',
        )
    if int(key) < count:
        return None
    return _Wrong(
        codes.OUT_OF_RANGE,
        f"class {cut(key)}, and it has {count} classes",
        f"they are numbered from 0 to {count - 1}",
    )


def by_label(
    weights: str | Mapping[str, float] | None, classes: tuple[Label, ...] | None
) -> str | Mapping[Label, float] | None:
    """The weights by label: of classes without labels, by number."""
    if weights is None or isinstance(weights, str):
        return weights
    if classes is not None:
        known = {str(label): label for label in classes}
        return {known.get(key, key): weight for key, weight in weights.items()}
    return {_number(key): weight for key, weight in weights.items()}


def _number(key: str) -> Label:
    """The number of a class; the key itself where it is none, which is said elsewhere."""
    return int(key) if _beyond(key, LARGEST_SIZE) is None else key
