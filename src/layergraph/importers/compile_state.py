"""What a model is compiled with → the keys of its outputs, and the section `training`."""

from __future__ import annotations

from typing import Any

from layergraph.graph.flat_values import plain_value
from layergraph.importers.calls import functional
from layergraph.importers.keras_layers import Layers
from layergraph.importers.keras_values import said
from layergraph.importers.own_objects import is_of_keras
from layergraph.importers.refusals import Unsayable
from layergraph.objects.catalog import Catalog
from layergraph.objects.catalogs import LOSSES, METRICS, OPTIMIZERS
from layergraph.objects.declared import CustomObject


def measured_outputs(model: Any, layers: Layers, notes: list[str]) -> list[dict[str, Any]]:
    """The loss, its weight and the metrics of each output, in Keras' flat order.

    Raises:
        Unsayable: where they are none that a graph file can hold.
    """
    paths = _paths(functional(model)._outputs_struct)  # noqa: SLF001  there is no public way
    found: list[dict[str, Any]] = [{} for _ in paths]
    if not _compiled(model):
        return found
    config = model._compile_config.config  # noqa: SLF001  with the objects themselves
    described = _Described(layers)
    losses = _by_output(config["loss"], paths, "loss")
    if any(loss is not None for loss in losses):
        for output, loss in zip(found, losses, strict=True):
            if loss is not None:
                output["loss"] = described.value(loss, LOSSES)
    weights = _by_output(config["loss_weights"], paths, "loss_weights")
    for output, weight in zip(found, weights, strict=True):
        if weight is not None and "loss" in output:
            output["loss_weight"] = float(weight)
    for output, metrics in zip(found, _metrics(config["metrics"], paths), strict=True):
        if metrics:
            output["metrics"] = [described.value(metric, METRICS) for metric in metrics]
    if config.get("weighted_metrics"):
        notes.append("`weighted_metrics` stay behind: a metric heeds the weights that data have")
    return found


def training_of(model: Any, layers: Layers, notes: list[str]) -> dict[str, Any]:
    """The section `training`: the optimizer.

    Raises:
        Unsayable: where it is none that a graph file can hold.
    """
    import keras

    if type(model).train_step is not keras.Model.train_step:
        notes.append("the model's own `train_step` stays behind")
    if not _compiled(model):
        return {}
    optimizer = _Described(layers).value(model.optimizer, OPTIMIZERS)
    return {"optimizer": optimizer}


def _compiled(model: Any) -> bool:
    return bool(model.compiled) and hasattr(model, "_compile_config")


class _Described:
    """Describes losses, metrics and optimizers."""

    def __init__(self, layers: Layers) -> None:
        self._layers = layers

    def value(self, thing: Any, catalog: Catalog) -> Any:
        """A loss, a metric or an optimizer as a graph file has it."""
        if isinstance(thing, str):
            if catalog.knows(thing):
                return thing
            import keras

            thing = keras.saving.get_registered_object(thing) or thing
        if isinstance(thing, str) or thing is None:
            raise Unsayable(
                f"has the {catalog.kind} {thing!r}, which is none of Keras",
                f"compile it with a {catalog.kind} of Keras, or one of your own in a module",
            )
        is_made = not isinstance(thing, type) and hasattr(thing, "get_config")
        kind = type(thing) if is_made else thing
        if not is_of_keras(kind):
            return self._own_value(thing, kind, catalog.kind, is_made=is_made)
        if not is_made:
            return self._name(kind, catalog)
        described = catalog.find(kind.__name__)
        if described is None:
            raise Unsayable(
                f"has a `{kind.__name__}` as a {catalog.kind}: "
                f"{catalog.refused.get(kind.__name__, 'a graph file has no place for it')}",
                f"compile it with another {catalog.kind}",
            )
        found = self._layers.values.described(described, said(thing, described))
        if catalog is OPTIMIZERS and not found.arguments_set():
            return kind.__name__.lower()
        return plain_value(found, self._layers)

    def _own_value(self, thing: Any, kind: Any, called: str, *, is_made: bool) -> Any:
        config = thing.get_config() if is_made else {}
        given = {key: self._layers.values.plain(key, value) for key, value in config.items()}
        name = self._layers.own.name(kind, called)
        found = CustomObject.of(self._layers.own.declarations[name], given)
        return plain_value(found, self._layers)

    def _name(self, thing: Any, catalog: Catalog) -> str:
        """The name of a function or a class of Keras'."""
        name = str(thing.__name__)
        if not catalog.knows(name):
            raise Unsayable(
                f"has `{name}` as a {catalog.kind}, which a graph file has no name for",
                f"compile it with another {catalog.kind}",
            )
        return name


Path = tuple[tuple[str | int, ...], str]
"""Where an output stands in the model's structure of outputs, and the name of its layer."""


def _paths(structure: Any, path: tuple[str | int, ...] = ()) -> list[Path]:
    if isinstance(structure, dict):
        return [p for key in sorted(structure) for p in _paths(structure[key], (*path, key))]
    if isinstance(structure, list | tuple):
        return [p for n, item in enumerate(structure) for p in _paths(item, (*path, n))]
    return [(path, structure._keras_history.operation.name)]  # noqa: SLF001


def _by_output(given: Any, paths: list[Path], called: str) -> list[Any]:
    """What each output is given, where one value stands for all, or a structure has one for each.

    Raises:
        Unsayable: where a list or a dict does not fit the outputs.
    """
    if isinstance(given, list | tuple) and len(given) == len(paths):
        if not any(isinstance(item, dict | list | tuple) for item in given):
            return list(given)
    elif not isinstance(given, dict | list | tuple):
        return [given] * len(paths)
    found = [_at(given, path, name) for path, name in paths]
    wanted = _count(given)
    if sum(item is not None for item in found) != wanted:
        raise Unsayable(
            f"has a `{called}` that does not fit its outputs, {given!r}",
            f"compile it with a `{called}` for each output, by name",
        )
    return found


def _at(given: Any, path: tuple[str | int, ...], name: str) -> Any:
    """What stands at a path, or under the name of a layer."""
    if isinstance(given, dict) and (not path or path[0] not in given) and name in given:
        return given[name]
    for step in path:
        if isinstance(given, dict):
            given = given.get(step)
        elif isinstance(given, list | tuple) and isinstance(step, int) and step < len(given):
            given = given[step]
        elif given is not None:
            return given
    return None if isinstance(given, dict | list | tuple) else given


def _count(given: Any) -> int:
    if isinstance(given, dict):
        return sum(_count(item) for item in given.values())
    if isinstance(given, list | tuple):
        return sum(_count(item) for item in given)
    return given is not None


def _metrics(given: Any, paths: list[Path]) -> list[list[Any]]:
    """The metrics of each output, by Keras' own rules (`keras/src/trainers/compile_utils.py`).

    Raises:
        Unsayable: where they do not fit the outputs.
    """
    if not given:
        return [[] for _ in paths]
    if len(paths) == 1:
        return [_flat(given)]
    if isinstance(given, list | tuple) and len(given) == len(paths):
        return [_flat(item) for item in given]
    found = []
    for path, name in paths:
        item = given
        if isinstance(given, dict) and name in given and (not path or path[0] not in given):
            item = given[name]
        else:
            for step in path:
                item = item.get(step) if isinstance(item, dict) else item[step]
        found.append(_flat(item))
    if sum(map(len, found)) != len(_flat(given)):
        raise Unsayable(
            f"has `metrics` that do not fit its outputs, {given!r}",
            "compile it with a list of metrics for each output, by name",
        )
    return found


def _flat(given: Any) -> list[Any]:
    if isinstance(given, dict):
        return [item for value in given.values() for item in _flat(value)]
    if isinstance(given, list | tuple):
        return [item for value in given for item in _flat(value)]
    return [] if given is None else [given]
