"""A graph's nodes → one statement for each call, with everything spelt out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from layergraph.graph.graph import Argument, Edge, InnerModel, Node
from layergraph.layers.base import Operation
from layergraph.layers.custom_layer import CustomLayer
from layergraph.ops.base import Op
from layergraph.targets.python_source.identifiers import Identifiers
from layergraph.targets.python_source.layout import Brackets, Call, Expression, Text, Writer, call
from layergraph.targets.python_source.literals import literal
from layergraph.targets.python_source.module import Module
from layergraph.targets.python_source.objects import nested

_NESTS = ("RNN", "StackedRNNCells")
"""Layers that give lists within their list of tensors."""


class FlatCode:
    """Writes the calls of a model in order; a layer that several share is made before the first.

    Args:
        module: the module that they stand in.
        names: the names of the function that they stand in.
        out: where they are written.
    """

    def __init__(self, module: Module, names: Identifiers, out: Writer) -> None:
        self._module = module
        self._objects = module.objects
        self._names = names
        self._out = out
        self._nodes: Mapping[str, Node] = {}
        self._variables: dict[str, str] = {}
        self._layers: dict[str, str] = {}
        self._models: dict[str, list[InnerModel]] = {}
        self._calls: Counter[str] = Counter()

    def write(self, nodes: Iterable[Node]) -> None:
        """Write the nodes, inputs among them."""
        self._nodes = {node.path: node for node in nodes}
        for node in self._nodes.values():
            self._calls[node.shares or node.path] += 1
            if node.inner is not None:
                self._models.setdefault(node.shares or node.path, []).append(node.inner)
        for node in self._nodes.values():
            value = self._value(node)
            self._variables[node.path] = self._names.fresh(node.keras_name, node.path)
            self._out.put(f"{unpacked(node, self._variables[node.path])} = ", value)

    def tensor(self, edge: Edge) -> Expression:
        """The expression for a tensor."""
        name = self._variables[edge.producer]
        several = len(self._nodes[edge.producer].outputs) > 1
        return Text(f"{name}[{edge.tensor}]" if several else name)

    def tensor_of(self, path: str) -> Expression:
        """The only tensor of a node."""
        return self.tensor(Edge(path))

    def _value(self, node: Node) -> Expression:
        if node.layer is None:
            return self._module.input(node, literal(node.keras_name))
        given = {a.name: self._given(a, node.layer) for a in node.arguments}
        if isinstance(node.layer, Op):
            arguments = {
                name: self._objects.argument(node.layer, name, value)
                for name, value in node.layer.arguments_set().items()
            }
            made = self._objects.operation(node.layer, given, arguments)
            return self._module.named(literal(node.keras_name), made)
        further = self._objects.arguments(node.call) if node.call is not None else ()
        called = self._objects.called(node.layer, self._layer(node), given, further)
        return flattened(node, called)

    def _layer(self, node: Node) -> Expression:
        """The layer that a node calls: made on the spot, or a variable where it is shared."""
        owner = node.shares or node.path
        if owner in self._layers:
            return Text(self._layers[owner])
        name = literal(node.keras_name)
        if node.inner is not None:
            made = self._module.model(self._models[owner], name)
        else:
            assert node.layer is not None
            made = self._objects.layer(node.layer, name, order=node.given)
        if self._calls[owner] == 1:
            return made
        variable = self._names.fresh(f"{node.keras_name}_layer")
        self._layers[owner] = variable
        self._out.put(f"{variable} = ", made)
        return Text(variable)

    def _given(self, argument: Argument, layer: Operation) -> Expression:
        given = [self.tensor(edge) for edge in argument.edges]
        return nested(layer.arranged(argument.name, given)) if argument.is_list else given[0]


def unpacked(node: Node, variable: str) -> str:
    """What a call is assigned to: a variable, or the only item of a list that a function gives."""
    if not isinstance(node.layer, Op) or len(node.outputs) > 1:
        return variable
    gives_list = str(type(node.layer).infer.__annotations__["return"]).startswith("tuple")
    return f"({variable},)" if gives_list else variable


def flattened(node: Node, made: Call) -> Expression:
    """What a layer gives as one flat list, where it may give lists in it."""
    may_nest = isinstance(node.layer, CustomLayer) or node.type in _NESTS
    return call("keras.tree.flatten", made) if len(node.outputs) > 1 and may_nest else made


def outputs_of(inner: InnerModel, code: FlatCode) -> Expression:
    """What a model inside gives: a tensor, or a list of them."""
    tensors = tuple(code.tensor(edge) for edge in inner.outputs)
    return tensors[0] if len(tensors) == 1 else Brackets("[", tensors, "]")
