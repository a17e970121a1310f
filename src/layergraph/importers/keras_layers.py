"""Layers of a Keras model → the `type` and the arguments of their nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from layergraph.graph.flat_values import arguments_of, escaped, plain_value
from layergraph.importers.adapted_state import learnt_state
from layergraph.importers.calls import Call, flat_tensors, functional, is_model
from layergraph.importers.keras_values import Values, in_order, said, told_apart
from layergraph.importers.own_layers import declared_outputs, own_arguments, own_layers_inside
from layergraph.importers.own_objects import OwnObjects
from layergraph.importers.refusals import Unsayable
from layergraph.layers.base import Layer
from layergraph.layers.catalog import LAYERS
from layergraph.objects.declared import CustomObject


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
        self.values.inside = self._own_inside(call)
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
        given = own_arguments(call.operation, self.values.plain)
        source = _source(call)
        gives = declared_outputs(source, call.outputs, given.get("dtype"))
        name = self.own.name(type(call.operation), "layer", gives)
        return LayerEntry(name, escaped(given), None)

    def _own_inside(self, call: Call) -> dict[str, CustomObject]:
        """The layers of the user's own that are arguments of a layer, by what tells them apart."""
        import keras

        found: dict[str, CustomObject] = {}
        for layer, source, outputs in own_layers_inside(
            call.operation, _source(call), call.outputs
        ):
            try:
                given = own_arguments(layer, self.values.plain)
                gives = declared_outputs(source, outputs, given.get("dtype"))
                name = self.own.name(type(layer), "layer", gives)
            except Unsayable as error:
                raise Unsayable(
                    f"has the layer `{layer.name}` in it, which {error}", error.help
                ) from error
            described = CustomObject.of(self.own.declarations[name], given)
            found[told_apart(keras.saving.serialize_keras_object(layer))] = described
        return found


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


def _source(call: Call) -> Any:
    """The first tensor that a layer is called on; None where it is called on none."""
    first = next(iter(flat_tensors(list(call.arguments.values()))), None)
    return None if first is None else first.call.outputs[first.number]
