"""Which models inside of a model can stay models of their own.

A node of a graph file calls again what stands beside it. So models that share a layer with each
other, or with the model that they are in, are written as if their layers stood in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from layergraph.importers.calls import functional, given_arguments, is_model
from layergraph.importers.refusals import Unsayable


def inlined_models(model: Any) -> dict[int, Any]:
    """The models in a model that share layers across their borders, by their ids.

    So are those that are called with `training`, which a graph file says of layers alone.
    """
    found = {id(inner): inner for inner in _told_training(model)}
    while True:
        owners = _owners(model, found)
        shared = [owned for owned in owners.values() if len(owned) > 1]
        further = {
            id(owner): owner for owned in shared for owner in owned.values() if owner is not model
        }
        if not further:
            return found
        found |= further


def _told_training(model: Any) -> Iterator[Any]:
    """The models in a model, at any depth, of which a call says whether it is training."""
    for operation in _operations(model):
        if not is_model(operation) or functional(operation) is None:
            continue
        nodes = operation._inbound_nodes  # noqa: SLF001  there is no public way
        if any(given_arguments(operation, node).get("training") is not None for node in nodes):
            yield operation


def check_wrapped(model: Any) -> None:
    """Refuse layers that are an argument of one layer, and stand somewhere else too.

    Raises:
        Unsayable: where there is one.
    """
    import keras

    homes: dict[int, Any] = {}
    for operation in _operations(model):
        if is_model(operation) or not isinstance(operation, keras.Layer):
            continue
        for layer in operation._flatten_layers():  # noqa: SLF001  there is no public way
            home = homes.setdefault(id(layer), operation)
            if home is not operation:
                raise Unsayable(
                    f"has the layer `{layer.name}` in it, which `{home.name}` has too",
                    "give each a layer of its own, or call the layer itself on each tensor",
                )


def _owners(model: Any, inlined: dict[int, Any]) -> dict[int, dict[int, Any]]:
    """The models that each layer stands in directly, where some models do not count as one."""
    owners: dict[int, dict[int, Any]] = {}
    waiting = [(model, model)]
    seen: set[tuple[int, int]] = set()
    while waiting:
        current, owner = waiting.pop()
        if (id(current), id(owner)) in seen:
            continue
        seen.add((id(current), id(owner)))
        for operation in _layers_of(current):
            if id(operation) in inlined:
                waiting.append((operation, owner))
                continue
            owners.setdefault(id(operation), {})[id(owner)] = owner
            if is_model(operation) and functional(operation) is not None:
                waiting.append((operation, operation))
    return owners


def _layers_of(model: Any) -> Iterator[Any]:
    import keras

    for operation in functional(model).operations:
        if isinstance(operation, keras.Layer) and not isinstance(
            operation, keras.layers.InputLayer
        ):
            yield operation


def _operations(model: Any) -> Iterator[Any]:
    """Every layer of a model and of the models in it, each once."""
    seen: set[int] = set()
    waiting = [model]
    while waiting:
        for operation in _layers_of(waiting.pop()):
            if id(operation) in seen:
                continue
            seen.add(id(operation))
            yield operation
            if is_model(operation) and functional(operation) is not None:
                waiting.append(operation)
