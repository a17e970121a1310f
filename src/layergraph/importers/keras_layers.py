"""Layers of a Keras model → the `type` and the arguments of their nodes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from layergraph.graph.flat_values import arguments_of, escaped, plain_value
from layergraph.importers.adapted_state import learnt_state
from layergraph.importers.calls import Call, functional, is_model
from layergraph.importers.keras_values import Values, in_order, said
from layergraph.importers.own_objects import OwnObjects
from layergraph.importers.refusals import Unsayable
from layergraph.layers.base import Layer
from layergraph.layers.catalog import LAYERS
from layergraph.tensors import FLOAT_DTYPES


class LayerEntry(NamedTuple):
    """The type of a node and its arguments.

    `layer` is our description of it, which says what its call takes: None for the user's own.
    """

    type: str
    arguments: dict[str, Any]
    layer: Layer | None


class Layers:
    """Writes layers as a graph file has them.

    Args:
        own: where layers of the user's own are declared.
        block: the name of the block for a model that is an argument.
    """

    def __init__(self, own: OwnObjects, block: Callable[[Any], str]) -> None:
        self.own = own
        self.values = Values(own)
        self._block = block

    def custom(self, declared: Any) -> str:
        """The name of something of the user's own."""
        return str(declared.name)

    def block(self, inner: Any) -> str:
        """No description that is made here holds a model."""
        raise AssertionError(inner)

    def entry(self, call: Call) -> LayerEntry:
        """The type and the arguments of the layer that is called.

        Raises:
            Unsayable: where a graph file cannot have it.
            ValidationError: where our class refuses an argument.
        """
        layer = call.operation
        name = _names_in_keras().get(type(layer))
        if name is None:
            return self._own_layer(call)
        kind = LAYERS.find(name)
        if kind is None:
            raise Unsayable(f"is a `{name}`: {LAYERS.refused[name]}", _instead(name))
        assert issubclass(kind, Layer)
        if getattr(layer, "quantization_mode", None) is not None:
            raise Unsayable(
                "is quantized, and a graph file describes a model before it is",
                "import the model before `quantize`",
            )
        models = _models_in(layer, kind)
        if models:
            return LayerEntry(kind.type_name(), self._with_models(layer, kind, models), None)
        found = self.values.described(kind, said(layer, kind), learnt_state(layer))
        assert isinstance(found, Layer)
        arguments = in_order(arguments_of(found, self), kind)
        return LayerEntry(kind.type_name(), arguments, found)

    def _with_models(
        self, layer: Any, kind: type[Layer], models: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The arguments of a layer of which some are models."""
        found: dict[str, Any] = {}
        fields = {field.alias or name: field for name, field in kind.model_fields.items()}
        config = said(layer, kind)
        for key, field in fields.items():
            if key in models:
                found[key] = {"block": self._block(models[key])}
            elif key in config:
                value = self.values.plain(key, config[key])
                is_default = repr(value) == repr(field.default)
                if field.is_required() or not (is_default or _is_dtype(key, value)):
                    found[key] = plain_value(value, self)
        return in_order(found, kind)

    def _own_layer(self, call: Call) -> LayerEntry:
        layer = call.operation
        config = {key: value for key, value in layer.get_config().items() if key != "name"}
        given = {key: self.values.plain(key, value) for key, value in config.items()}
        if _is_dtype("dtype", given.get("dtype")):
            given.pop("dtype", None)
        parameters = inspect.signature(type(layer).__init__).parameters
        defaults = {"trainable": True} | {
            name: parameter.default
            for name, parameter in parameters.items()
            if parameter.default is not parameter.empty
        }
        given = {
            key: value
            for key, value in given.items()
            if key not in defaults or repr(value) != repr(self.values.plain(key, defaults[key]))
        }
        _check_plain(given)
        _check_made_again(layer, given)
        name = self.own.name(type(layer), "layer", _gives(call, given.get("dtype")))
        return LayerEntry(name, escaped(given), None)


@cache
def _names_in_keras() -> Mapping[type, str]:
    """The names that layers have in `keras.layers`, where some classes are called otherwise."""
    import keras

    return {getattr(keras.layers, name): name for name in (*LAYERS.classes, *LAYERS.refused)}


def _models_in(layer: Any, kind: type[Layer]) -> dict[str, Any]:
    """The arguments of a layer that are models with a graph."""
    found = {key: getattr(layer, key, None) for key in kind.key_names()}
    return {
        key: value
        for key, value in found.items()
        if is_model(value) and functional(value) is not None
    }


def _instead(name: str) -> str:
    """What to do about a layer that is refused."""
    return LAYERS.instead.get(
        name,
        "write what it computes with other layers, or as a layer of your own at the top of a "
        "module: it is then declared under `custom`",
    )


def _is_dtype(key: str, value: Any) -> bool:
    """Whether an argument is the dtype that layers have anyway."""
    return key == "dtype" and value == "float32"


def _check_plain(value: Any, key: str = "") -> None:
    """Refuse arguments of a layer of the user's own that YAML cannot hold."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            _check_plain(item, key or name)
    elif isinstance(value, list):
        for item in value:
            _check_plain(item, key)
    elif value is not None and type(value) not in (bool, int, float, str):
        raise Unsayable(
            f"says of its `{key}` that it is {value!r}, which a graph file cannot hold",
            "let its `get_config` give numbers, texts, lists and mappings alone",
        )


def _check_made_again(layer: Any, given: Mapping[str, Any]) -> None:
    """Refuse a layer of the user's own that its arguments do not make again."""
    try:
        made = type(layer)(name=layer.name, **given).get_config()
    except Exception as error:
        raise Unsayable(
            f"cannot be made again from what its `get_config` says: {error}",
            "let its constructor take what its `get_config` gives",
        ) from error
    config = layer.get_config()
    differing = next((key for key in config if repr(config[key]) != repr(made.get(key))), None)
    if differing is not None:
        raise Unsayable(
            f"is another one when it is made again: its `{differing}` is {made.get(differing)!r}",
            "let its constructor take what its `get_config` gives",
        )


def _gives(call: Call, dtype: Any) -> dict[str, Any]:
    """What a declaration says of the tensors that a layer of the user's own gives."""
    from layergraph.importers.calls import flat_tensors

    first = next(iter(flat_tensors(list(call.arguments.values()))))
    source = first.call.outputs[first.number]
    shapes = [
        "same" if tuple(given.shape) == tuple(source.shape) else list(given.shape[1:])
        for given in call.outputs
    ]
    dtypes = {str(given.dtype) for given in call.outputs}
    if len(dtypes) > 1:
        raise Unsayable(
            f"gives tensors of several dtypes, {', '.join(sorted(dtypes))}",
            "make two layers of it",
        )
    computed = dtype.removeprefix("mixed_") if isinstance(dtype, str) else "float32"
    by_rule = {
        str(source.dtype) if shape == "same" and source.dtype not in FLOAT_DTYPES else computed
        for shape in shapes
    }
    found: dict[str, Any] = {"outputs": shapes} if len(shapes) > 1 else {"output": shapes[0]}
    return found if by_rule == dtypes else {**found, "dtype": dtypes.pop()}
