"""What the expand stage hands on: layers in a flat list, and what each reference names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from layergraph.objects.base import KerasObject
from layergraph.spec.graph_spec import GraphSpec
from layergraph.spec.place import Place
from layergraph.spec.references import Connection, Reference
from layergraph.syntax.tree import Mapping as MappingTree


class FlatNode(NamedTuple):
    """One layer, called once.

    `path` is how references name it, `keras_name` how Keras does. `from_place` is the value of the
    `from` that it is fed by; None in a chain, where the item before it feeds it.
    """

    path: str
    keras_name: str
    type: str
    arguments: MappingTree
    call: Place | None
    connections: tuple[Connection, ...] | None
    place: Place
    from_place: Place | None


class FlatOutput(NamedTuple):
    """A named output: the tensor it exposes, and what it is trained on.

    `head` is the path of its head, or of the Identity that gives it its name; None where the
    node that it exposes has its name already.
    """

    name: str
    reference: Reference
    head: str | None
    loss: str | KerasObject | None
    loss_weight: float | None
    metrics: tuple[str | KerasObject, ...]
    place: Place


class FlatGraph(NamedTuple):
    """The layers of a graph in file order.

    `stands_for` maps every path that a reference may be to the path of the node it names, or to
    None where a mistake has spoilt that node.
    """

    spec: GraphSpec
    nodes: Mapping[str, FlatNode]
    stands_for: Mapping[str, str | None]
    outputs: Mapping[str, FlatOutput | None]
