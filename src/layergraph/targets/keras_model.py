"""A graph → the equivalent functional Keras model, compiled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from layergraph.diagnostics import Diagnostics, GraphError, codes
from layergraph.graph.custom_layer import CustomLayer
from layergraph.graph.graph import Argument, Graph, InnerModel, Node, Output
from layergraph.layers.base import Layer
from layergraph.ops.base import Op
from layergraph.targets.custom import check_custom, check_declared, made_custom
from layergraph.targets.keras_objects import keras_arguments, keras_class, keras_object
from layergraph.targets.keras_ops import call_op

if TYPE_CHECKING:
    import keras


def compile_graph(
    graph: Graph, *, seed: int | None = None, allow: Iterable[str] = ()
) -> keras.Model:
    """Build the model of a graph and compile it.

    Args:
        graph: the graph.
        seed: what Python's, NumPy's and the backend's generators begin with, so that the initial
            weights are the same again; None leaves them as they are.
        allow: the modules that `custom` may import, with what is in them.

    Returns:
        A functional model whose inputs and outputs are dicts by name. It is compiled where an
        output has a loss.

    Raises:
        GraphError: where Keras refuses what layergraph let pass, a param has no value, or a
            module is not allowed or cannot be imported.
    """
    import keras

    if not isinstance(graph, Graph):
        raise TypeError(f"a Graph is compiled, not {graph!r}: layergraph.load(path) reads one")
    check_params(graph)
    modules = check_custom(graph, tuple(allow))
    if seed is not None:
        keras.utils.set_random_seed(seed)
    tensors = _Calls(modules).called(
        node for node in graph.nodes.values() if node.path in graph.in_model
    )
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


def check_params(graph: Graph) -> None:
    """Refuse a graph in which examples stand for params.

    Raises:
        GraphError: missing-param.
    """
    diagnostics = Diagnostics()
    for name, span in graph.examples.items():
        diagnostics.report(
            codes.MISSING_PARAM,
            f"param `{name}` has no value: its `example` is for looking at the file alone",
            span,
            path=("params", name),
            help=f"set it with `--set {name}=…`, `params={{{name!r}: …}}` in Python",
        )
    if diagnostics.has_errors:
        raise GraphError(tuple(diagnostics))


class _Calls:
    """Calls the nodes of a model in order; a layer that several share is made once."""

    def __init__(self, custom: Mapping[str, Any]) -> None:
        self._custom = custom
        self._layers: dict[str, Any] = {}
        self._tensors: dict[str, list[Any]] = {}

    def called(self, nodes: Iterable[Node]) -> Mapping[str, list[Any]]:
        """The tensors that each node gives, by path."""
        for node in nodes:
            try:
                self._tensors[node.path] = self._call(node)
            except GraphError:
                raise
            except Exception as error:
                raise _refusal(node, error) from error
        return self._tensors

    def _call(self, node: Node) -> list[Any]:
        import keras

        if node.layer is None:
            return [_input(node)]
        given = {argument.name: self._given(argument) for argument in node.arguments}
        if isinstance(node.layer, Op):
            return list(keras.tree.flatten(call_op(node.layer, given, node.keras_name)))
        layer = self._layers.get(node.shares or node.path)
        if layer is None:
            layer = self._layers[node.shares or node.path] = self._made(node)
        first, *others = given
        if node.inner is not None and len(node.inner.inputs) == 1:
            given[first] = given[first][0]
        call = keras_arguments(node.call) if node.call is not None else {}
        outputs = layer(given[first], **{name: given[name] for name in others}, **call)
        found = list(keras.tree.flatten(outputs))
        if isinstance(node.layer, CustomLayer):
            check_declared(node, found)
        return found

    def _made(self, node: Node) -> Any:
        """The layer that a node calls."""
        if node.inner is not None:
            return self._model(node.inner, node.keras_name)
        if isinstance(node.layer, CustomLayer):
            return made_custom(node, self._custom)
        assert isinstance(node.layer, Layer)
        return keras_class(type(node.layer))(name=node.keras_name, **keras_arguments(node.layer))

    def _model(self, inner: InnerModel, name: str) -> Any:
        """A model inside of this one."""
        import keras

        tensors = _Calls(self._custom).called(inner.nodes.values())
        inputs = [tensors[path][0] for path in inner.inputs]
        outputs = [tensors[edge.producer][edge.tensor] for edge in inner.outputs]
        return keras.Model(
            inputs=inputs if len(inputs) > 1 else inputs[0],
            outputs=outputs if len(outputs) > 1 else outputs[0],
            name=name,
        )

    def _given(self, argument: Argument) -> Any:
        given = [self._tensors[edge.producer][edge.tensor] for edge in argument.edges]
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
