"""Described objects → the objects of Keras that they describe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from layergraph.layers.base import Layer, Operation
from layergraph.layers.inner_layers import names_of
from layergraph.objects.base import KerasObject
from layergraph.objects.declared import CustomObject

Make = Callable[[Any], Any]
"""Makes what is no object of Keras' own: the user's, and models that are arguments."""


def keras_object(described: Any, make: Make | None = None) -> Any:
    """The Keras object for a description, at any depth; everything else is given back as it is.

    Only the arguments that were given are passed on: the others' defaults are Keras' own. A layer
    that is an argument has the name that Keras would give to the first of its kind, so that the
    paths of its weights are the same in every process.
    """
    if isinstance(described, Layer):
        return _layer(described, described.default_name(), make)
    if isinstance(described, CustomObject | Operation):
        assert make is not None
        return make(described)
    if isinstance(described, KerasObject):
        return keras_class(type(described))(**keras_arguments(described, make))
    if isinstance(described, list) and all(isinstance(item, Operation) for item in described):
        named = zip(described, names_of(described), strict=True)
        return [
            _layer(item, name, make) if isinstance(item, Layer) else keras_object(item, make)
            for item, name in named
        ]
    if isinstance(described, tuple | list):
        return type(described)(keras_object(item, make) for item in described)
    if isinstance(described, dict):
        return {key: keras_object(value, make) for key, value in described.items()}
    return described


def _layer(described: Layer, name: str, make: Make | None) -> Any:
    return keras_class(type(described))(name=name, **keras_arguments(described, make))


def keras_arguments(described: KerasObject, make: Make | None = None) -> dict[str, Any]:
    """The arguments that were given, as Keras' constructor takes them.

    Keras' losses, metrics and the like want lists: a tuple of thresholds counts as one threshold.
    """
    given = described.arguments_set().items()
    arguments = {name: keras_object(value, make) for name, value in given}
    if isinstance(described, Layer):
        return arguments | {
            name: _array(arguments[name]) for name in described.arrays & arguments.keys()
        }
    return dict.fromkeys(described.withheld) | {
        name: list(value) if isinstance(value, tuple) and name not in described.tuples else value
        for name, value in arguments.items()
    }


def _array(value: Any) -> Any:
    import numpy as np

    return np.asarray(value)


def keras_class(described: type[KerasObject]) -> Any:
    """The class of Keras that a class of ours describes: the same name, in the same module.

    Ours may be a package: `layergraph.objects.metrics.accuracy` stands for `keras.metrics`.
    """
    import keras

    if issubclass(described, Layer):
        return getattr(keras.layers, described.__name__)
    kind = described.__module__.split(".")[2]
    module = keras.optimizers.schedules if kind == "schedules" else getattr(keras, kind)
    return getattr(module, described.__name__)
