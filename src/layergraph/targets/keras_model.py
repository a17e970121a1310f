"""A graph → the equivalent functional Keras model, compiled."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layergraph.diagnostics import Diagnostics, GraphError, Span, codes
from layergraph.graph.given_params import check_params
from layergraph.graph.graph import Argument, Graph, InnerModel, Node, Output
from layergraph.graph.nested_model import NestedModel
from layergraph.layers.base import POSITIONAL, Layer, Operation
from layergraph.layers.custom_layer import CustomLayer
from layergraph.objects.catalog import snake_case
from layergraph.objects.catalogs import LOSSES
from layergraph.objects.declared import CustomObject
from layergraph.ops.base import Op
from layergraph.targets.custom import (
    Imported,
    allowed,
    check_declared,
    declared_by,
    first_line,
    import_custom,
    made,
)
from layergraph.targets.keras_objects import Make, keras_arguments, keras_class, keras_object
from layergraph.targets.keras_ops import call_op
from layergraph.targets.operation_names import keep_names_apart
from layergraph.targets.weights import check_weights_file, load_weights

if TYPE_CHECKING:
    import keras


def compile_graph(
    graph: Graph,
    *,
    weights: str | PathLike[str] | None = None,
    partial_weights: bool = False,
    seed: int | None = None,
    allow: Iterable[str] = (),
) -> keras.Model:
    """Build the model of a graph and compile it.

    Args:
        graph: the graph.
        weights: a `.weights.h5` or `.keras` file with the weights to put in, each layer those that
            have its name.
        partial_weights: whether only those are put in that fit, and the others are left.
        seed: what Python's, NumPy's and the backend's generators begin with, so that the initial
            weights are the same again; None leaves them as they are.
        allow: the modules that `custom` may import, with what is in them.

    Returns:
        A functional model whose inputs and outputs are dicts by name. It is compiled where an
        output has a loss. A warning says which weights were not put in.

    Raises:
        GraphError: where Keras refuses what layergraph let pass, a param has no value, a module is
            not allowed or cannot be imported, or the weights do not fit.
    """
    import keras

    if not isinstance(graph, Graph):
        raise TypeError(f"a Graph is compiled, not {graph!r}: layergraph.load(path) reads one")
    check_params(graph)
    if weights is not None:
        check_weights_file(Path(weights))
    own = import_custom(graph, allowed(allow))
    if seed is not None:
        keras.utils.set_random_seed(seed)
    model = build_model(graph, own)
    compile_model(model, graph, own)
    if weights is not None:
        for note in load_weights(model, Path(weights), partial=partial_weights):
            warnings.warn(note, stacklevel=2)
    return model


def build_model(graph: Graph, own: Imported, *, full_heads: bool = False) -> keras.Model:
    """The functional model of a graph, not compiled.

    Args:
        graph: the graph.
        own: what `import_custom` has imported of the user's own.
        full_heads: whether what gives the outputs computes in float32, whatever Keras' dtype
            policy says: in float16 a softmax is too coarse.

    Raises:
        GraphError: where Keras refuses what layergraph let pass.
    """
    import keras

    heads = {output.edge.producer for output in graph.heads.values()} if full_heads else set()
    calls = _Calls(own, full=heads)
    tensors = calls.called(node for node in graph.nodes.values() if node.path in graph.in_model)
    return keras.Model(
        inputs={n.keras_name: tensors[n.path][0] for n in graph.nodes.values() if n.input},
        outputs={
            name: tensors[output.edge.producer][output.edge.tensor]
            for name, output in graph.heads.items()
        },
        name=graph.name,
    )


def maker(own: Imported) -> Make:
    """What makes the objects of a graph that are none of Keras' own."""
    return _Calls(own).made


class _Calls:
    """Calls the nodes of a model in order; a layer that several share is made once.

    `full` are the paths of nodes that compute in float32.
    """

    def __init__(self, own: Imported, full: Collection[str] = ()) -> None:
        self._own = own
        self._full = full
        self._at: Span | None = None
        self._layers: dict[str, Any] = {}
        self._models: dict[str, list[InnerModel]] = {}
        self._tensors: dict[str, list[Any]] = {}

    def called(self, nodes: Iterable[Node]) -> Mapping[str, list[Any]]:
        """The tensors that each node gives, by path."""
        called = list(nodes)
        for node in called:
            if node.inner is not None:
                self._models.setdefault(node.shares or node.path, []).append(node.inner)
        for node in called:
            self._at = node.span
            try:
                self._tensors[node.path] = self._call(node)
            except GraphError:
                raise
            except Exception as error:
                raise _refusal(node, error) from error
        self._at = None
        keep_names_apart(tensor for tensors in self._tensors.values() for tensor in tensors)
        return self._tensors

    def _call(self, node: Node) -> list[Any]:
        import keras

        if node.layer is None:
            return [_input(node)]
        given = {argument.name: self._given(argument, node.layer) for argument in node.arguments}
        if isinstance(node.layer, Op):
            return list(keras.tree.flatten(call_op(node.layer, given, node.keras_name)))
        layer = self._layers.get(node.shares or node.path)
        if layer is None:
            layer = self._layers[node.shares or node.path] = self._made(node)
        call = keras_arguments(node.call) if node.call is not None else {}
        if isinstance(node.layer, CustomLayer):
            positional = [given.pop(POSITIONAL)] if POSITIONAL in given else []
        else:
            positional = [given.pop(next(iter(given)))]
        found = list(keras.tree.flatten(layer(*positional, **given, **call)))
        check_declared(node, found)
        return found

    def _made(self, node: Node) -> Any:
        """The layer that a node calls."""
        if node.inner is not None:
            return self._model(self._models[node.shares or node.path], node.keras_name)
        if isinstance(node.layer, CustomLayer):
            return made(node.layer, self._own, self._at, name=node.keras_name)
        assert isinstance(node.layer, Layer)
        arguments = keras_arguments(node.layer, self.made)
        if node.path in self._full:
            arguments.setdefault("dtype", "float32")
        return keras_class(type(node.layer))(name=node.keras_name, **arguments)

    def made(self, described: Any) -> Any:
        """What is no object of Keras' own: a model that is an argument, or the user's own."""
        if isinstance(described, NestedModel):
            return self._model([described.model], described.default_name())
        if isinstance(described, CustomLayer):
            return made(described, self._own, self._at, name=described.default_name())
        return made(described, self._own, self._at)

    def _model(self, calls: list[InnerModel], name: str) -> Any:
        """A model inside of this one, for calls of it on tensors whose sizes may differ."""
        import keras

        inner = calls[0]
        tensors = _Calls(self._own).called(opened(calls))
        inputs = [tensors[path][0] for path in inner.inputs]
        outputs = [tensors[edge.producer][edge.tensor] for edge in inner.outputs]
        return keras.Model(
            inputs=inputs if len(inputs) > 1 else inputs[0],
            outputs=outputs if len(outputs) > 1 else outputs[0],
            name=name,
        )

    def _given(self, argument: Argument, layer: Operation) -> Any:
        given = [self._tensors[edge.producer][edge.tensor] for edge in argument.edges]
        return layer.arranged(argument.name, given) if argument.is_list else given[0]


def opened(calls: list[InnerModel]) -> list[Node]:
    """The nodes of a model inside, for calls of it; its inputs take what all of them give."""
    return [
        _open(node, [call.nodes[node.path] for call in calls]) if node.input else node
        for node in calls[0].nodes.values()
    ]


def _open(node: Node, calls: list[Node]) -> Node:
    """An input whose sizes are unknown where calls differ in them."""
    spec, *others = (call.outputs[0] for call in calls)
    dims = (
        size if all(other.dims[axis] == size for other in others) else None
        for axis, size in enumerate(spec.dims)
    )
    return node._replace(outputs=(spec.with_dims(tuple(dims)),))


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


def measured_part(model: keras.Model, graph: Graph) -> keras.Model:
    """The model with the outputs alone that have a loss or metrics; its layers are the same.

    Keras asks for targets of every output as soon as one has metrics.
    """
    import keras

    measured = [
        name for name, output in graph.heads.items() if output.loss is not None or output.metrics
    ]
    if len(measured) == len(graph.heads):
        return model
    inputs = {tensor.name: tensor for tensor in model.inputs}
    return keras.Model(inputs, {name: model.output[name] for name in measured}, name=model.name)


def compile_model(
    model: keras.Model, graph: Graph, own: Imported, *, gaps: Collection[str] = ()
) -> None:
    """Compile a graph's model with a loss for each output that has one; without any, not at all.

    Args:
        model: what `build_model` gave.
        graph: the graph.
        own: what `import_custom` has imported of the user's own.
        gaps: the outputs of which some targets are missing. Their weight is 0 in the data: the
            loss of a batch is the mean of those that are there, and metrics heed the weights too.
    """
    trained = {name: output for name, output in graph.heads.items() if output.loss is not None}
    if not trained:
        return
    make = maker(own)
    measured = {name: _metrics(output, make) for name, output in graph.heads.items()}
    model.compile(
        optimizer=keras_object(graph.training.optimizer, make),
        loss={
            name: _loss(output.loss, make, has_gaps=name in gaps)
            for name, output in trained.items()
        },
        loss_weights=_loss_weights(trained),
        metrics={
            name: metrics for name, metrics in measured.items() if metrics and name not in gaps
        },
        weighted_metrics={
            name: metrics for name, metrics in measured.items() if metrics and name in gaps
        }
        or None,
    )


def _loss(described: Any, make: Make, *, has_gaps: bool) -> Any:
    """A loss; where targets are missing, one that is the mean over those whose weight is not 0.

    A function of the user's own stays one, of which Keras takes the mean over the whole batch.
    """
    named = LOSSES.find(described) if isinstance(described, str) and has_gaps else None
    loss = keras_class(named)() if named is not None else keras_object(described, make)
    if has_gaps and getattr(loss, "reduction", None) == "sum_over_batch_size":
        loss.reduction = "mean_with_sample_weight"
    return loss


def _metrics(output: Output, make: Make) -> list[Any]:
    """The metrics of an output. Those with arguments are named by their class.

    Keras would number them through the process, and histories would differ from run to run.
    """
    found: list[Any] = []
    names: Counter[str] = Counter()
    for metric in output.metrics:
        if isinstance(metric, str | CustomObject) or "name" in metric.arguments_set():
            found.append(keras_object(metric, make))
            continue
        name = snake_case(type(metric).__name__)
        number = f"_{names[name]}" if names[name] else ""
        names[name] += 1
        arguments = keras_arguments(metric, make)
        found.append(keras_class(type(metric))(name=f"{name}{number}", **arguments))
    return found


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
    own = {spec.keys.import_: None for spec in declared_by(node.layer)}
    with diagnostics.inside(node.path, node.calls):
        diagnostics.report(
            codes.REFUSED_BY_KERAS,
            f"`{node.path}` cannot be called: {first_line(error)}"
            if own
            else f"Keras refuses `{node.path}`: {first_line(error)}",
            node.span,
            notes=(
                f"{type(error).__name__}, raised in a call of `{'`, `'.join(own)}`"
                if own
                else f"{type(error).__name__}, raised by Keras' own {node.type}",
            ),
            help="what it takes is its own to check: mend the call, or the class"
            if own
            else "layergraph should have said so itself: please report it",
        )
    return GraphError(tuple(diagnostics))
