"""Layers that learn from data before training: `Normalization`, lookups, `Discretization`.

Those whose state the file does not give are adapted on the rows that they are given, in the order
of the graph: what a layer is called on may come out of another that was adapted before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from layergraph.diagnostics import Diagnostics, GraphError, codes
from layergraph.graph.graph import Graph, Node
from layergraph.layers.base import Layer
from layergraph.objects.base import KerasObject

if TYPE_CHECKING:
    import keras
    import numpy as np

    from layergraph.training.sources import Source

BATCH = 4096
"""Samples that go through the layers before one that is adapted at once."""


class Adaptable(NamedTuple):
    """A layer to adapt: the names that lead to it, through models inside of the model."""

    names: tuple[str, ...]
    node: Node

    def of(self, model: keras.Model) -> Any:
        """The layer of Keras."""
        found: Any = model
        for name in self.names:
            found = found.get_layer(name)
        return found


def adaptable_layers(graph: Graph) -> tuple[Adaptable, ...]:
    """The layers whose state the file does not give, in the order in which to adapt them.

    Raises:
        GraphError: unadaptable-layer, for one that is an argument of another layer.
    """
    diagnostics = Diagnostics()
    nodes = (node for path, node in graph.nodes.items() if path in graph.in_model)
    found = tuple(_among(nodes, (), diagnostics))
    if diagnostics.has_errors:
        raise GraphError(tuple(diagnostics))
    return found


def adapt(
    model: keras.Model, layers: Iterable[Adaptable], source: Source, rows: np.ndarray
) -> None:
    """Adapt layers of a model on some rows of its data, and on no other.

    Samples of which a number is missing are left out where their input lets gaps pass.

    Args:
        model: the model.
        layers: what `adaptable_layers` gave for its graph.
        source: the data.
        rows: the rows of the training split.
    """
    for adaptable in layers:
        layer = adaptable.of(model)
        tensors = _called_on(model, layer)
        given = _arrays if source.in_memory else _dataset
        layer.adapt(given(model, tensors, source, rows))


def transfer(layers: Iterable[Adaptable], model: keras.Model, to: keras.Model) -> None:
    """Copy weights, and the state that is no weight, to another model of the same graph."""
    import tempfile

    for adaptable in layers:
        if hasattr(adaptable.of(model), "save_assets"):  # lookups: their words are no weights
            with tempfile.TemporaryDirectory() as folder:
                adaptable.of(model).save_assets(folder)
                adaptable.of(to).load_assets(folder)
    for variable, value in zip(to.variables, model.variables, strict=True):
        variable.assign(value)


def _among(
    nodes: Iterable[Node], names: tuple[str, ...], diagnostics: Diagnostics
) -> Iterator[Adaptable]:
    for node in nodes:
        if node.layer is None or node.shares is not None:
            continue
        inside = next((layer for layer in _inside(node.layer) if layer.needs_state), None)
        if node.inner is not None:
            inner = node.inner.nodes.values()
            yield from _among(inner, (*names, node.keras_name), diagnostics)
        elif isinstance(node.layer, Layer) and node.layer.needs_state:
            yield Adaptable((*names, node.keras_name), node)
        elif inside is not None:
            diagnostics.report(
                codes.UNADAPTABLE_LAYER,
                f"the {inside.type_name()} inside of `{node.path}` cannot be adapted to data",
                node.span,
                help=f"give its `{inside.state_argument}`, or make it a node of its own",
            )


def _inside(value: Any) -> Iterator[Layer]:
    """The layers in the arguments of a layer, at any depth."""
    found = value.arguments().values() if isinstance(value, KerasObject) else value
    for item in found if not isinstance(found, str | bytes) else ():
        if isinstance(item, Layer):
            yield item
        if isinstance(item, KerasObject | list | tuple):
            yield from _inside(item)


def _called_on(model: keras.Model, layer: Any) -> list[Any]:
    """The tensors of a model that a layer in it is called on, one for each call."""
    import keras

    found: list[Any] = []
    for operation in model.operations:
        calls = [node.input_tensors for node in operation._inbound_nodes]  # noqa: SLF001
        if operation is layer:
            found += [tensors[0] for tensors in calls]
        elif isinstance(operation, keras.Model):
            for tensor in _called_on(operation, layer):
                probe = keras.Model(operation.inputs, tensor)
                found += [probe(list(tensors)) for tensors in calls]
    return found


def _arrays(model: keras.Model, tensors: list[Any], source: Source, rows: np.ndarray) -> np.ndarray:
    """What a layer is called on, in memory."""
    import numpy as np

    found = []
    for tensor in tensors:
        name = _input_named(model, tensor)
        if name is not None:
            values = source.array(name, rows)
        else:
            probe = _probe(model, tensor)
            parts = [probe(x).numpy() for x in source.inputs(rows, BATCH)]
            values = np.concatenate(parts)
        found.append(_without_gaps(values))
    return np.concatenate(found) if len(found) > 1 else found[0]


def _without_gaps(values: np.ndarray) -> np.ndarray:
    """The samples without NaN; words as they are."""
    import numpy as np

    if values.dtype.kind != "f":
        return values
    known = ~np.isnan(values).reshape(len(values), -1).any(axis=1)
    return values if known.all() else values[known]


def _dataset(model: keras.Model, tensors: list[Any], source: Source, rows: np.ndarray) -> Any:
    """What a layer is called on, batch by batch."""
    import tensorflow as tf

    def known(values: Any) -> Any:
        if not values.dtype.is_floating:
            return values
        gaps = tf.reduce_any(tf.math.is_nan(tf.reshape(values, (tf.shape(values)[0], -1))), axis=1)
        return tf.boolean_mask(values, tf.logical_not(gaps))

    def through(probe: Any) -> Any:
        return source.inputs(rows, BATCH).map(lambda x: known(probe(x)))

    found, *others = (through(_probe(model, tensor)) for tensor in tensors)
    for other in others:
        found = found.concatenate(other)
    return found


def _probe(model: keras.Model, tensor: Any) -> keras.Model:
    """The part of a model that gives one of its tensors."""
    import keras

    return keras.Model({given.name: given for given in model.inputs}, tensor)


def _input_named(model: keras.Model, tensor: Any) -> str | None:
    return next((given.name for given in model.inputs if given is tensor), None)
