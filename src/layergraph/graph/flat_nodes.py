"""The nodes of a graph, or of a model inside of one, as the entries of a flat file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from layergraph.graph.flat_names import Keys
from layergraph.graph.flat_values import Declarations, arguments_of, plain_value
from layergraph.graph.graph import Argument, Edge, InnerModel, Node, Output
from layergraph.layers.custom_layer import CustomLayer
from layergraph.ops.base import Op


class Declaring(Declarations, Protocol):
    """The file that the nodes stand in."""

    def block_output(self, inner: InnerModel, number: int) -> str:
        """The name of one of several tensors that a model gives."""

    def kind(self, node: Node) -> tuple[str, dict[str, Any]]:
        """The type of a node in the file, and the arguments that it was given."""


class FlatNodes:
    """The nodes of a graph, or of a model of its own, under the keys of the flat file.

    `keys` maps the paths of nodes to their keys, `outputs` the names of outputs to theirs.
    """

    def __init__(
        self,
        nodes: Mapping[str, Node],
        file: Declaring,
        outputs: Mapping[str, Output] | None = None,
    ) -> None:
        self._nodes = nodes
        self._file = file
        self._homes: dict[str, str] = {}
        for node in nodes.values():
            if node.shares is None:
                self._homes[node.path] = node.path
        for node in nodes.values():
            if node.shares is not None:
                self._homes.setdefault(node.shares, node.path)
        self.keys: dict[str, str] = {}
        self.outputs: dict[str, str] = {}
        self._name(outputs or {})

    def _name(self, outputs: Mapping[str, Output]) -> None:
        """Give out keys: Keras' own names first, and to the rest what they leave."""
        taken = Keys()
        for node in self._nodes.values():
            if node.input is not None:
                self.keys[node.path] = taken.fresh(node.path)
        for node in self._nodes.values():
            is_home = self._is_home(node) and node.input is None
            if is_home and taken.take(node.keras_name):
                self.keys[node.path] = node.keras_name
        of_outputs, of_nodes = Keys(), frozenset(self.keys.values())
        for name, output in outputs.items():
            is_bare = output.edge.tensor == 0 and self.keys.get(output.edge.producer) == name
            if (is_bare or name not in of_nodes) and of_outputs.take(name):
                self.outputs[name] = name
        for name in outputs:
            if name not in self.outputs:
                self.outputs[name] = of_outputs.fresh(name, also=taken)
        for path in self._nodes:
            if path not in self.keys:
                self.keys[path] = taken.fresh(path, also=of_outputs)

    def _is_home(self, node: Node) -> bool:
        """Whether a node is the one that says what its layer is, and not one that uses it."""
        return self._homes[node.shares or node.path] == node.path

    def input(self, node: Node) -> dict[str, Any]:
        """The entry of an input."""
        assert node.input is not None
        found = {
            key: plain_value(getattr(node.input, key), self._file)
            for key in type(node.input).model_fields
            if key in node.input.model_fields_set and key != "name"
        }
        return found | self._own_name(node)

    def layers(self) -> dict[str, Any]:
        """The entries of all nodes that are no inputs."""
        return {
            self.keys[path]: self._layer(node)
            for path, node in self._nodes.items()
            if node.layer is not None
        }

    def _layer(self, node: Node) -> dict[str, Any]:
        assert node.layer is not None
        given = {"from": self._from(node)}
        call = arguments_of(node.call, self._file) if node.call is not None else {}
        if not self._is_home(node):
            home = self._nodes[self._homes[node.shares or node.path]]
            inherited = arguments_of(home.call, self._file) if home.call else {}
            given |= {"call": call} if call != inherited else {}
            return {"use": self.keys[home.path], **given}
        if node.inner is not None:
            return {
                "block": self._file.block(node.inner),
                **given,
                "nested": True,
                **self._own_name(node),
            }
        kind, arguments = self._file.kind(node)
        given |= self._own_name(node) | arguments
        return {"type": kind, **given, **({"call": call} if call else {})}

    def _own_name(self, node: Node) -> dict[str, Any]:
        return {} if self.keys[node.path] == node.keras_name else {"name": node.keras_name}

    def _from(self, node: Node) -> Any:
        assert node.layer is not None
        known = node.layer.tensor_arguments()
        given = node.arguments
        in_order = all(a.name == k.name for a, k in zip(given, known, strict=False))
        if len(given) == 1 and in_order:
            return self._references(given[0], node.layer)
        if isinstance(node.layer, Op) and in_order and not any(a.is_list for a in given):
            return [self._references(argument, node.layer) for argument in given]
        return {argument.name: self._references(argument, node.layer) for argument in given}

    def _references(self, argument: Argument, layer: Any) -> Any:
        references = [self.reference(edge) for edge in argument.edges]
        is_list = len(references) > 1 or (argument.is_list and isinstance(layer, CustomLayer))
        return references if is_list else references[0]

    def reference(self, edge: Edge) -> str:
        """How a tensor is named in this file."""
        node, key = self._nodes[edge.producer], self.keys[edge.producer]
        if len(node.outputs) == 1:
            return key
        if node.inner is not None:
            return f"{key}.{self._file.block_output(node.inner, edge.tensor)}"
        return f"{key}:{edge.tensor}"

    def output_names(self, inner: InnerModel) -> tuple[str, ...]:
        """A name for each tensor that a model of its own gives, where it gives several."""
        taken = Keys()
        found = []
        for name, edge in zip(inner.names, inner.outputs, strict=True):
            wanted = name or "out"
            is_node = wanted in self.keys.values() and self.reference(edge) != wanted
            is_free = not is_node and taken.take(wanted)
            found.append(wanted if is_free else taken.fresh(wanted, also=Keys(self.keys.values())))
        return tuple(found)
