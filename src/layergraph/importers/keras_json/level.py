"""The nodes of one model of an architecture, or of a model inside of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from layergraph.graph.flat_names import Keys
from layergraph.importers.keras_json.architecture import INPUT, Architecture, Layer, shape_of
from layergraph.importers.keras_json.calls import Call, Reference, tensors_in
from layergraph.importers.keras_json.functions import arguments_of, function_of, is_function
from layergraph.importers.refusals import Unsayable
from layergraph.layers.base import Operation
from layergraph.layers.catalog import LAYERS
from layergraph.ops.catalog import OPS
from layergraph.spec.names import KERAS_NAME

if TYPE_CHECKING:
    from layergraph.importers.keras_json.document import Document

_STATES = ("LSTM", "GRU", "SimpleRNN", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
"""Layers that Keras 2 called on a list of their input and the states to begin with."""


class Body(NamedTuple):
    """A model or a block: its inputs, nodes and outputs, under the keys of the document."""

    inputs: dict[str, dict[str, Any]]
    layers: dict[str, Any]
    outputs: dict[str, dict[str, str]]


class Level:
    """One model under the keys that its nodes have."""

    def __init__(self, model: Architecture, document: Document) -> None:
        self._model = model
        self._document = document
        self._keys = Keys()
        self._layers = {layer.name: layer for layer in model.layers}
        self._inner: dict[str, Body] = {}
        self._keys_of: dict[tuple[str, int], str] = {}

    def body(self) -> Body:
        """The entries of its inputs, its nodes and its outputs."""
        model = self._model
        inputs: dict[str, Any] = {}
        nodes: dict[str, Any] = {}
        for layer in model.layers:  # their own names before those of further calls
            self._keys_of[layer.name, 0] = self._keys.fresh(layer.name)
        for layer in model.layers:
            for number in range(1, len(layer.calls)):
                self._keys_of[layer.name, number] = self._keys.fresh(layer.name)
        in_use = self._reached()
        for layer in model.layers:
            if layer.name not in in_use and layer.name not in model.inputs:
                continue
            with self._document.refusals.about(f"`{layer.name}`"):
                if layer.kind == INPUT:
                    key = self._keys_of[layer.name, 0]
                    inputs[key] = self._input(layer) | self._own_name(layer, key)
                else:
                    nodes |= self._nodes(layer)
        ordered = [self._keys_of[name, 0] for name in model.inputs]
        return Body({key: inputs[key] for key in ordered if key in inputs}, nodes, self._outputs())

    def _reached(self) -> set[str]:
        """The layers that an output needs."""
        found: set[str] = set()
        waiting = [reference.layer for _, reference in self._model.outputs]
        while waiting:
            name = waiting.pop()
            if name in found or name not in self._layers:
                continue
            found.add(name)
            for call in self._layers[name].calls:
                tensors = (*tensors_in(call.given), *tensors_in(call.named))
                waiting += [tensor.layer for tensor in tensors]
        return found

    def _own_name(self, layer: Layer, key: str) -> dict[str, str]:
        """The layer's name in Keras, where it cannot be the key."""
        if layer.name == key:
            return {}
        name = layer.name
        if KERAS_NAME.fullmatch(name) is None:
            signs = (sign if KERAS_NAME.fullmatch(f"_{sign}") else "_" for sign in name)
            name = "".join(signs).lstrip("-.")[:128] or key
            self._document.notes.append(f"the layer `{layer.name}` is called `{name}`")
        return {} if name == key else {"name": name}

    def _input(self, layer: Layer) -> dict[str, Any]:
        config = layer.config
        shape = shape_of(config)
        if not isinstance(shape, list) or not shape:
            raise Unsayable("does not say its shape", "give it a `batch_input_shape`")
        if config.get("ragged"):
            raise Unsayable("takes ragged tensors, which Keras 3 does not", "pad what it is given")
        dtype = config.get("dtype") or config.get("input_dtype") or "float32"
        found: dict[str, Any] = {"shape": list(shape[1:])}
        if dtype != "float32":
            found["dtype"] = dtype
        further = {"batch_size": shape[0], "sparse": config.get("sparse")}
        return found | {key: value for key, value in further.items() if value}

    def _nodes(self, layer: Layer) -> dict[str, Any]:
        """The calls of a layer: the first makes it, the others use it."""
        found: dict[str, Any] = {}
        if is_function(layer):
            for number, call in enumerate(layer.calls):
                key = self._keys_of[layer.name, number]
                named = {} if number else self._own_name(layer, key)
                found[key] = {**self._function(layer, call), **named}
            return found
        block, home = None, self._keys_of[layer.name, 0]
        if layer.inner is not None:
            block, self._inner[layer.name] = self._document.block(layer.inner)
        for number, call in enumerate(layer.calls):
            key = self._keys_of[layer.name, number]
            given = self._given(layer, call)
            if number:
                found[key] = {"use": home, **given}
            elif block is not None:
                named = self._own_name(layer, key)
                found[key] = {"block": block, **given, "nested": True, **named}
            else:
                kind, arguments = self._described(layer)
                found[key] = {"type": kind, **given, **arguments, **self._own_name(layer, key)}
        return found

    def _described(self, layer: Layer) -> tuple[str, dict[str, Any]]:
        found = self._document.values.layer(layer.kind, layer.config)
        return found.pop("type"), found

    def _function(self, layer: Layer, call: Call) -> dict[str, Any]:
        name = function_of(layer)
        described = OPS.find(name)
        assert described is not None
        assert issubclass(described, Operation)
        arguments = arguments_of(layer, call)
        given, constants = self._divided(described, arguments)
        return {"type": f"ops.{name}", "from": given, **constants}

    def _divided(
        self, described: type[Operation], arguments: Mapping[str, Any]
    ) -> tuple[Any, dict[str, Any]]:
        """What a function is called on, and what else it is given, without defaults."""
        fields = described.model_fields.items()
        defaults: dict[str, Any] = {field.alias or name: field.default for name, field in fields}
        tensors = {k: self._tensor(v) for k, v in arguments.items() if any(tensors_in(v))}
        constants = {
            key: self._document.values.value(key, value)
            for key, value in arguments.items()
            if key not in tensors and _counts(value, defaults.get(key))
        }
        names = [argument.name for argument in described.declared_tensor_arguments()]
        if list(tensors) == names[:1]:
            return tensors[names[0]], constants
        if list(tensors) == names[: len(tensors)] and not set(names) & set(constants):
            return list(tensors.values()), constants
        return tensors, constants

    def _given(self, layer: Layer, call: Call) -> dict[str, Any]:
        """The keys `from` and `call` of a node."""
        positional = [value for value in call.given if any(tensors_in(value))]
        named = {key: value for key, value in call.named.items() if any(tensors_in(value))}
        settings = {
            key: value
            for key, value in call.named.items()
            if key not in named and value is not None and not (key == "training" and not value)
        }
        found: dict[str, Any] = {"from": self._from(layer, positional, named)}
        if settings:
            found["call"] = settings
        return found

    def _from(self, layer: Layer, positional: list[Any], named: Mapping[str, Any]) -> Any:
        described = LAYERS.find(layer.kind)
        names: list[str] = []
        if described is not None:
            assert issubclass(described, Operation)
            names = [argument.name for argument in described.declared_tensor_arguments()]
        if layer.inner is not None:
            names = list(self._inner[layer.name].inputs)
            if len(positional) == 1 and isinstance(positional[0], list | dict):
                given = positional[0]
                positional = list(given.values() if isinstance(given, dict) else given)
        elif layer.kind in (*_STATES, "Bidirectional") and len(positional) == 1:
            if isinstance(positional[0], list):  # Keras 2: the states stand behind the input
                first, *states = positional[0]
                positional, named = [first], {"initial_state": states, **named}
        elif len(positional) == 1 and isinstance(positional[0], dict):
            return {key: self._tensor(value) for key, value in positional[0].items()}
        if len(positional) == 1 and not named:
            return self._tensor(positional[0])
        by_position = dict(zip(names, positional, strict=False))
        if len(by_position) < len(positional):
            return [self._tensor(value) for value in positional]
        return {key: self._tensor(value) for key, value in {**by_position, **named}.items()}

    def _tensor(self, value: Any) -> Any:
        """A tensor, or a list of them, as references."""
        if isinstance(value, Reference):
            return self._reference(value)
        if isinstance(value, list | tuple):
            return [self._tensor(item) for item in value]
        raise Unsayable(f"is called on {value!r} beside tensors", "call it on tensors alone")

    def _reference(self, tensor: Reference) -> str:
        layer = self._layers.get(tensor.layer)
        if layer is None:
            raise Unsayable(f"is called on `{tensor.layer}`, which is not there", "mend the JSON")
        number = tensor.call
        if layer.inner is not None and self._is_counted_from_one(layer):
            number -= 1
        if layer.kind == INPUT:
            number = 0
        key = self._keys_of.get((layer.name, number))
        if key is None:
            raise Unsayable(
                f"is called on call {tensor.call} of `{tensor.layer}`, which has "
                f"{len(layer.calls)}",
                "mend the JSON",
            )
        if layer.inner is not None:
            outputs = list(self._inner_of(layer).outputs)
            if tensor.tensor not in range(len(outputs)):
                raise Unsayable(
                    f"is called on tensor {tensor.tensor} of `{layer.name}`, which gives "
                    f"{len(outputs)}",
                    "mend the JSON",
                )
            return f"{key}.{outputs[tensor.tensor]}" if len(outputs) > 1 else key
        return f"{key}:{tensor.tensor}" if tensor.tensor or self._is_several(layer) else key

    def _inner_of(self, layer: Layer) -> Body:
        assert layer.inner is not None
        if layer.name not in self._inner:
            _, self._inner[layer.name] = self._document.block(layer.inner)
        return self._inner[layer.name]

    def _is_counted_from_one(self, layer: Layer) -> bool:
        """Whether the calls of an inner model are: its own graph was call 0, but of Keras 3."""
        return all(tensor.call > 0 for tensor in self._in_use() if tensor.layer == layer.name)

    def _is_several(self, layer: Layer) -> bool:
        """Whether a layer gives several tensors, so that the first needs its number."""
        if layer.config.get("return_state"):
            return True
        return any(t.tensor > 0 for t in self._in_use() if t.layer == layer.name)

    def _in_use(self) -> Iterator[Reference]:
        """Every tensor that something is called on, or that the model gives."""
        for layer in self._model.layers:
            for call in layer.calls:
                yield from tensors_in(call.given)
                yield from tensors_in(call.named)
        for _, tensor in self._model.outputs:
            yield tensor

    def _outputs(self) -> dict[str, dict[str, str]]:
        """What the model gives, by the names of layers, numbered where one gives several."""
        found: dict[str, dict[str, str]] = {}
        taken = Keys()
        for wanted, tensor in self._model.outputs:
            with self._document.refusals.about(f"output `{wanted or tensor.layer}`"):
                reference = self._reference(tensor)
                layer, node = self._layers[tensor.layer], reference.partition(":")[0]
                is_nodes = tensor.tensor == 0 and (wanted in (None, layer.name))
                if is_nodes and node == self._keys_of[layer.name, 0] and taken.take(node):
                    found[node] = {"from": reference, **self._own_name(layer, node)}
                else:
                    key = taken.fresh(wanted or layer.name, also=self._keys)
                    found[key] = {"from": reference}
        return found


def _counts(value: Any, default: Any) -> bool:
    """Whether an argument of a function says something that its default does not."""
    return value != default and value is not None and value is not False
