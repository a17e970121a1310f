"""What the statements of one function share: the nodes of a scope, and what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from layergraph.expand.bodies import Body
from layergraph.expand.files import LoadedFile
from layergraph.graph.graph import Node
from layergraph.spec.place import Place
from layergraph.spec.references import Reference
from layergraph.syntax.tree import plain
from layergraph.targets.python_source.expressions import Translation, f_string
from layergraph.targets.python_source.identifiers import Identifiers
from layergraph.targets.python_source.layout import Expression, Text, Writer
from layergraph.targets.python_source.module import Module
from layergraph.targets.python_source.references import References
from layergraph.targets.python_source.stands_for import Thing

Pieces = list[str | Text]
"""A text with variables in it."""


class Given(NamedTuple):
    """What an argument of a call is given; None names the first one."""

    argument: str | None
    tensors: tuple[Text, ...]
    is_list: bool = False


Feed = tuple[Given, ...]


class Task(NamedTuple):
    """A node to be written: its place, what it is called on, and the variable for what it gives.

    `name` is what Keras calls it where it gives itself no name. `members` are the references into
    it, less its own name; `is_shared` says that a `use` names it.
    """

    place: Place
    feed: Feed
    name: Pieces
    target: str
    translation: Translation
    members: frozenset[str] = frozenset()
    is_shared: bool = False

    def keras_name(self) -> Expression:
        """Keras' name for it: the one that it gives itself, or its path's."""
        place, translation = self.place, self.translation
        if not place.gives("name") or isinstance(place.path[-1], int):  # an item's is in its path
            return f_string(self.name)
        text = str(plain(place.at("name").tree))
        pieces = translation.pieces(text)
        if len(pieces) == 1 and isinstance(translation.value(text), str):
            return translation.expression(text)
        return f_string(pieces)


class BlockCall(NamedTuple):
    """A call of a block.

    `given` is the tensor for each of its inputs, `arguments` what it is given for its params.
    `targets` are the variables for its outputs, where it has several and they are unpacked.
    """

    body: Body
    given: Mapping[str, Text]
    arguments: Mapping[str, Place]
    name: Expression
    target: str
    targets: Mapping[str, str]
    translation: Translation
    is_nested: bool


class Surroundings(Protocol):
    """What a scope asks of the module that it is written in."""

    module: Module

    def concrete(self, file: LoadedFile, place: Place, translation: Translation) -> Node:
        """A node of the graph that an entry of a file has become, or would become."""

    def called(self, wanted: BlockCall, out: Writer) -> Thing:
        """Write the call of a block, and give what it stands for."""


class Scope:
    """The nodes of a graph or of a block, while they are written.

    Args:
        around: the module that they stand in.
        file: the file that they are written in.
        nodes: their places.
        names: the names of the function that they stand in.
        out: where they are written.
        things: what names stand for, so far those of inputs.
        write: writes one node, with its copies.
    """

    def __init__(
        self,
        around: Surroundings,
        file: LoadedFile,
        nodes: Mapping[str, Place | None],
        names: Identifiers,
        out: Writer,
        things: dict[str, Thing],
        write: Callable[[Scope, Task], Thing],
    ) -> None:
        self.around = around
        self.module = around.module
        self.objects = around.module.objects
        self.file = file
        self.nodes = {name: place for name, place in nodes.items() if place is not None}
        self.names = names
        self.out = out
        self.things = things
        self.references = References({}, ())
        self._write = write
        self._counters: list[tuple[str, str]] = []
        self._depth = 0

    def write(self, task: Task) -> Thing:
        """Write a node, in a loop where it has copies."""
        return self._write(self, task)

    def find(self, reference: Reference) -> Thing:
        """What a reference stands for."""
        name, *steps = reference.path.split(".")
        thing = self.things[name]
        for step in steps:
            thing = thing.member(step)
        return thing if reference.tensor is None else thing.number(reference.tensor)

    def concrete(self, place: Place, translation: Translation) -> Node:
        """The node of the graph that an entry has become, or would become."""
        return self.around.concrete(self.file, place, translation)

    @contextmanager
    def counted(self) -> Iterator[tuple[str, str]]:
        """The names of the counter and the item of a loop: the same in all of one depth."""
        if self._depth == len(self._counters):
            self._counters.append((self.names.fresh("i", "j"), self.names.fresh("item")))
        self._depth += 1
        yield self._counters[self._depth - 1]
        self._depth -= 1
