"""Names for the inputs and the outputs of a Keras model, whatever structure it has them in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple


class Names(NamedTuple):
    """A name for each tensor in Keras' flat order; `is_nested` says that more is lost of them."""

    names: tuple[str, ...]
    is_nested: bool


def tensor_names(structure: Any) -> Names:
    """The keys of a dict; otherwise the names of layers, numbered where one gives several.

    Args:
        structure: a symbolic tensor, or lists and dicts of them.
    """
    found: list[str] = []
    count: Counter[str] = Counter()
    paths = list(_paths(structure, ()))
    for path, tensor in paths:
        if any(isinstance(step, str) for step in path):
            name = "_".join(map(str, path))
        else:
            layer = tensor._keras_history.operation.name  # noqa: SLF001  no public way
            name = f"{layer}_{count[layer]}" if count[layer] else layer
            count[layer] += 1
        found.append(name)
    return Names(tuple(found), any(len(path) > 1 for path, _ in paths))


def _paths(
    structure: Any, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(structure, dict):
        for key in sorted(structure):
            yield from _paths(structure[key], (*path, str(key)))
    elif isinstance(structure, list | tuple):
        for number, item in enumerate(structure):
            yield from _paths(item, (*path, number))
    else:
        yield path, structure
