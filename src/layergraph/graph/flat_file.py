"""A graph → the flat document, or file, that compiles to the same model.

Given a `Graph`, it says what Keras builds of it, with nothing left of params, imports,
blocks and copies: one node for each call, heads, losses and metrics spelt out. A model of its own
stays a block, one for each that differs. Nodes that reach no output are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layergraph.graph.flat_names import Keys
from layergraph.graph.flat_nodes import FlatNodes
from layergraph.graph.flat_values import arguments_of, escaped, plain_value
from layergraph.graph.given_params import check_params
from layergraph.graph.graph import Graph, InnerModel, Node, Output
from layergraph.layers.custom_layer import CustomLayer
from layergraph.spec.document import document_text
from layergraph.spec.file_keys import VERSION
from layergraph.spec.graph_spec import CustomSpec


def flat_text(graph: Graph) -> str:
    """The text of the flat file of a graph.

    Raises:
        GraphError: where an example stands for a param: the text would have it for a value.
    """
    return document_text(flat_document(graph))


def flat_document(graph: Graph) -> dict[str, Any]:
    """The flat file of a graph as scalars, lists and mappings, in the order of its sections.

    Raises:
        GraphError: where an example stands for a param: the text would have it for a value.
    """
    check_params(graph)
    found: dict[str, Any] = {"layergraph": VERSION, "name": graph.name}
    if graph.description:
        found["description"] = graph.description
    return found | _File(graph).sections()


class _File:
    """The sections of one flat file."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._custom_keys = Keys()
        self._custom_names: dict[tuple[str, str], str] = {}
        self._declared: dict[str, CustomSpec] = {}
        self._block_keys = Keys()
        self._blocks: dict[str, dict[str, Any]] = {}
        self._same_blocks: dict[str, str] = {}
        self._known: dict[int, tuple[InnerModel, str]] = {}

    def sections(self) -> dict[str, Any]:
        """What the file holds, in order; sections that would be empty are left out."""
        graph = self._graph
        heads = {
            output.head: output
            for output in graph.heads.values()
            if output.head is not None and len(graph.nodes[output.head].inputs) == 1
        }
        nodes = {
            path: node
            for path, node in graph.nodes.items()
            if path in graph.in_model and path not in heads
        }
        level = FlatNodes(nodes, self, graph.heads)
        found = {
            "inputs": {level.keys[n.path]: level.input(n) for n in nodes.values() if n.input},
            "layers": level.layers(),
            "outputs": {
                level.outputs[name]: self._output(output, level)
                for name, output in graph.heads.items()
            },
            "training": {
                name: plain_value(getattr(graph.training, name), self)
                for name in type(graph.training).model_fields
                if name in graph.training.model_fields_set
            },
        }
        custom = {key: self._declaration(spec) for key, spec in self._declared.items()}
        order = {"custom": custom, "blocks": self._blocks, **found}
        return {name: value for name, value in order.items() if value}

    def custom(self, declared: CustomSpec) -> str:
        """The name that something of the user's own has in this file."""
        known = (declared.name, repr(declared.keys))
        if known not in self._custom_names:
            name = self._custom_keys.fresh(declared.name)
            self._custom_names[known], self._declared[name] = name, declared
        return self._custom_names[known]

    def block(self, inner: InnerModel) -> str:
        """The name of the block of a model."""
        if id(inner) not in self._known:
            level = FlatNodes(inner.nodes, self)
            names = level.output_names(inner)
            edges = [level.reference(edge) for edge in inner.outputs]
            body = {
                "inputs": list(inner.inputs),
                "layers": level.layers(),
                "outputs": dict(zip(names, edges, strict=True)) if len(edges) > 1 else edges[0],
            }
            body = {name: value for name, value in body.items() if value}
            written = repr(body)  # which tells 1, 1.0 and true apart
            if written not in self._same_blocks:
                key = self._same_blocks[written] = self._block_keys.fresh(inner.block)
                self._blocks[key] = body
            self._known[id(inner)] = inner, self._same_blocks[written]
        return self._known[id(inner)][1]

    def block_output(self, inner: InnerModel, number: int) -> str:
        """The name of one of several tensors that a model gives."""
        names: list[str] = list(self._blocks[self.block(inner)]["outputs"])
        return names[number]

    def _declaration(self, spec: CustomSpec) -> dict[str, Any]:
        fields = type(spec.keys).model_fields
        return {
            field.alias or name: plain_value(getattr(spec.keys, name), self)
            for name, field in fields.items()
            if name in spec.keys.model_fields_set
        }

    def _output(self, output: Output, level: FlatNodes) -> dict[str, Any]:
        key = level.outputs[output.name]
        head = None
        if output.head is not None and output.head not in level.keys:
            head = self._graph.nodes[output.head]
        (edge,) = head.arguments[0].edges if head else (output.edge,)
        found: dict[str, Any] = {"from": level.reference(edge)}
        if key != output.name:
            found["name"] = output.name
        if head is not None:
            kind, arguments = self.kind(head)
            if kind != "Identity" or arguments or output.task is not None:
                found |= _task_of(output) | _kind_of(output, kind) | arguments
        has_task = "task" in found  # which would stand for a loss and metrics
        if output.loss is not None or has_task:
            found["loss"] = plain_value(output.loss, self)
        if output.loss_weight is not None:
            found["loss_weight"] = output.loss_weight
        if output.metrics or has_task:
            found["metrics"] = plain_value(output.metrics, self)
        return found | self._data_of(output)

    def _data_of(self, output: Output) -> dict[str, Any]:
        """What of the data belongs to an output."""
        weights = output.class_weight
        if isinstance(weights, Mapping):
            weights = {str(label): weight for label, weight in weights.items()}
        columns = (
            {"column": output.columns[0]}
            if len(output.columns) == 1
            else {"columns": output.columns}
        )
        found = {
            **columns,
            "classes": output.classes,
            "class_weight": weights,
            "sample_weight": output.sample_weight,
        }
        return {key: plain_value(value, self) for key, value in found.items() if value}

    def kind(self, node: Node) -> tuple[str, dict[str, Any]]:
        """The type of a node in this file, and the arguments that it was given."""
        assert node.layer is not None
        if isinstance(node.layer, CustomLayer):
            return self.custom(node.layer.declared), escaped(node.layer.given)
        arguments = arguments_of(node.layer, self)
        ordered = {name: arguments[name] for name in node.given if name in arguments}
        return node.layer.type_name(), ordered | arguments


def _kind_of(output: Output, kind: str) -> dict[str, Any]:
    """The type of a head; the task has it where it says how many numbers there are to predict."""
    is_said = output.has_task_head and output.task == "regression"
    return {} if is_said else {"type": kind}


def _task_of(output: Output) -> dict[str, Any]:
    """The task of an output whose head stands beside it, for what it says of the data."""
    found = {"task": output.task, "labels": output.labels}
    return {key: value for key, value in found.items() if value is not None}
