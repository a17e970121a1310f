"""What changed from one model to another, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from layergraph.graph.graph import Graph, Node, Output
from layergraph.views.diff.values import ValueChange


class Place(NamedTuple):
    """A node on one side: its name, with a `/` after each model that it is inside of.

    `parameters` are those that it adds to the model's: none where its layer is counted before.
    """

    name: str
    node: Node
    parameters: int


class SourceChange(NamedTuple):
    """The tensors that an argument of a call was and is given; none where it was, or is, not."""

    argument: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class NodeChange(NamedTuple):
    """What became of a node: `old` is None for a new one, `new` for one that is gone.

    `values` are its arguments, with those of the call as `call.…`. `sources` are what it is called
    on, where that is not explained by nodes that came between or went. `layer` holds the layer it
    was a call of, and the one it is, where they differ. `causes` are the changes that it follows
    from, where it has none of its own. `region` numbers the connected nodes that came or went
    together, and `near` are the nodes around them.
    """

    old: Place | None
    new: Place | None
    values: tuple[ValueChange, ...] = ()
    sources: tuple[SourceChange, ...] = ()
    layer: tuple[str, str] | None = None
    causes: tuple[str, ...] = ()
    follows: bool = False
    region: int = 0
    near: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def place(self) -> Place:
        """Where it is, or was."""
        place = self.new or self.old
        assert place is not None
        return place

    @property
    def is_renamed(self) -> bool:
        """Whether it is the same layer at the same place under another name."""
        both = self.old is not None and self.new is not None
        return both and self.layer is None and self.old.name != self.new.name  # type: ignore[union-attr]

    @property
    def kind(self) -> str:
        """`added`, `removed`, `changed`, or `follows`: changed by what comes before it alone."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        return "follows" if self.follows else "changed"


class OutputChange(NamedTuple):
    """What became of an output: `source` are the tensors that it was and is, where they differ."""

    old: Output | None
    new: Output | None
    values: tuple[ValueChange, ...] = ()
    source: tuple[str, str] | None = None
    reshaped: bool = False

    @property
    def kind(self) -> str:
        """`added`, `removed`, `changed`, or `follows`: of another shape alone."""
        if self.old is None or self.new is None:
            return "added" if self.old is None else "removed"
        is_own = self.values or self.source or self.old.name != self.new.name
        return "changed" if is_own else "follows"


@dataclass(frozen=True)
class Difference:
    """What changed from one graph to another; None stands for no graph at all.

    `inputs` and `nodes` are in the order of the graphs.
    """

    old: Graph | None
    new: Graph | None
    name: tuple[str, str] | None = None
    inputs: tuple[NodeChange, ...] = ()
    nodes: tuple[NodeChange, ...] = ()
    outputs: tuple[OutputChange, ...] = ()
    training: tuple[ValueChange, ...] = ()

    @property
    def same(self) -> bool:
        """Whether both are one model."""
        has_both = (self.old is None) == (self.new is None)
        changes = self.inputs, self.nodes, self.outputs, self.training
        return has_both and self.name is None and not any(changes)

    def __str__(self) -> str:
        from layergraph.views.diff.text import diff_text

        return diff_text(self)
