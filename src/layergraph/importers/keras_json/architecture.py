"""The JSON of a model, of any version of Keras → its layers and their calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from layergraph.importers.keras_json.calls import Call, Reference, call_of, references
from layergraph.importers.keras_json.malformed import Malformed, a_dict, a_list, a_text, at

INPUT = "InputLayer"


class Layer(NamedTuple):
    """A layer with its calls; `inner` is the model that it is, if it is one."""

    name: str
    kind: str
    module: str
    config: Mapping[str, Any]
    calls: tuple[Call, ...]
    inner: Architecture | None


class Architecture(NamedTuple):
    """A model: its layers, its inputs, and what it gives.

    `outputs` have the key of each where the model gives a dict; `version` is the first number of
    the version of Keras that wrote it, 0 where it does not say.
    """

    name: str
    layers: tuple[Layer, ...]
    inputs: tuple[str, ...]
    outputs: tuple[tuple[str | None, Reference], ...]


def architecture_of(model: Any) -> Architecture:
    """The layers and calls of a model's JSON.

    Raises:
        Malformed: where it is no architecture.
    """
    return _Reader().model(model, ())


def is_model(layer: Any) -> bool:
    """Whether the JSON of a layer is that of a model."""
    config = layer.get("config")
    if layer.get("class_name") == "Sequential":
        return True
    return isinstance(config, dict) and "layers" in config and "output_layers" in config


class _Reader:
    """Reads a model with the models in it; layers in it may have been met before."""

    def model(self, model: Any, path: tuple[str | int, ...]) -> Architecture:
        config = at(a_dict(model, path), "config", path)
        if model.get("class_name") == "Sequential":
            return self._sequential(model, config, (*path, "config"))
        if not is_model(model):
            name = a_text(at(model, "class_name", path), (*path, "class_name"))
            raise Malformed(
                path,
                f"is a `{name}`, whose JSON tells nothing of its layers: it is no functional and "
                "no sequential model",
            )
        return self._functional(a_dict(config, (*path, "config")), (*path, "config"))

    def _functional(self, config: dict[str, Any], path: tuple[str | int, ...]) -> Architecture:
        written = a_list(at(config, "layers", path), (*path, "layers"))
        places = [(*path, "layers", number) for number in range(len(written))]
        names = {
            _name_of(a_dict(layer, place), place)
            for layer, place in zip(written, places, strict=True)
        }
        layers = [
            self._layer(layer, place, names) for layer, place in zip(written, places, strict=True)
        ]
        inputs = references(at(config, "input_layers", path), names, (*path, "input_layers"))
        outputs = references(at(config, "output_layers", path), names, (*path, "output_layers"))
        return Architecture(
            str(config.get("name", "model")),
            tuple(layers),
            tuple(reference.layer for _, reference in inputs),
            tuple(outputs),
        )

    def _layer(
        self, written: dict[str, Any], path: tuple[str | int, ...], names: set[str]
    ) -> Layer:
        place = (*path, "inbound_nodes")
        nodes = a_list(written.get("inbound_nodes", []), place)
        calls = [call_of(node, names, (*place, number)) for number, node in enumerate(nodes)]
        return self._with_calls(written, path, tuple(calls))

    def _with_calls(
        self, written: dict[str, Any], path: tuple[str | int, ...], calls: tuple[Call, ...]
    ) -> Layer:
        kind = a_text(at(written, "class_name", path), (*path, "class_name"))
        config = at(written, "config", path)
        inner = self.model(written, path) if is_model(written) else None
        return Layer(
            _name_of(written, path),
            kind,
            str(written.get("module") or ""),
            {} if inner else a_dict(config, (*path, "config")),
            calls,
            inner,
        )

    def _sequential(
        self, model: dict[str, Any], config: Any, path: tuple[str | int, ...]
    ) -> Architecture:
        settings = config if isinstance(config, dict) else {}
        written = a_list(settings.get("layers", config), (*path, "layers"))
        if not written:
            raise Malformed(path, "is a Sequential model without layers")
        name = str(settings.get("name") or model.get("name") or "sequential")
        layers: list[Layer] = []
        given, first = self._beginning(a_dict(written[0], path), model, settings, path, layers)
        inputs = tuple(layer.name for layer in layers if layer.kind == INPUT)
        for number, layer in enumerate(written[first:], start=first):
            place = (*path, "layers", number)
            made = self._with_calls(a_dict(layer, place), place, (Call((given,), {}),))
            layers.append(made)
            given = Reference(made.name, 0, 0)
        return Architecture(name, tuple(layers), inputs, ((None, given),))

    def _beginning(
        self,
        first: dict[str, Any],
        model: dict[str, Any],
        settings: dict[str, Any],
        path: tuple[str | int, ...],
        layers: list[Layer],
    ) -> tuple[Any, int]:
        """What the first layer is called on, and which it is; with the layers before it."""
        config = first.get("config")
        if first.get("class_name") == INPUT:
            layers.append(self._with_calls(first, path, ()))
            return Reference(layers[-1].name, 0, 0), 1
        if first.get("class_name") == "Merge" and isinstance(config, dict):  # Keras 1
            branches = list(self._branches(config, (*path, "layers", 0, "config"), layers))
            layers.append(self._with_calls(first, path, (Call((branches,), {}),)))
            return Reference(layers[-1].name, 0, 0), 1
        name = _name_of(first, path)
        if is_model(first):  # Keras 1: the input is that of the inner model
            inner = self.model(first, path)
            (given,) = [layer for layer in inner.layers if layer.name in inner.inputs][:1]
            shape, dtype = shape_of(given.config), given.config.get("dtype")
        else:
            built = a_dict(model.get("build_config") or {}, path)
            config = a_dict(config, path)
            shape = (
                shape_of(config) or settings.get("build_input_shape") or built.get("input_shape")
            )
            dtype = config.get("input_dtype") or (
                config.get("dtype") if "batch_input_shape" in config else None
            )
        if shape is None:
            raise Malformed(
                path,
                f"is a Sequential model whose first layer, `{name}`, does not say what shape it "
                "is given",
            )
        wanted = {"batch_shape": shape, "dtype": dtype or "float32"}
        layers.append(Layer(f"{name}_input", INPUT, "", wanted, (), None))
        return Reference(f"{name}_input", 0, 0), 0

    def _branches(
        self, config: dict[str, Any], path: tuple[str | int, ...], layers: list[Layer]
    ) -> Iterator[Reference]:
        """The outputs of the models that a layer of Keras 1 merges, whose layers stand here."""
        place = (*path, "layers")
        for number, branch in enumerate(a_list(config.get("layers", []), place)):
            inner = self.model(branch, (*place, number))
            layers += inner.layers
            yield from (reference for _, reference in inner.outputs)


def shape_of(config: Mapping[str, Any]) -> Sequence[Any] | None:
    """The shape that a layer says it is given, the batch first."""
    shape = config.get("batch_shape") or config.get("batch_input_shape")
    if shape is None and isinstance(config.get("input_shape"), list):
        return [None, *config["input_shape"]]
    if shape is None and "input_dim" in config and config.get("input_length") is not None:
        return [None, config["input_length"], config["input_dim"]]
    return shape


def _name_of(layer: dict[str, Any], path: tuple[str | int, ...]) -> str:
    config = layer.get("config")
    name = layer.get("name") or (config.get("name") if isinstance(config, dict) else None)
    if name is None and layer.get("class_name") == "Sequential":
        name = "sequential"
    return a_text(name, (*path, "name"))
