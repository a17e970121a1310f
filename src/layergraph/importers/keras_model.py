"""A Keras model with a graph → the flat document of it, from Keras' own objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from layergraph.graph.flat_names import Keys
from layergraph.importers.calls import Level, functional, level_of
from layergraph.importers.compile_state import measured_outputs, training_of
from layergraph.importers.keras_layers import Layers
from layergraph.importers.keras_nodes import Nodes
from layergraph.importers.own_objects import OwnObjects
from layergraph.importers.refusals import Refusals, refuse_model
from layergraph.importers.sharing import check_wrapped, inlined_models
from layergraph.importers.tensor_names import Names, tensor_names
from layergraph.spec.file_keys import VERSION
from layergraph.spec.names import KERAS_NAME


class ImportedModel(NamedTuple):
    """The flat document of a model.

    `notes` say what is not as it was, `modules` are those that the document would import. `named`
    are the layers of the model, and of each model in it, with their names, by the model's id.
    """

    document: dict[str, Any]
    notes: tuple[str, ...]
    modules: tuple[str, ...]
    named: Mapping[int, tuple[tuple[Any, str], ...]]


def imported_model(model: Any) -> ImportedModel:
    """The flat document of a Keras model.

    Args:
        model: a functional or sequential model, or one of a subclass that is built on a graph.

    Raises:
        GraphError: no-graph, where the model has none; inexpressible, for each layer that a graph
            file cannot have.
    """
    _check_graph(model, "the model")
    with _plain_dtypes():
        return _File(model).imported()


class _File:
    """The document of one model."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.own = OwnObjects()
        self.refusals = Refusals()
        self.notes: list[str] = []
        self.layers = Layers(self.own, self.block)
        self._inlined = inlined_models(model)
        self.notes += [
            f"the layers of the model `{inner.name}` stand in the model that it is in"
            for inner in self._inlined.values()
        ]
        self._block_keys = Keys()
        self._blocks: dict[str, dict[str, Any]] = {}
        self._same_blocks: dict[str, str] = {}
        self._known: dict[int, str] = {}
        self._named: dict[int, tuple[tuple[Any, str], ...]] = {}

    def imported(self) -> ImportedModel:
        """The document, with what is to be said of it."""
        with self.refusals.about("the model"):
            check_wrapped(self._model)
        self.refusals.raise_any()
        graph = functional(self._model)
        names = [tensor_names(graph._inputs_struct), tensor_names(graph._outputs_struct)]  # noqa: SLF001
        self._note_structures(names)
        level = self._level(self._model)
        nodes = self._nodes(self._model, level, names)
        layers = nodes.layers()
        outputs = {
            output.key: {
                "from": nodes.reference(tensor),
                **({} if output.key == output.keras_name else {"name": output.keras_name}),
            }
            for output, tensor in zip(nodes.outputs, level.outputs, strict=True)
        }
        with self.refusals.about("the model's compilation"):
            measured = measured_outputs(self._model, self.layers, self.notes)
            for entry, further in zip(outputs.values(), measured, strict=True):
                entry.update(further)
        training: dict[str, Any] = {}
        with self.refusals.about("the optimizer"):
            training = training_of(self._model, self.layers, self.notes)
        self.refusals.raise_any()
        sections = {
            "custom": self.own.entries,
            "blocks": self._blocks,
            "inputs": {
                nodes.keys[call]: _input(call.operation) | nodes.own_name(call)
                for call in level.inputs
            },
            "layers": layers,
            "outputs": outputs,
            "training": training,
        }
        document = {"layergraph": VERSION, "name": self._name()}
        document |= {name: value for name, value in sections.items() if value}
        return ImportedModel(
            document, tuple(dict.fromkeys(self.notes)), self.own.modules, self._named
        )

    def _name(self) -> str:
        name = str(self._model.name)
        if KERAS_NAME.fullmatch(name):
            return name
        signs = (sign if KERAS_NAME.fullmatch(f"_{sign}") else "_" for sign in name)
        found = "".join(signs).lstrip("-.")[:128] or "model"
        self.notes.append(f"the model `{name}` is called `{found}`")
        return found

    def _note_structures(self, names: list[Names]) -> None:
        for what, found in zip(("inputs", "outputs"), names, strict=True):
            if found.is_nested:
                self.notes.append(
                    f"the model's {what} were nested, and are one flat dict now: "
                    + ", ".join(f"`{name}`" for name in found.names)
                )

    def _level(self, model: Any) -> Level:
        with self.refusals.about(""):
            return level_of(model, self._inlined)
        self.refusals.raise_any()
        raise AssertionError

    def _nodes(self, model: Any, level: Level, names: list[Names]) -> Nodes:
        inputs, outputs = names
        nodes = Nodes(level, inputs.names, outputs.names, self, is_frozen=not model.trainable)
        operations = {id(call.operation): call.operation for call in level.calls}
        self._named[id(model)] = tuple((op, nodes.names[at]) for at, op in operations.items())
        return nodes

    def block(self, model: Any) -> str:
        """The name of the block of a model.

        Raises:
            GraphError: no-graph.
        """
        if id(model) not in self._known:
            _check_graph(model, f"`{model.name}`")
            graph = functional(model)
            level = self._level(model)
            names = [tensor_names(graph._inputs_struct), tensor_names(graph._outputs_struct)]  # noqa: SLF001
            nodes = self._nodes(model, level, names)
            layers = nodes.layers()
            edges = [nodes.reference(tensor) for tensor in level.outputs]
            body = {
                "inputs": [nodes.keys[call] for call in level.inputs],
                "layers": layers,
                "outputs": {
                    output.key: edge for output, edge in zip(nodes.outputs, edges, strict=True)
                }
                if len(edges) > 1
                else edges[0],
            }
            body = {name: value for name, value in body.items() if value}
            written = repr(body)
            if written not in self._same_blocks:
                key = self._same_blocks[written] = self._block_keys.fresh(model.name)
                self._blocks[key] = body
            self._known[id(model)] = self._same_blocks[written]
        return self._known[id(model)]

    def block_output(self, model: Any, number: int) -> str:
        """The name of one of several tensors that a model gives."""
        names: list[str] = list(self._blocks[self.block(model)]["outputs"])
        return names[number]


def _check_graph(model: Any, called: str) -> None:
    """Refuse a model that has no graph, or whose graph is not what it computes."""
    import keras
    from keras.src.models.functional import Functional

    if not isinstance(model, keras.Model):
        raise TypeError(f"a keras.Model is imported, not {model!r}")
    if isinstance(model, keras.Sequential) and functional(model) is None:
        raise refuse_model(
            f"{called} is a Sequential model that does not know the shape of its input",
            "let it begin with `keras.Input`, or call `build`",
        )
    if functional(model) is None:
        raise refuse_model(
            f"{called} is a `{type(model).__name__}`, which computes in Python and has no graph",
            "import a functional model: `keras.Model(inputs, outputs)`, with its layers called on "
            "`keras.Input`",
        )
    if type(model).call not in (Functional.call, keras.Sequential.call):
        raise refuse_model(
            f"{called} is a `{type(model).__name__}`, whose own `call` computes something else "
            "than its graph",
            "import the functional model alone: `keras.Model(model.inputs, model.outputs)`",
        )


def _input(layer: Any) -> dict[str, Any]:
    """The entry of an input, without defaults."""
    config = layer.get_config()
    batch_size, *shape = config["batch_shape"]
    found = {
        "batch_size": batch_size,
        "sparse": bool(config.get("sparse")),
        "ragged": bool(config.get("ragged")),
        "optional": bool(config.get("optional")),
    }
    dtype = {} if config["dtype"] == "float32" else {"dtype": config["dtype"]}
    return {"shape": shape, **dtype} | {key: value for key, value in found.items() if value}


@contextmanager
def _plain_dtypes() -> Iterator[None]:
    """Make layers meanwhile in float32, which is what a graph file has by default."""
    import keras

    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("float32")
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)
