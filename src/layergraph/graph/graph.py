"""The graph: what the front half of the compiler hands to everything that reads models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from layergraph.diagnostics import Call, Code, Diagnostics, Source, Span
from layergraph.graph.memory import knows_size, tensor_bytes, weight_bytes
from layergraph.graph.reaching import reaching
from layergraph.layers.base import CallArguments, Layer, Operation, Weights
from layergraph.objects.base import KerasObject
from layergraph.spec.input_keys import ARGUMENTS_OF_INPUT, InputKeys
from layergraph.spec.training_keys import Training
from layergraph.tensors import TensorSpec

if TYPE_CHECKING:
    import networkx as nx

    from layergraph.expand.files import LoadedFile
    from layergraph.graph.flow import Flow
    from layergraph.graph.masks import NodeMasks


class Edge(NamedTuple):
    """A tensor on its way: the path of the node that makes it, and which of its tensors it is."""

    producer: str
    tensor: int = 0


class Argument(NamedTuple):
    """What one argument of a call is given; a list where Keras takes one."""

    name: str
    edges: tuple[Edge, ...]
    is_list: bool = False


class InnerModel(NamedTuple):
    """A model inside of a model: its inputs in order, its nodes, and the tensors that it gives.

    Its nodes are those that reach an output, and all inputs: what Keras builds. `block` is the
    name of the block that it is made of, `names` are those of its outputs: "" for the only one of
    a block that names none.
    """

    inputs: tuple[str, ...]
    nodes: Mapping[str, Node]
    outputs: tuple[Edge, ...]
    block: str = ""
    names: tuple[str, ...] = ()


class Node(NamedTuple):
    """An input or one call of a layer or a function, with everything that is known of it.

    `layer` is None for an input, and `input` for a layer. `inputs` and `outputs` are the tensors
    that go in and come out, batch first; `weights` maps the path of each variable within the
    layer to its shape and whether it is trained; `multiply_adds` counts for one sample; `in_file`
    are the keys and positions that lead to it in its file. `local` is its path as the nodes beside
    it write it, and `calls` are the calls of blocks that it stands in. `shares` is the path of the
    node whose layer it calls again, `inner` the model that it calls, where it calls one. `given`
    are the arguments that the file gives, in its order.
    """

    path: str
    keras_name: str
    type: str
    span: Span
    layer: Operation | None = None
    input: InputKeys | None = None
    arguments: tuple[Argument, ...] = ()
    call: CallArguments | None = None
    inputs: tuple[TensorSpec, ...] = ()
    outputs: tuple[TensorSpec, ...] = ()
    weights: Weights = MappingProxyType({})
    multiply_adds: int | None = 0
    in_file: tuple[str | int, ...] = ()
    local: str = ""
    calls: tuple[Call, ...] = ()
    shares: str | None = None
    inner: InnerModel | None = None
    given: tuple[str, ...] = ()

    @property
    def args(self) -> Mapping[str, Any]:
        """The arguments as the file gives them, defaults filled in: of an input, `keras.Input`'s.

        What of the data belongs to an input says `input`.
        """
        if self.layer is not None:
            return self.layer.arguments()
        return self.input.model_dump(include=set(ARGUMENTS_OF_INPUT)) if self.input else {}

    @property
    def knows_weights(self) -> bool:
        """Whether `weights` are all that it has: those of a user's own layer are not known."""
        return self.layer is None or self.layer.knows_weights

    def count_params(self, trainable: bool | None = None) -> int:
        """The number of values in the weights; all, or those that are trained or not."""
        return sum(
            prod(weight.shape)
            for weight in self.weights.values()
            if trainable in (None, weight.trainable)
        )

    @property
    def weights_bytes(self) -> int:
        """The memory of the weights, in bytes."""
        dtype = self.layer.variable_dtype if isinstance(self.layer, Layer) else "float32"
        return sum(weight_bytes(weight, dtype) for weight in self.weights.values())

    def activation_bytes(self, batch_size: int = 1) -> int:
        """The memory of what comes out, in bytes; of a model, that of all its nodes.

        An unknown size counts as 1, and strings are not counted.
        """
        if self.inner is not None:  # whose inputs are what is given to it
            layers = (node for node in self.inner.nodes.values() if node.input is None)
            return sum(node.activation_bytes(batch_size) for node in layers)
        return sum(tensor_bytes(spec, batch_size) for spec in self.outputs)

    @property
    def knows_activations(self) -> bool:
        """Whether `activation_bytes` counts all of it: every size is known, but the batch's."""
        if self.inner is not None:
            return all(node.knows_activations for node in self.inner.nodes.values())
        return all(knows_size(spec) for spec in self.outputs)


def owners(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """A node for each set of weights, which calls may share: the first of them."""
    found: dict[str, Node] = {}
    for node in nodes:
        found.setdefault(node.shares or node.path, node)
    return tuple(found.values())


class Output(NamedTuple):
    """A named output of the model, and what it is trained on.

    `head` is the path of the layer that it adds to what it exposes, if it adds one. `columns` are
    those of the data that it is trained on: none stand for the one of its own name. `classes` are
    the labels of its classes, where the file names them, and `class_weight` is "balanced" or
    weights by label: by number, where classes have no labels. `labels` says of a multiclass task
    whether the data hold numbers of classes or rows with a single 1. `in_file` are the keys that
    lead to it in its file; `has_task_head` says that its head is its task's, not one of its own.
    """

    name: str
    edge: Edge
    spec: TensorSpec
    loss: str | KerasObject | None
    loss_weight: float | None
    metrics: tuple[str | KerasObject, ...]
    span: Span
    head: str | None = None
    columns: tuple[str, ...] = ()
    classes: tuple[str | int, ...] | None = None
    class_weight: str | Mapping[str | int, float] | None = None
    sample_weight: str | None = None
    task: str | None = None
    labels: str | None = None
    in_file: tuple[str | int, ...] = ()
    has_task_head: bool = False

    def warn(self, diagnostics: Diagnostics, code: Code, message: str, *, help: str) -> None:
        """Report something at its place in the file."""
        diagnostics.report(code, message, self.span, path=self.in_file, help=help)


@dataclass(frozen=True, repr=False)
class Graph:
    """A sound graph: acyclic, ordered, with every shape known as far as it can be.

    `nodes` maps paths to nodes in topological order, in file order among equals; `heads` maps the
    model's outputs by name. `examples` are the params that nobody has set, and for which their
    example stands: such a graph is looked at, and not compiled. `offered` are the paths of the
    nodes that outputs of instances give, also where nothing is called on them. `is_imported` says
    that `source` is no file of anybody's, but what an import has written. `file`
    is what the graph was expanded from, with `values` for its params.
    `samples_at` is where the file says how many samples there are.
    """

    name: str
    description: str | None
    source: Source
    nodes: Mapping[str, Node]
    heads: Mapping[str, Output]
    training: Training
    examples: Mapping[str, Span]
    offered: frozenset[str] = frozenset()
    is_imported: bool = False
    samples_at: Span | None = None
    file: LoadedFile | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Graph {self.name}: {len(self.nodes)} nodes, {self.count_params():,} parameters>"

    @cached_property
    def inputs(self) -> Mapping[str, TensorSpec]:
        """The model's inputs by name."""
        return {n.keras_name: n.outputs[0] for n in self.nodes.values() if n.input is not None}

    @cached_property
    def outputs(self) -> Mapping[str, TensorSpec]:
        """The model's outputs by name."""
        return {name: output.spec for name, output in self.heads.items()}

    @cached_property
    def in_model(self) -> frozenset[str]:
        """The paths of the nodes that reach an output, and of all inputs: what Keras builds."""
        return reaching((output.edge for output in self.heads.values()), self.nodes)

    @cached_property
    def knows_weights(self) -> bool:
        """Whether all weights of the model are known, so that `count_params` counts all of them."""
        return all(self.nodes[path].knows_weights for path in self.in_model)

    def count_params(self, trainable: bool | None = None) -> int:
        """The number of values in the model's weights, as Keras counts them.

        Those of layers of the user's own are not known, and not counted.
        """
        return sum(node.count_params(trainable) for node in self._owners)

    @property
    def weights_bytes(self) -> int:
        """The memory of the weights that `count_params` counts, in bytes."""
        return sum(node.weights_bytes for node in self._owners)

    def activation_bytes(self, batch_size: int = 1) -> int:
        """The memory of the outputs of all nodes of the model, its inputs among them, in bytes.

        An unknown size counts as 1, and strings are not counted. An input whose `batch_size` is
        fixed keeps it.
        """
        return sum(self.nodes[path].activation_bytes(batch_size) for path in self.in_model)

    @property
    def knows_activations(self) -> bool:
        """Whether `activation_bytes` counts all of it: every size is known, but the batch's."""
        return all(self.nodes[path].knows_activations for path in self.in_model)

    @property
    def multiply_adds(self) -> int | None:
        """The multiply-adds of the model for one sample; None where an unknown size decides it."""
        counts = [self.nodes[path].multiply_adds for path in self.in_model]
        return None if None in counts else sum(count for count in counts if count is not None)

    @cached_property
    def masks(self) -> Mapping[str, NodeMasks]:
        """The masks of every node by its path, and what becomes of them.

        Those of models inside are `path/path`.
        """
        from layergraph.graph.masks import masks_of

        return masks_of(self.nodes)

    @cached_property
    def flow(self) -> Flow:
        """What runs, call by call, with the models inside taken apart."""
        from layergraph.graph.flow import flow_of

        return flow_of(self)

    @cached_property
    def _owners(self) -> tuple[Node, ...]:
        return owners(node for node in self.nodes.values() if node.path in self.in_model)

    def to_yaml(self, *, flat: bool = False) -> str:
        """The text of a graph file that compiles to the same model.

        It is the flat file, what `layergraph expand` writes; except that an imported graph is
        written as it was imported, with its blocks and chains.

        Args:
            flat: whether an imported graph is written flat too.

        Raises:
            GraphError: where a param has no value, but an example.
        """
        if self.is_imported and not flat:
            return self.source.text
        from layergraph.graph.flat_file import flat_text

        return flat_text(self)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The nodes by path, each with its `Node` as data, and an edge for each tensor passed.

        Edges carry `argument` (the name of the call's argument), `position` in its list, and
        `tensor` (which of the producer's tensors it is).
        """
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=self.name)
        for node in self.nodes.values():
            graph.add_node(node.path, node=node)
        for node in self.nodes.values():
            for argument in node.arguments:
                for position, edge in enumerate(argument.edges):
                    graph.add_edge(
                        edge.producer,
                        node.path,
                        argument=argument.name,
                        position=position,
                        tensor=edge.tensor,
                    )
        return graph
