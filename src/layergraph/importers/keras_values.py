"""Keras' objects → descriptions of them with the arguments that are no defaults.

A default is what an object of the same class says of itself that was given only what its class
requires. Every description is held against Keras: the object made of it has to say the same.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from layergraph.importers.own_objects import OwnObjects
from layergraph.importers.refusals import Unsayable
from layergraph.layers.base import Layer
from layergraph.layers.catalog import LAYERS
from layergraph.layers.custom_layer import CustomLayer
from layergraph.objects.base import KerasObject
from layergraph.objects.catalog import Catalog, snake_case
from layergraph.objects.catalogs import (
    CONSTRAINTS,
    INITIALIZERS,
    LOSSES,
    METRICS,
    OPTIMIZER_MAPS,
    OPTIMIZERS,
    QUANTIZATION_CONFIGS,
    QUANTIZERS,
    REGULARIZERS,
    SCHEDULES,
)
from layergraph.objects.declared import CustomObject
from layergraph.targets.keras_objects import keras_arguments, keras_class

_CATALOGS: Mapping[str, tuple[Catalog, ...]] = {
    "keras.initializers": (INITIALIZERS,),
    "keras.regularizers": (REGULARIZERS,),
    "keras.constraints": (CONSTRAINTS,),
    "keras.losses": (LOSSES,),
    "keras.metrics": (METRICS,),
    "keras.optimizers": (OPTIMIZERS, OPTIMIZER_MAPS),
    "keras.optimizers.schedules": (SCHEDULES,),
    "keras.quantizers": (QUANTIZATION_CONFIGS, QUANTIZERS),
    "keras.layers": (LAYERS,),
}
"""Where an object of Keras is looked up, by the module that it says it is of."""

_BY_NAME_ALONE = ("initializer", "regularizer", "constraint", "optimizer")
"""Kinds of which an object without arguments is written as a name."""

_KINDS = ("activation", "initializer", "regularizer", "constraint", "loss", "metric", "optimizer")

_LISTED = ("__tuple__", "__list__")
_ARRAYS = ("__numpy__", "__tensor__")

_LAST = ("activity_regularizer", "trainable", "dtype", "autocast")
"""The arguments that every layer has, which are written behind its own."""


class Values:
    """Describes Keras' objects by what they say of themselves.

    `inside` are the layers of the user's own that are arguments of the layer at hand, by what
    `told_apart` gives for them: what they give is not known of their configs alone.

    Args:
        own: where what is the user's own is declared.
    """

    def __init__(self, own: OwnObjects) -> None:
        self.inside: Mapping[str, CustomObject] = {}
        self._own = own
        self._configs: dict[str, dict[str, Any]] = {}
        self._described: dict[str, KerasObject] = {}

    def described(
        self,
        kind: type[KerasObject],
        config: Mapping[str, Any],
        state: Mapping[str, Any] | None = None,
    ) -> KerasObject:
        """The description of an object of Keras.

        Args:
            kind: our class for it.
            config: what it says of itself: its arguments by name.
            state: what it has learnt from data, as arguments that give it.

        Raises:
            Unsayable: where an argument has no place in a graph file.
            ValidationError: where our class refuses one.
        """
        known = kind.key_names()
        fields = kind.model_fields.items()
        required = [field.alias or name for name, field in fields if field.is_required()]
        raw = {key: self.plain(key, value) for key, value in config.items() if key in known}
        raw |= state or {}
        default = self._default(kind, {key: raw[key] for key in required if key in raw})
        given = {
            key: value
            for key, value in raw.items()
            if key in required or (key not in default or repr(value) != repr(default[key]))
        }
        if _is_made_up(raw.get("name"), kind):
            given.pop("name", None)
        key = f"{kind.__module__}.{kind.__name__} {config!r} {given!r}"
        if key not in self._described:
            said_of = {key: item for key, item in config.items() if key not in (state or ())}
            self._described[key] = self._checked(kind, in_order(given, kind), raw, said_of)
        return self._described[key]

    def _checked(
        self,
        kind: type[KerasObject],
        given: dict[str, Any],
        raw: Mapping[str, Any],
        config: Mapping[str, Any],
    ) -> KerasObject:
        """The description of which Keras makes what says of itself what `config` says."""
        found = kind.checked(given)
        wrong = self._wrong(found, config)
        missing = {key: raw[key] for key in wrong if key in raw and key not in given}
        if missing:
            given = in_order({**given, **missing}, kind)
            found = kind.checked(given)
            wrong = self._wrong(found, config)
        if wrong:
            raise Unsayable(
                f"has `{wrong[0]}: {config[wrong[0]]!r}`, which a graph file cannot give",
                f"build it without `{wrong[0]}`",
            )
        short = {key: _short(value) for key, value in given.items()}
        if repr(short) == repr(given):
            return found
        try:
            shorter = kind.checked(short)
            return found if self._wrong(shorter, config) else shorter
        except ValidationError:
            return found

    def plain(self, argument: str, value: Any) -> Any:
        """An argument as our classes take it: scalars, lists, and descriptions of objects.

        Raises:
            Unsayable: where it is a function without a name, or a layer that is refused.
        """
        if isinstance(value, list | tuple):
            return [self.plain(argument, item) for item in value]
        if isinstance(value, Mapping):
            if "class_name" in value and ("config" in value or "items" in value):
                return self._object(argument, value)
            return {str(key): self.plain(argument, item) for key, item in value.items()}
        if hasattr(value, "tolist"):
            return value.tolist()
        return value

    def _object(self, argument: str, serialized: Mapping[str, Any]) -> Any:
        name, config = serialized["class_name"], serialized.get("config")
        if name in _LISTED:
            return [self.plain(argument, item) for item in serialized["items"]]
        if name in _ARRAYS:
            assert isinstance(config, Mapping)
            return config["value"]
        if name == "__lambda__":
            raise Unsayable(
                f"has a Python lambda as its `{argument}`",
                "make it a function at the top of a module: it is then declared under `custom`",
            )
        module = str(serialized.get("module") or "builtins")
        if name == "function":
            return self._function(argument, module, str(config))
        assert isinstance(config, Mapping)
        if name == "DTypePolicy":
            return config["name"]
        if module == "keras" or module.startswith("keras."):
            return self._of_keras(argument, module, name, config)
        inside = self.inside.get(told_apart(serialized)) if self.inside else None
        if inside is not None:
            return inside
        if _is_own_layer(serialized):
            inner = config.get("name")
            raise Unsayable(
                f"has the layer `{inner}` of your own, a `{module}.{name}`, as its `{argument}`",
                f"call `{inner}` itself, or let a layer of your own do all of it",
            )
        thing = getattr(sys.modules.get(module), name, None)
        given = {key: self.plain(key, item) for key, item in config.items()}
        if thing is None or kind_of(argument) == "":
            raise Unsayable(
                f"has a `{module}.{name}` as its `{argument}`",
                "a graph file has a place for activations, initializers, losses and the "
                "like of your own alone",
            )
        return CustomObject.of(self._declared(thing, kind_of(argument)), given)

    def _function(self, argument: str, module: str, name: str) -> Any:
        thing = getattr(sys.modules.get(module), name, None)
        if module == "builtins" or module.startswith("keras.") or thing is None:
            return name
        return CustomObject.of(self._declared(thing, kind_of(argument)), {})

    def _declared(self, thing: Any, kind: str) -> Any:
        return self._own.declarations[self._own.name(thing, kind)]

    def _of_keras(self, argument: str, module: str, name: str, config: Mapping[str, Any]) -> Any:
        for catalog in _CATALOGS.get(module, ()):
            kind = catalog.find(name)
            if kind is None:
                continue
            found = self.described(kind, config)
            is_needy = name in catalog.needy or catalog.kind not in _BY_NAME_ALONE
            if is_needy or found.arguments_set():
                return found
            return name.lower() if catalog is OPTIMIZERS else snake_case(name)
        reasons = (c.refused[name] for c in _CATALOGS.get(module, ()) if name in c.refused)
        reason = next(reasons, "a graph file has no place for it")
        raise Unsayable(
            f"has a `{module}.{name}` as its `{argument}`: {reason}", "build it without"
        )

    def _default(self, kind: type[KerasObject], required: dict[str, Any]) -> dict[str, Any]:
        """What an object says of itself that was given nothing else than it has to be given."""
        key = f"{kind.__module__}.{kind.__name__} {required!r}"
        if key not in self._configs:
            try:
                config = said(self.made(kind.checked(required)), kind)
            except (ValidationError, TypeError, ValueError):  # it needs one of several
                fields = kind.model_fields.items()
                config = {field.alias or name: field.default for name, field in fields}
            self._configs[key] = {name: self.plain(name, item) for name, item in config.items()}
        return self._configs[key]

    def _wrong(self, found: KerasObject, config: Mapping[str, Any]) -> list[str]:
        """The arguments of which an object made of a description says something else."""
        made = said(self.made(found), type(found))
        return [
            key
            for key, value in config.items()
            if key != "name" and repr(_comparable(value)) != repr(_comparable(made.get(key)))
        ]

    def made(self, found: KerasObject) -> Any:
        """The object of Keras that a description stands for."""
        arguments = keras_arguments(found, _of_own)
        if isinstance(found, Layer):
            arguments["name"] = found.default_name()
        return keras_class(type(found))(**arguments)


def in_order(given: dict[str, Any], kind: type[KerasObject]) -> dict[str, Any]:
    """Arguments in the order of Keras' constructor, those that all layers have behind."""
    order = [*inspect.signature(keras_class(kind).__init__).parameters, *_LAST]
    places = {name: place for place, name in enumerate(order)}
    return {key: given[key] for key in sorted(given, key=lambda key: places.get(key, -1))}


def _short(value: Any) -> Any:
    """One number for a list of several that are the same, as windows and strides may be given."""
    if not isinstance(value, list):
        return value
    items = [_short(item) for item in value]
    is_one = len(items) > 1 and type(items[0]) is int and all(item == items[0] for item in items)
    return items[0] if is_one else value


def _is_made_up(name: Any, kind: type[KerasObject]) -> bool:
    """Whether Keras has made up the name of an optimizer or a metric, numbered in the process."""
    stem = snake_case(kind.__name__)
    return isinstance(name, str) and re.fullmatch(f"{stem}(_[0-9]+)?", name) is not None


def said(thing: Any, kind: type[KerasObject]) -> dict[str, Any]:
    """What an object says of itself, with what it keeps and does not say.

    Keras leaves out of a layer's config whether it casts what it is called on, of some layers the
    dtype that they compute in, and of some losses the arguments of the function that they wrap.
    """
    config = dict(thing.get_config())
    if isinstance(config.get("dtype"), str) and hasattr(thing, "dtype_policy"):
        config["dtype"] = thing.dtype_policy.name  # `SpatialDropout1D` gives that of variables
    config |= {
        key: value
        for key, value in getattr(thing, "_fn_kwargs", {}).items()
        if key in kind.model_fields and key not in config
    }
    for key in kind.model_fields:
        kept = getattr(thing, key, None)
        if key not in config and type(kept) in (bool, int, float, str):
            config[key] = kept
    rate = config.get("learning_rate")
    return config | {"learning_rate": _shortest(rate)} if isinstance(rate, float) else config


def _shortest(number: float) -> float:
    """The shortest number that is the same in float32, in which Keras keeps learning rates."""
    import numpy as np

    return float(str(np.float32(number)))


def kind_of(argument: str) -> str:
    """What a function or an object that is an argument of this name is; "" for anything else."""
    return next((kind for kind in _KINDS if argument.endswith(kind)), "")


def told_apart(serialized: Mapping[str, Any]) -> str:
    """What tells a layer that is an argument from others: what it is, but for its name."""
    kept = {key: serialized.get(key) for key in ("module", "class_name")}
    return repr({**kept, "config": _comparable(_without_name(serialized.get("config", {})))})


def _of_own(described: Any) -> Any:
    assert isinstance(described, CustomObject | CustomLayer)
    thing = described.declared.thing
    return thing(**described.given) if described.given or isinstance(thing, type) else thing


def _comparable(value: Any) -> Any:
    """A value without the names of layers in it, which are made up, and tuples as lists."""
    if isinstance(value, Mapping):
        if value.get("class_name") in _LISTED:
            return _comparable(value["items"])
        is_layer = value.get("module") == "keras.layers" or _is_own_layer(value)
        return {
            key: _comparable(_without_name(item) if is_layer and key == "config" else item)
            for key, item in value.items()
            if key not in ("build_config", "registered_name", "shared_object_id")
        }
    if isinstance(value, list | tuple):
        return [_comparable(item) for item in value]
    return value.tolist() if hasattr(value, "tolist") else value


def _is_own_layer(serialized: Mapping[str, Any]) -> bool:
    """Whether an object of a config is a layer of the user's own."""
    import keras

    module, name = serialized.get("module"), serialized.get("class_name")
    thing = getattr(sys.modules.get(str(module)), str(name), None)
    return isinstance(thing, type) and issubclass(thing, keras.Layer)


def _without_name(config: Any) -> Any:
    return {key: item for key, item in config.items() if key != "name"}
