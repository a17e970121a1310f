"""A graph → the equivalent functional Keras model, compiled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from layergraph.diagnostics import Diagnostics, GraphError, codes
from layergraph.graph.graph import Argument, Graph, Node, Output
from layergraph.targets.keras_objects import keras_arguments, keras_class, keras_object

if TYPE_CHECKING:
    import keras


def compile_graph(graph: Graph, *, seed: int | None = None) -> keras.Model:
    """Build the model of a graph and compile it.

    Args:
        graph: the graph.
        seed: what Python's, NumPy's and the backend's generators begin with, so that the initial
            weights are the same again; None leaves them as they are.

    Returns:
        A functional model whose inputs and outputs are dicts by name. It is compiled where an
        output has a loss.

    Raises:
        GraphError: where Keras refuses what layergraph let pass.
    """
    import keras

    if not isinstance(graph, Graph):
        raise TypeError(f"a Graph is compiled, not {graph!r}: layergraph.load(path) reads one")
    if seed is not None:
        keras.utils.set_random_seed(seed)
    tensors: dict[str, list[Any]] = {}
    for node in graph.nodes.values():
        if node.path in graph.in_model:
            tensors[node.path] = _called(node, tensors)
    model = keras.Model(
        inputs={n.keras_name: tensors[n.path][0] for n in graph.nodes.values() if n.input},
        outputs={
            name: tensors[output.edge.producer][output.edge.tensor]
            for name, output in graph.heads.items()
        },
        name=graph.name,
    )
    _compile(model, graph)
    return model


def _called(node: Node, tensors: Mapping[str, list[Any]]) -> list[Any]:
    """The tensors that a node gives."""
    import keras

    try:
        if node.layer is None:
            return [_input(node)]
        layer = keras_class(type(node.layer))(name=node.keras_name, **keras_arguments(node.layer))
        first, *others = [(a.name, _given(a, tensors)) for a in node.arguments]
        call = keras_arguments(node.call) if node.call is not None else {}
        outputs = layer(first[1], **dict(others), **call)
    except Exception as error:
        raise _refusal(node, error) from error
    return list(keras.tree.flatten(outputs))


def _given(argument: Argument, tensors: Mapping[str, list[Any]]) -> Any:
    given = [tensors[edge.producer][edge.tensor] for edge in argument.edges]
    return given if argument.is_list else given[0]


def _input(node: Node) -> Any:
    import keras

    assert node.input is not None
    return keras.Input(
        shape=node.outputs[0].shape[1:],
        batch_size=node.input.batch_size,
        dtype=node.input.dtype,
        sparse=node.input.sparse or None,
        ragged=node.input.ragged or None,
        optional=node.input.optional,
        name=node.keras_name,
    )


def _compile(model: keras.Model, graph: Graph) -> None:
    """Compile with a loss for each output that has one."""
    trained = {name: output for name, output in graph.heads.items() if output.loss is not None}
    if not trained:
        return
    model.compile(
        optimizer=keras_object(graph.training.optimizer),
        loss={name: keras_object(output.loss) for name, output in trained.items()},
        loss_weights=_loss_weights(trained),
        metrics={
            name: [keras_object(metric) for metric in output.metrics]
            for name, output in graph.heads.items()
            if output.metrics
        },
    )


def _loss_weights(trained: Mapping[str, Output]) -> dict[str, float] | None:
    """The weight of every loss, where one is given: Keras then asks for all of them."""
    if all(output.loss_weight is None for output in trained.values()):
        return None
    return {
        name: 1.0 if output.loss_weight is None else output.loss_weight
        for name, output in trained.items()
    }


def _refusal(node: Node, error: Exception) -> GraphError:
    """What to say where Keras refuses a layer that our rules let pass."""
    diagnostics = Diagnostics()
    diagnostics.report(
        codes.REFUSED_BY_KERAS,
        f"Keras refuses `{node.path}`: {str(error).strip().splitlines()[0]}",
        node.span,
        notes=(f"{type(error).__name__}, raised by Keras' own {node.type}",),
        help="layergraph should have said so itself: please report it",
    )
    return GraphError(tuple(diagnostics))
