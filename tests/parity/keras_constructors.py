"""What the constructors of Keras' layers take, also what they hand on to the class above them."""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
from typing import Any

import keras

from tests.parity.against_keras import keras_signature


def public_layers() -> dict[str, type]:
    """Every layer that `keras.layers` exports, once, under the name of its class if it has it."""
    names: dict[type, list[str]] = {}
    for name, value in vars(keras.layers).items():
        if inspect.isclass(value) and issubclass(value, keras.layers.Layer):
            names.setdefault(value, []).append(name)
    return {cls.__name__ if cls.__name__ in n else n[0]: cls for cls, n in names.items()}


def further_names() -> dict[str, str]:
    """The other names under which `keras.layers` exports a layer."""
    exported = {cls: name for name, cls in public_layers().items()}
    return {
        name: exported[value]
        for name, value in vars(keras.layers).items()
        if inspect.isclass(value) and value in exported and name != exported[value]
    }


@functools.cache
def constructor_arguments(cls: type) -> dict[str, Any]:
    """Every argument that a layer can be made with, and its default."""
    return _taken(cls.__mro__)


def _taken(classes: tuple[type, ...]) -> dict[str, Any]:
    """What the first constructor of these classes takes, through **kwargs too."""
    while "__init__" not in vars(classes[0]):
        classes = classes[1:]
    owner, *above = classes
    own = keras_signature(owner)
    if owner is keras.layers.Layer:
        return own
    found = own | _taken_without_effect(owner)
    given = _given_above(owner, tuple(above))
    if given is not None:
        for name, default in _taken(tuple(above)).items():
            if name not in given:
                found.setdefault(name, default)
    return found


def _taken_without_effect(owner: type) -> dict[str, Any]:
    """The arguments of `Layer` that a constructor takes out of **kwargs and lets lie."""
    of_any_layer = keras_signature(keras.layers.Layer)
    return {
        name: default
        for name, default in of_any_layer.items()
        for call in _calls(owner, "kwargs.pop")
        if ast.literal_eval(call.args[0]) == name
    }


def _calls(owner: type, function: str) -> list[ast.Call]:
    """The calls of a function in a constructor's code."""
    source = textwrap.dedent(inspect.getsource(owner.__init__))
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [call for call in calls if ast.unparse(call.func) == function]


def _given_above(owner: type, above: tuple[type, ...]) -> set[str] | None:
    """What a constructor itself gives to the one above it; None where it hands nothing on."""
    parameters = inspect.signature(owner.__init__).parameters.values()
    rest = [p.name for p in parameters if p.kind is inspect.Parameter.VAR_KEYWORD]
    for call in _calls(owner, "super().__init__"):
        handed_on = [ast.unparse(k.value) for k in call.keywords if k.arg is None]
        if handed_on and handed_on == rest:
            by_position = list(_taken(above))[: len(call.args)]
            return {*by_position, *[k.arg for k in call.keywords if k.arg is not None]}
    return None
