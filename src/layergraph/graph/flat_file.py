"""A graph → the flat file that compiles to the same model.

Given a `Graph`, it writes what Keras builds of it, with nothing left of params, imports,
blocks and copies: one node for each call, heads, losses and metrics spelt out. A model of its own
stays a block, one for each that differs. Nodes that reach no output are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from layergraph.graph.custom_layer import CustomLayer
from layergraph.graph.flat_values import arguments_of, escaped, plain_value
from layergraph.graph.given_params import check_params
from layergraph.graph.graph import Argument, Edge, Graph, InnerModel, Node, Output
from layergraph.ops.base import Op
from layergraph.spec.graph_spec import CustomSpec
from layergraph.spec.models import VERSION
from layergraph.spec.names import NAME
from layergraph.syntax.writing import prose, section

if TYPE_CHECKING:
    from layergraph.layers.base import Operation

_OPENED = {"blocks": 3, "custom": 1, "inputs": 1, "layers": 1, "outputs": 1}
"""Sections whose entries have lines of their own, and how many levels of them."""

_LONGEST = 64


def flat_text(graph: Graph) -> str:
    """The text of the flat file of a graph.

    Raises:
        GraphError: where an example stands for a param: the text would have it for a value.
    """
    check_params(graph)
    sections = _File(graph).sections()
    lines = section("layergraph", VERSION, 0) + section("name", graph.name, 0)
    if graph.description:
        lines += prose("description", graph.description)
    for name, value in sections.items():
        lines += ["", *section(name, value, _OPENED.get(name, 0))]
    return "\n".join(lines) + "\n"


class _File:
    """The sections of one flat file."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._custom_keys = _Keys()
        self._custom: dict[str, CustomSpec] = {}
        self._block_keys = _Keys()
        self._blocks: dict[str, dict[str, Any]] = {}
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
        level = _Level(nodes, self, graph.heads)
        found = {
            "inputs": {level.keys[n.path]: level.input(n) for n in nodes.values() if n.input},
            "layers": level.layers(),
            "outputs": {
                level.outputs[name]: self._output(output, level)
                for name, output in graph.heads.items()
            },
            "training": {
                name: plain_value(getattr(graph.training, name), self.custom_name)
                for name in type(graph.training).model_fields
                if name in graph.training.model_fields_set
            },
        }
        custom = {key: _declaration(spec) for key, spec in self._custom.items()}
        order = {"custom": custom, "blocks": self._blocks, **found}
        return {name: value for name, value in order.items() if value}

    def custom_name(self, declared: CustomSpec) -> str:
        """The name that something of the user's own has in this file."""
        for name, spec in self._custom.items():
            if spec.keys == declared.keys and name.startswith(declared.name):
                return name
        name = self._custom_keys.fresh(declared.name)
        self._custom[name] = declared
        return name

    def block(self, node: Node) -> tuple[str, tuple[str, ...]]:
        """The block of the model that a node calls, and the names of its outputs."""
        inner = node.inner
        assert inner is not None
        if id(inner) not in self._known:
            level = _Level(inner.nodes, self)
            names = level.output_names(inner)
            edges = [level.reference(edge) for edge in inner.outputs]
            body = {
                "inputs": list(inner.inputs),
                "layers": level.layers(),
                "outputs": dict(zip(names, edges, strict=True)) if len(edges) > 1 else edges[0],
            }
            body = {name: value for name, value in body.items() if value}
            same = (key for key, other in self._blocks.items() if _is_same(other, body))
            key = next(same, None)
            if key is None:
                key = self._block_keys.fresh(inner.block)
                self._blocks[key] = body
            self._known[id(inner)] = inner, key
        key = self._known[id(inner)][1]
        outputs = self._blocks[key]["outputs"]
        return key, tuple(outputs) if isinstance(outputs, dict) else ()

    def _output(self, output: Output, level: _Level) -> dict[str, Any]:
        key = level.outputs[output.name]
        head = None
        if output.head is not None and output.head not in level.keys:
            head = self._graph.nodes[output.head]
        (edge,) = head.arguments[0].edges if head else (output.edge,)
        found: dict[str, Any] = {"from": level.reference(edge)}
        if key != output.name:
            found["name"] = output.name
        if head is not None and head.layer is not None:
            kind, arguments = self.kind(head.layer)
            if kind != "Identity" or arguments:
                found |= {"type": kind, **arguments}
        if output.loss is not None:
            found["loss"] = plain_value(output.loss, self.custom_name)
        if output.loss_weight is not None:
            found["loss_weight"] = output.loss_weight
        if output.metrics:
            found["metrics"] = plain_value(output.metrics, self.custom_name)
        return found

    def kind(self, layer: Operation) -> tuple[str, dict[str, Any]]:
        """The type of a layer in this file, and the arguments that it was given."""
        if isinstance(layer, CustomLayer):
            return self.custom_name(layer.declared), escaped(layer.given)
        return layer.type_name(), arguments_of(layer, self.custom_name)


class _Level:
    """The nodes of a graph, or of a model of its own, under the keys of the flat file.

    `keys` maps the paths of nodes to their keys, `outputs` the names of outputs to theirs.
    """

    def __init__(
        self, nodes: Mapping[str, Node], file: _File, outputs: Mapping[str, Output] | None = None
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
        taken = _Keys()
        for node in self._nodes.values():
            if node.input is not None:
                self.keys[node.path] = taken.fresh(node.path)
        for node in self._nodes.values():
            is_home = self._is_home(node) and node.input is None
            if is_home and taken.take(node.keras_name):
                self.keys[node.path] = node.keras_name
        of_outputs = _Keys()
        for name, output in outputs.items():
            is_bare = output.edge.tensor == 0 and self.keys.get(output.edge.producer) == name
            if (is_bare or name not in taken) and of_outputs.take(name):
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
            key: plain_value(getattr(node.input, key), self._file.custom_name)
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
        call = arguments_of(node.call, self._file.custom_name) if node.call is not None else {}
        if not self._is_home(node):
            home = self._nodes[self._homes[node.shares or node.path]]
            inherited = arguments_of(home.call, self._file.custom_name) if home.call else {}
            given |= {"call": call} if call != inherited else {}
            return {"use": self.keys[home.path], **given}
        if node.inner is not None:
            block, _ = self._file.block(node)
            return {"block": block, **given, "nested": True, **self._own_name(node)}
        kind, arguments = self._file.kind(node.layer)
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
            return self._references(given[0])
        if isinstance(node.layer, Op) and in_order and not any(a.is_list for a in given):
            return [self._references(argument) for argument in given]
        return {argument.name: self._references(argument) for argument in given}

    def _references(self, argument: Argument) -> Any:
        references = [self.reference(edge) for edge in argument.edges]
        return references if len(references) > 1 else references[0]

    def reference(self, edge: Edge) -> str:
        """How a tensor is named in this file."""
        node, key = self._nodes[edge.producer], self.keys[edge.producer]
        if len(node.outputs) == 1:
            return key
        if node.inner is not None:
            return f"{key}.{self._file.block(node)[1][edge.tensor]}"
        return f"{key}:{edge.tensor}"

    def output_names(self, inner: InnerModel) -> tuple[str, ...]:
        """A name for each tensor that a model of its own gives, where it gives several."""
        taken = _Keys()
        found = []
        for name, edge in zip(inner.names, inner.outputs, strict=True):
            wanted = name or "out"
            is_node = wanted in self.keys.values() and self.reference(edge) != wanted
            is_free = not is_node and taken.take(wanted)
            found.append(wanted if is_free else taken.fresh(wanted, also=_Keys(self.keys.values())))
        return tuple(found)


class _Keys:
    """Names that are taken: two may not differ by case alone."""

    def __init__(self, taken: Iterator[str] | tuple[str, ...] | Any = ()) -> None:
        self._taken = {name.lower() for name in taken}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._taken

    def take(self, name: str) -> bool:
        """Take a name, where it can be a key and is free."""
        if NAME.fullmatch(name) is None or name in self:
            return False
        self._taken.add(name.lower())
        return True

    def fresh(self, wanted: str, also: _Keys | tuple[str, ...] = ()) -> str:
        """Take a name as near to the wanted one as there is, that is none of `also` either."""
        signs = (sign if NAME.fullmatch(f"_{sign}") else "_" for sign in wanted)
        stem = "".join(signs).lstrip("-")[:_LONGEST] or "_"
        for number in count(1):
            ending = f"_{number}" if number > 1 else ""
            name = stem[: _LONGEST - len(ending)] + ending
            if name not in also and self.take(name):
                return name
        raise AssertionError


def _declaration(spec: CustomSpec) -> dict[str, Any]:
    fields = type(spec.keys).model_fields
    return {
        field.alias or name: plain_value(getattr(spec.keys, name), None)
        for name, field in fields.items()
        if name in spec.keys.model_fields_set
    }


def _is_same(left: Any, right: Any) -> bool:
    """Equality that tells 1, 1.0 and true apart."""
    return repr(left) == repr(right)
