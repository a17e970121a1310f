"""What the expand stage hands on: calls in a flat list, with the tensors that each is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from layergraph.diagnostics import Call, Source
from layergraph.objects.base import KerasObject
from layergraph.spec.graph_spec import CustomSpec, InputSpec
from layergraph.spec.output_keys import OutputKeys
from layergraph.spec.place import Place
from layergraph.spec.references import Reference
from layergraph.spec.training_keys import Training
from layergraph.syntax.tree import Mapping as MappingTree

if TYPE_CHECKING:
    from layergraph.expand.files import LoadedFile

MODEL = "model"
"""The type of a node that is a model of its own."""


class Expected(NamedTuple):
    """What an input of an imported graph declares of the tensors that it is given.

    `known_wrong` holds something once they were found not to be that, which is said once.
    """

    name: str
    given: InputSpec
    graph: str
    at: Place
    known_wrong: list[bool]

    @property
    def is_known_wrong(self) -> bool:
        """Whether the tensors were found not to be what is declared."""
        return bool(self.known_wrong)


class Tensors(NamedTuple):
    """Tensors that a reference stands for: those of a node, or one of several.

    `of` is the path of a node, or other tensors one after another; `tensor` counts from 0 among
    them, and is None for all. `expected` is what they have to be.
    """

    of: str | tuple[Tensors, ...]
    tensor: int | None = None
    expected: Expected | None = None

    def producers(self) -> Iterator[str]:
        """The paths of the nodes that make them."""
        waiting: list[Tensors] = [self]
        while waiting:
            tensors = waiting.pop()
            if isinstance(tensors.of, str):
                yield tensors.of
            else:
                waiting += reversed(tensors.of)


class Fed(NamedTuple):
    """An argument of a call: the references of the file, and what they stand for.

    What a spoilt reference stands for is None.
    """

    argument: str | None
    references: tuple[Reference, ...]
    tensors: tuple[Tensors | None, ...]
    is_list: bool = False


class FlatNode(NamedTuple):
    """One layer or function, called once.

    `path` is how references from outside of everything name it, `local` how those beside it do,
    `keras_name` how Keras does. `from_place` is the value of the `from` that it is fed by; None
    where the item or the copy before it feeds it. `shares` is the path of the node whose weights
    it uses. `declared` is what its file declares under `custom`. `inner` is the model that it
    calls, where it calls one; `models` are those among its arguments.
    """

    path: str
    local: str
    keras_name: str
    type: str
    arguments: MappingTree
    call: Place | None
    fed: tuple[Fed, ...] | None
    place: Place
    from_place: Place | None
    calls: tuple[Call, ...] = ()
    shares: str | None = None
    declared: Mapping[str, CustomSpec | None] = {}
    inner: FlatModel | None = None
    models: Models = ()

    @property
    def scope(self) -> str:
        """The path of what it stands in: "" for the graph itself."""
        return self.path[: len(self.path) - len(self.local)].rstrip(".")


class FlatModel(NamedTuple):
    """A model of its own: the names of its inputs, its nodes, and what it gives, in order.

    `name` is that of its block; `entries` are the places of what has copies or parts, by path.
    """

    name: str
    inputs: Mapping[str, InputSpec | None]
    nodes: Mapping[str, FlatNode]
    outputs: Mapping[str, Tensors | None]
    place: Place
    entries: Mapping[str, Place]


Models = tuple[tuple[tuple[str | int, ...], FlatModel], ...]
"""Models that are arguments: the steps that lead to each from the node, and the model."""


class FlatOutput(NamedTuple):
    """A named output: the tensor it exposes, and what it is trained on.

    `head` is the path of its head, or of the Identity that gives it its name; None where the
    node that it exposes has its name already.
    """

    name: str
    reference: Reference
    tensors: Tensors | None
    head: str | None
    loss: str | KerasObject | None
    loss_weight: float | None
    metrics: tuple[str | KerasObject, ...]
    place: Place
    keys: OutputKeys


class FlatGraph(NamedTuple):
    """The calls of a graph in file order.

    `entries` are the places of what has copies or parts, by path; `uncalled` are nodes of blocks
    that nothing calls, which are looked at and left out. `examples` are the params that have no
    value, and stand in the graph with their example; `offered` are the paths of the nodes that
    outputs of instances give. `file` is what it was expanded from, with `values` for its params.
    """

    source: Source
    name: str
    description: str | None
    inputs: Mapping[str, InputSpec | None]
    nodes: Mapping[str, FlatNode]
    outputs: Mapping[str, FlatOutput | None]
    training: Training | None
    training_place: Place | None
    entries: Mapping[str, Place]
    uncalled: Mapping[str, FlatNode]
    examples: Mapping[str, Place]
    offered: frozenset[str]
    file: LoadedFile
    values: Mapping[str, Any]


def asker(from_place: Place | None, place: Place, local: str) -> str:
    """What messages call a node: the entry of the file that its `from` stands in.

    Args:
        from_place: the value of the `from` that it is fed by, if there is one.
        place: the node.
        local: its path, as nodes beside it write it.
    """
    if place.path[0] == "outputs":
        return f"output `{place.path[1]}`"
    if from_place is not None:
        return f"`{entry_name(from_place) or local}`"
    return f"`{local}`"


def entry_name(place: Place) -> str:
    """The name of the entry that a place is in: of a node, or of an output."""
    start = 3 if place.path and place.path[0] == "blocks" else 1
    return str(place.path[start]) if len(place.path) > start else ""
