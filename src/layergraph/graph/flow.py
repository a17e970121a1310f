"""The calls of a model one after the other, with the models inside of it taken apart.

Given a sound graph, it hands on what runs, in topological order: whoever follows a tensor from
call to call does not have to know where a model inside begins and ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from layergraph.diagnostics import Code, Diagnostics, Related
from layergraph.graph.graph import Edge, Graph, Node
from layergraph.tensors import TensorSpec


class Step(NamedTuple):
    """An input of the model, or one call of a layer or a function.

    `path` is its node's, and `model/node` within a model inside. `edges` are what its tensors come
    from, in the order of `node.inputs`. `owner` is the path of the first step with its weights.
    """

    path: str
    node: Node
    edges: tuple[Edge, ...]
    owner: str

    @property
    def type(self) -> str:
        """The type of the layer or the function."""
        return self.node.type

    @property
    def name(self) -> str:
        """What messages call it: its path, as the nodes beside it write it."""
        return self.node.local or self.node.path

    @property
    def output(self) -> TensorSpec:
        """The first of the tensors that come out."""
        return self.node.outputs[0]

    def warn(
        self,
        diagnostics: Diagnostics,
        code: Code,
        message: str,
        *,
        help: str,
        label: str = "",
        related: tuple[Related, ...] = (),
    ) -> None:
        """Report something at its place in its file, once for all copies of a block."""
        with diagnostics.inside(self.path.replace("/", "."), self.node.calls):
            diagnostics.report(
                code,
                message,
                self.node.span,
                label=label,
                path=self.node.in_file,
                related=related,
                help=help,
            )


@dataclass(frozen=True)
class Flow:
    """The steps of a model by path, in topological order, and what its outputs come from."""

    steps: Mapping[str, Step]
    outputs: Mapping[str, Edge]

    @cached_property
    def consumers(self) -> Mapping[str, tuple[Step, ...]]:
        """The steps that are called on what a step gives, by its path."""
        found: dict[str, list[Step]] = {path: [] for path in self.steps}
        for step in self.steps.values():
            for producer in dict.fromkeys(edge.producer for edge in step.edges):
                found[producer].append(step)
        return {path: tuple(steps) for path, steps in found.items()}

    @cached_property
    def exposed(self) -> frozenset[str]:
        """The paths of the steps that outputs of the model come from."""
        return frozenset(edge.producer for edge in self.outputs.values())

    @cached_property
    def calls(self) -> Mapping[str, tuple[Step, ...]]:
        """The steps with the same weights, by the path of their owner, which comes first."""
        found: dict[str, list[Step]] = {}
        for step in self.steps.values():
            calls = found.setdefault(step.owner, [])
            calls.insert(0 if step.path == step.owner else len(calls), step)
        return {path: tuple(steps) for path, steps in found.items()}

    def before(self, step: Step) -> Iterator[Step]:
        """The steps that a step is called on."""
        return (self.steps[edge.producer] for edge in step.edges)


def flow_of(graph: Graph) -> Flow:
    """The steps of a graph: of what no output comes from, inputs alone."""
    steps: dict[str, Step] = {}
    nodes = {path: node for path, node in graph.nodes.items() if path in graph.in_model}
    ends = _take_apart(nodes, {}, "", "", steps)
    outputs = {name: _end(output.edge, ends, "") for name, output in graph.heads.items()}
    return Flow(steps, outputs)


_Ends = dict[str, tuple[Edge, ...]]
"""What the tensors of inputs of models inside, and of those models, come from, by path."""


def _take_apart(
    nodes: Mapping[str, Node], ends: _Ends, inside: str, owner: str, steps: dict[str, Step]
) -> _Ends:
    for path, node in nodes.items():
        if path in ends:  # the input of a model inside, and what it is given
            continue
        edges = tuple(
            _end(edge, ends, inside) for argument in node.arguments for edge in argument.edges
        )
        of = f"{owner}{node.shares or path}"
        if node.inner is None:
            steps[f"{inside}{path}"] = Step(f"{inside}{path}", node, edges, of)
            continue
        given: _Ends = {name: (edge,) for name, edge in zip(node.inner.inputs, edges, strict=True)}
        within = f"{inside}{path}/"
        found = _take_apart(node.inner.nodes, given, within, f"{of}/", steps)
        ends[path] = tuple(_end(edge, found, within) for edge in node.inner.outputs)
    return ends


def _end(edge: Edge, ends: _Ends, inside: str) -> Edge:
    if edge.producer in ends:
        return ends[edge.producer][edge.tensor]
    return Edge(f"{inside}{edge.producer}", edge.tensor)
