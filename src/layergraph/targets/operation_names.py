"""Operations that Keras makes by itself, for masks say, under names that a graph may have too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any


def keep_names_apart(tensors: Iterable[Any]) -> None:
    """Rename what Keras has made by itself on the way to a graph's tensors, where a name is taken.

    A functional model refuses two operations of one name, and Keras numbers its own without
    looking at those that were given.

    Args:
        tensors: what all nodes of the graph give.
    """
    given = list(tensors)
    own = {id(tensor._keras_history[0]) for tensor in given}  # noqa: SLF001  no public way
    taken = {tensor._keras_history[0].name for tensor in given}  # noqa: SLF001
    for operation in _operations(given):
        if id(operation) in own:
            continue
        if operation.name in taken:
            named = operation.name
            operation.name = next(
                name for number in count(1) if (name := f"{named}_{number}") not in taken
            )
        taken.add(operation.name)


def _operations(tensors: list[Any]) -> Iterator[Any]:
    """Every operation on the way to some tensors, each once."""
    waiting = list(tensors)
    seen: set[int] = set()
    while waiting:
        operation, index, _ = waiting.pop()._keras_history  # noqa: SLF001
        if id(operation) not in seen:
            seen.add(id(operation))
            yield operation
        node = operation._inbound_nodes[index]  # noqa: SLF001
        if id(node) not in seen:
            seen.add(id(node))
            waiting += node.input_tensors
