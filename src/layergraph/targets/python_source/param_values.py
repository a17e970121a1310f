"""Values of params → what Python gives for them."""

from __future__ import annotations

from typing import Any

from layergraph.spec.place import Place
from layergraph.syntax.tree import plain
from layergraph.targets.python_source.expressions import Translation, Unsayable
from layergraph.targets.python_source.layout import Expression, Writer
from layergraph.targets.python_source.literals import literal
from layergraph.targets.python_source.module import Module


def param_value(place: Place, translation: Translation, module: Module) -> Expression:
    """What a call gives for a param."""
    value = known_value(plain(place.tree), translation)
    config = _as_config(value)
    if config != value and "${" in repr(plain(place.tree)):
        raise Unsayable(f"an expression within the object that `{place.path[-1]}` is")
    return module.objects.value(config, translation.written(place.tree))


def default_of(function: str, param: str, value: Any, module: Module) -> str:
    """The default of an argument: a constant of the module, where it could be changed."""
    if not isinstance(value, list | dict):
        return literal(value).flat
    name = module.names.fresh_constant(param, f"{function}_{param}")
    out = Writer()
    out.put(f"{name} = ", literal(_as_config(value)))
    module.constants += out.lines
    return name


def known_value(value: Any, translation: Translation) -> Any:
    """A plain value with its expressions' values."""
    if isinstance(value, str):
        return translation.value(value)
    if isinstance(value, list):
        return [known_value(item, translation) for item in value]
    if isinstance(value, dict):
        return {key: known_value(item, translation) for key, item in value.items()}
    return value


def _as_config(value: Any) -> Any:
    """A value with its objects, `{type: HeNormal, seed: 1}`, as configs of Keras.

    Of a config each layer makes an object of its own, where an object would be shared by all.
    """
    if isinstance(value, list):
        return [_as_config(item) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("type"), str):
        config = {key: _as_config(item) for key, item in value.items() if key != "type"}
        return {"class_name": value["type"], "config": config}
    return {key: _as_config(item) for key, item in value.items()}
