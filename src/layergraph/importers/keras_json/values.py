"""The arguments of a layer as JSON has them → what a graph file has for them, without defaults."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

from layergraph.graph.flat_values import escaped
from layergraph.importers.keras_json.old_layers import modern
from layergraph.importers.refusals import Unsayable
from layergraph.layers.base import Layer
from layergraph.layers.catalog import LAYERS
from layergraph.objects.base import KerasObject
from layergraph.objects.catalog import Catalog, snake_case
from layergraph.objects.catalogs import (
    CONSTRAINTS,
    INITIALIZERS,
    LOSSES,
    METRICS,
    OPTIMIZERS,
    REGULARIZERS,
    SCHEDULES,
)

_CATALOGS: Mapping[str, tuple[Catalog, ...]] = {
    "initializer": (INITIALIZERS,),
    "regularizer": (REGULARIZERS,),
    "constraint": (CONSTRAINTS,),
    "optimizer": (OPTIMIZERS,),
    "loss": (LOSSES,),
    "metric": (METRICS,),
    "learning_rate": (SCHEDULES,),
}
"""Where an object is looked up, by the end of the name of its argument; a layer otherwise."""

_NAMES = {
    "initializer": {
        "normal": "random_normal",
        "uniform": "random_uniform",
        "zero": "zeros",
        "one": "ones",
    },
    "constraint": {
        "maxnorm": "max_norm",
        "nonneg": "non_neg",
        "unitnorm": "unit_norm",
        "NonNeg": "non_neg",
        "UnitNorm": "unit_norm",
    },
    "regularizer": {"l1l2": "l1_l2"},
}
"""Names by which Keras 1 and 2 called what has another one in Keras 3."""

_OBJECTS = {
    "WeightRegularizer": "L1L2",
    "ActivityRegularizer": "L1L2",
    "L1L2Regularizer": "L1L2",
}
_ARGUMENTS = {"m": "max_value", "low": "min_value", "high": "max_value"}
"""Arguments of constraints of Keras 1."""

_SCALED: Mapping[tuple[Any, ...], str] = {
    (1.0, "fan_avg", "uniform"): "glorot_uniform",
    (1.0, "fan_avg", "normal"): "glorot_normal",
    (2.0, "fan_in", "uniform"): "he_uniform",
    (2.0, "fan_in", "normal"): "he_normal",
    (1.0, "fan_in", "uniform"): "lecun_uniform",
    (1.0, "fan_in", "normal"): "lecun_normal",
}
"""What Keras 2.0 wrote for initializers that have a name: scale, mode and distribution."""

_PLACES = {
    "name",
    "trainable",
    "batch_shape",
    "batch_input_shape",
    "input_shape",
    "input_dtype",
    "input_length",
    "input_dim",
    "query_shape",
    "value_shape",
    "key_shape",
}
"""What says where a layer stands, and not what it is."""

_HOW = {"implementation", "consume_less", "time_major"}
"""How a recurrent layer computed, and not what."""

_WINDOWS = {"kernel_size", "strides", "pool_size", "dilation_rate", "size", "padding", "cropping"}
"""Arguments of which one number stands for one on every axis."""

_WITHOUT_EFFECT = {"groups": 1}
"""What Keras 2 wrote for layers that have no such argument any more: it changes nothing there."""

_NOTES = {
    "hard_sigmoid": "`hard_sigmoid` is another function in Keras 3: its slope was 0.2 and is 1/6, "
    "so that weights of the old model give other numbers",
    "channels_first": "TensorFlow computes `channels_first` on GPUs, and on processors only where "
    "XLA compiles the model",
}
"""What is to be said of a value."""


class Values:
    """Converts arguments.

    Args:
        version: the first number of the version of Keras that wrote them.
        notes: takes what is to be said to the person.
    """

    def __init__(self, version: int, notes: list[str]) -> None:
        self._version = version
        self._notes = notes

    def layer(self, kind: str, config: Mapping[str, Any]) -> dict[str, Any]:
        """The `type` of a layer and its arguments.

        Raises:
            Unsayable: where today's Keras has no such layer, or not such an argument.
        """
        if kind in LAYERS.refused:
            raise Unsayable(f"is a `{kind}`: {LAYERS.refused[kind]}", "write it as layers of Keras")
        kind, config = modern(kind, config)
        described = LAYERS.find(kind)
        if described is None:
            raise Unsayable(
                f"is a `{kind}`, which is no layer of Keras",
                "import the model itself, by a function that loads it: `package.module:function`",
            )
        assert issubclass(described, Layer)
        found: dict[str, Any] = {}
        if config.get("trainable") is False:
            found["trainable"] = False
        for key, value in config.items():
            is_place = key in _PLACES and not (key == "input_dim" and key in described.key_names())
            if is_place or key in _HOW:
                continue
            found |= self._argument(described, key, value)
        if "pool_size" in config and _short(config.get("strides")) == _short(config["pool_size"]):
            found.pop("strides", None)  # as they are where none are given
        return {"type": described.__name__, **found}

    def _argument(self, described: type[KerasObject], key: str, value: Any) -> dict[str, Any]:
        """One argument, or nothing where it is the default."""
        if key in ("dtype", "autocast"):
            return self._dtype(key, value)
        value = self.value(key, value)
        fields = described.model_fields.items()
        default = {field.alias or name: field.default for name, field in fields}
        if key not in default:
            if value in (None, False) or _WITHOUT_EFFECT.get(key) == value:
                return {}
            raise Unsayable(
                f"has `{key}: {value!r}`, which Keras 3 has no argument for",
                "build the model without it, or take it out of the JSON",
            )
        if key in _WINDOWS:
            value = _short(value)
        if key == "data_format" and value == "channels_last":
            return {}
        if key == "activation" and value == "linear" and default[key] is None:
            return {}
        catalogs = _CATALOGS.get(_kind(key), ())
        if _comparable(value, catalogs) == _comparable(default[key], catalogs):
            return {}
        return {key: value}

    def _dtype(self, key: str, value: Any) -> dict[str, Any]:
        if isinstance(value, dict):  # a policy
            config = value.get("config")
            value = config.get("name") if isinstance(config, dict) else None
        return {} if value in (None, "float32", True) else {key: value}

    def value(self, argument: str, value: Any) -> Any:
        """A value: scalars, lists, and objects as a name or as `{type: …}`.

        Raises:
            Unsayable: where it is an object that Keras 3 does not have.
        """
        kind = _kind(argument)
        if isinstance(value, str):
            self._note(value)
            return escaped(_NAMES.get(kind, {}).get(value, value))
        if isinstance(value, list):
            return [self.value(argument, item) for item in value]
        if isinstance(value, float):
            return _shortest(value)
        if not isinstance(value, dict):
            return value
        if "class_name" not in value:
            return self._old_object(argument, kind, value)
        name, config = value["class_name"], value.get("config")
        if name == "__tuple__":
            return self.value(argument, value.get("items"))
        if name in ("__numpy__", "__tensor__"):
            return self.value(argument, config.get("value")) if isinstance(config, dict) else config
        if name == "function" or isinstance(config, str):
            return self.value(argument, config)
        return self._object(argument, kind, str(name), config if isinstance(config, dict) else {})

    def _old_object(self, argument: str, kind: str, value: dict[str, Any]) -> Any:
        """An object of Keras 1 has its name among its arguments."""
        if kind != "layer" and isinstance(value.get("name"), str):
            config = {_ARGUMENTS.get(k, k): item for k, item in value.items() if k != "name"}
            return self._object(argument, kind, value["name"], config)
        return {key: self.value(argument, item) for key, item in value.items()}

    def _object(self, argument: str, kind: str, name: str, config: dict[str, Any]) -> Any:
        name = _OBJECTS.get(name, _NAMES.get(kind, {}).get(name, name))
        if name == "VarianceScaling":
            given = tuple(config.get(key) for key in ("scale", "mode", "distribution"))
            scaled = next((known for form, known in _SCALED.items() if form == given), None)
            if scaled is not None and config.get("seed") is None:
                return scaled
            config = {**config, "distribution": _distribution(config.get("distribution"))}
        for catalog in _CATALOGS.get(kind, ()):
            described = catalog.find(name)
            if described is None:
                continue
            found: dict[str, Any] = {}
            for key, value in config.items():
                if key not in ("name", "dtype", "decay"):
                    found |= self._argument(described, key, value)
            if described.__name__ == "L1L2" and 0 in (found.get("l1", 0), found.get("l2", 0)):
                used = "L1" if found.get("l1") else "L2"
                return {"type": used, used.lower(): found.get(used.lower(), 0.0)}
            if found:
                return {"type": described.__name__, **found}
            return snake_case(described.__name__)
        if kind == "layer" or argument == "activation":
            return self.layer(name, config)
        raise Unsayable(
            f"has a `{name}` as its `{argument}`, which is no {kind} of Keras",
            f"take a {kind} of Keras",
        )

    def _note(self, value: str) -> None:
        """Say what a person should know of a value."""
        is_as_it_was = value == "hard_sigmoid" and self._version >= 3
        note = _NOTES.get(value)
        if note is not None and not is_as_it_was and note not in self._notes:
            self._notes.append(note)


def _distribution(name: Any) -> Any:
    """Keras 2.0 said normal of what was truncated."""
    return "truncated_normal" if name == "normal" else name


def _short(value: Any) -> Any:
    """One number for a list of several that are the same."""
    if not isinstance(value, list):
        return value
    items = [_short(item) for item in value]
    is_one = bool(items) and type(items[0]) is int and all(item == items[0] for item in items)
    return items[0] if is_one else value


def _kind(argument: str) -> str:
    """What an object is that is an argument of this name."""
    return next((kind for kind in _CATALOGS if argument.endswith(kind)), "layer")


def _comparable(value: Any, catalogs: tuple[Catalog, ...]) -> Any:
    """A value in a form that is the same for what is the same."""
    if isinstance(value, KerasObject):
        return type(value).__name__
    if isinstance(value, list | tuple):
        return _short([_comparable(item, catalogs) for item in value])
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, str):
        return next((c.class_name(value) for c in catalogs if c.class_name(value)), value)
    return value


def _shortest(number: float) -> float:
    """The shortest number that is the same in float32, as which TensorFlow kept numbers."""
    try:
        (kept,) = struct.unpack("f", struct.pack("f", number))
    except OverflowError:
        return number
    short = float(f"{number:.7g}")
    return (
        short
        if kept == number and struct.unpack("f", struct.pack("f", short))[0] == kept
        else number
    )
