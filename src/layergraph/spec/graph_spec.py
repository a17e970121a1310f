"""What the spec stage hands on: a graph file, read and checked section by section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from layergraph.diagnostics import Source
from layergraph.objects.base import KerasObject
from layergraph.spec.models import InputKeys, OutputKeys, Training
from layergraph.spec.place import Place
from layergraph.spec.references import Connection
from layergraph.syntax.tree import Mapping as MappingTree


class NodeSpec(NamedTuple):
    """One layer and what it is called on.

    `arguments` and `call` are the layer's own to check, and still unchecked.
    """

    type: str
    connections: tuple[Connection, ...] | None  # None where the file has no `from`
    arguments: MappingTree
    call: Place | None
    place: Place
    name: str | None = None


class ChainSpec(NamedTuple):
    """Layers one after another; an item that is spoilt is None.

    `steps` are how references name the items: a name of their own, or the number.
    """

    items: tuple[NodeSpec | ChainSpec | None, ...]
    steps: tuple[str, ...]
    connections: tuple[Connection, ...] | None
    place: Place


class InputSpec(NamedTuple):
    """An input and its place."""

    keys: InputKeys
    place: Place


class OutputSpec(NamedTuple):
    """An output: its keys, its head, its loss and metrics with the task's filled in."""

    keys: OutputKeys
    head: NodeSpec | None
    loss: str | KerasObject | None
    metrics: tuple[str | KerasObject, ...]
    place: Place


class GraphSpec(NamedTuple):
    """A graph file. An entry that a mistake has spoilt is None, and later stages pass over it.

    `knows_all_names` is false where a mistake has spoilt a whole section that names nodes: a name
    that is not known may then be one of those.
    """

    source: Source
    name: str
    description: str | None
    inputs: Mapping[str, InputSpec | None]
    nodes: Mapping[str, NodeSpec | ChainSpec | None]
    outputs: Mapping[str, OutputSpec | None]
    training: Training | None
    knows_all_names: bool = True
