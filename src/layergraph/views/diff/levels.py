"""What changed between two sides: node by node, and in the models inside of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from layergraph.graph.graph import InnerModel, Node
from layergraph.views.diff.difference import NodeChange, Place, SourceChange
from layergraph.views.diff.matching import matched
from layergraph.views.diff.nodes import node_changes
from layergraph.views.diff.regions import Regions
from layergraph.views.diff.sides import Side, Signatures, side_of_model
from layergraph.views.diff.sources import changed_sources, given_out, given_to
from layergraph.views.diff.tensors import Tensors
from layergraph.views.diff.values import ModelPair, ValueChange

INSIDE = "/"
"""What stands between the name of a model and that of a node in it."""


class LevelChanges(NamedTuple):
    """The changes of one level in order, and which tensor is which."""

    changes: tuple[NodeChange, ...]
    tensors: Tensors
    old: Side
    new: Side


def level_changes(old: Side, new: Side, signatures: Signatures, prefix: str = "") -> LevelChanges:
    """The changes from one side to another.

    Args:
        old: the side before.
        new: the side after.
        signatures: what tells layers apart.
        prefix: what comes before the names of its nodes.
    """
    level = _Level(old, new, signatures, prefix)
    return LevelChanges(tuple(level.changes()), level.tensors, old, new)


class _Level:
    """Two sides with their pairs.

    `_layers` maps the layers of the old side to those of the new, by their first calls; `_causes`
    holds, for each node of the new side whose tensors are other ones, the changes behind that.
    """

    def __init__(self, old: Side, new: Side, signatures: Signatures, prefix: str) -> None:
        self._old = old
        self._new = new
        self._signatures = signatures
        self._prefix = prefix
        self.pairs = matched(old, new, signatures)
        self.tensors = Tensors(old, new, self.pairs)
        self._back = {b: a for a, b in self.pairs.items()}
        self._layers = self._paired_layers()
        self._told: set[int] = set()
        self._causes: dict[int, frozenset[str]] = {}

    def changes(self) -> Iterator[NodeChange]:
        """What became of every node, in the order of the new side; what went, where it was."""
        gone = Regions(self._old, frozenset(self.pairs), 0)
        come = Regions(self._new, frozenset(self._back), len(self._old.nodes))
        removed = self._removed_after(gone)
        yield from removed[-1]
        for b in sorted(range(len(self._new.nodes)), key=self._new.order.__getitem__):
            if b in self._back:
                yield from self._pair(self._back[b], b)
            else:
                place = self._place(self._new, b)
                self._causes[b] = self._causes_of_new(b, place.name)
                near = self._near(come, b)
                yield NodeChange(None, place, region=come.of[b], near=near)
            yield from removed[b]

    def _removed_after(self, gone: Regions) -> dict[int, list[NodeChange]]:
        """What went, after the node of the new side that came before it; -1 for the beginning."""
        found: dict[int, list[NodeChange]] = defaultdict(list)
        last = -1
        for a in sorted(range(len(self._old.nodes)), key=self._old.order.__getitem__):
            if a in self.pairs:
                last = self.pairs[a]
                continue
            place = self._place(self._old, a)
            found[last].append(NodeChange(place, None, region=gone.of[a], near=self._near(gone, a)))
        return found

    def _near(self, regions: Regions, number: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        before, after = (tuple(map(self._prefix.__add__, side)) for side in regions.near(number))
        return before, after

    def _place(self, side: Side, number: int) -> Place:
        node = side.nodes[number]
        is_home = side.homes[number] == number
        return Place(self._prefix + node.keras_name, node, node.count_params() if is_home else 0)

    def _paired_layers(self) -> dict[int, int]:
        """Which layer is which: by the calls of one name first."""
        found: dict[int, int] = {}
        taken: set[int] = set()
        named = sorted(
            self.pairs.items(), key=lambda pair: self._old.name(pair[0]) != self._new.name(pair[1])
        )
        for a, b in named:
            old, new = self._old.homes[a], self._new.homes[b]
            if old not in found and new not in taken:
                found[old] = new
                taken.add(new)
        return found

    def _pair(self, a: int, b: int) -> Iterator[NodeChange]:
        """The change of a node that is on both sides, if there is one, and those inside of it."""
        old, new = self._place(self._old, a), self._place(self._new, b)
        layer = self._old.homes[a], self._new.homes[b]
        is_one_layer = self._layers.get(layer[0]) == layer[1]
        is_first = is_one_layer and layer[0] not in self._told
        values: list[ValueChange] = []
        inside: list[NodeChange] = []
        sources = list(self._sources(a, b))
        if is_first:
            self._told.add(layer[0])
        for change in node_changes(
            old.node,
            new.node,
            self._signatures.of_model,
            of_layer=is_first,
            is_inside=self._new.is_inside,
        ):
            if isinstance(change, ModelPair):
                within = f"{new.name}.{change.name}" if change.name else new.name
                changes, ends = self._inside(change.old, change.new, within)
                inside += changes
                sources += ends
            else:
                values.append(change)
        names = self._old.name(layer[0]), self._new.name(layer[1])
        found = NodeChange(
            old,
            new,
            tuple(values),
            tuple(sources),
            None if is_one_layer else names,
        )
        is_renamed = is_first and found.is_renamed
        is_own = bool(values or sources or found.layer or is_renamed)
        is_reshaped = old.node.outputs != new.node.outputs
        is_reweighed = is_first and dict(old.node.weights) != dict(new.node.weights)
        if is_reshaped or is_reweighed:
            causes = self._causes_of(a, b, inside)
            self._causes[b] = causes | ({new.name} if values or sources or found.layer else set())
            found = found._replace(causes=() if is_own else tuple(sorted(causes)))
        if is_own or is_reshaped or is_reweighed:
            yield found._replace(follows=not is_own)
        yield from inside

    def _causes_of_new(self, b: int, name: str) -> frozenset[str]:
        """The changes behind the tensors of a new node: it is one, unless it keeps the shape."""
        before = [self._causes.get(link.producer, frozenset()) for link in self._new.links[b]]
        node = self._new.nodes[b]
        return frozenset(() if _keeps_shape(node) else {name}).union(*before)

    def _causes_of(self, a: int, b: int, inside: list[NodeChange]) -> frozenset[str]:
        """The changes that make a node's tensors other ones."""
        own = (change.place.name for change in inside if change.kind != "follows")
        gone = (
            self._prefix + self._old.name(link.producer)
            for link in self._old.links[a]
            if link.producer not in self.pairs and not _keeps_shape(self._old.nodes[link.producer])
        )
        before = (self._causes.get(link.producer, frozenset()) for link in self._new.links[b])
        return frozenset({*own, *gone}).union(*before)

    def _inside(
        self, old: InnerModel, new: InnerModel, name: str
    ) -> tuple[tuple[NodeChange, ...], list[SourceChange]]:
        """The changes in a model, and those of the tensors that it gives."""
        level = level_changes(
            side_of_model(old, self._signatures),
            side_of_model(new, self._signatures),
            self._signatures,
            name + INSIDE,
        )
        sides = level.old, level.new
        given = given_out(level.old), given_out(level.new)
        ends = changed_sources(*given, sides, level.tensors)
        return level.changes, [
            change._replace(argument=f"output {change.argument}".rstrip()) for change in ends
        ]

    def _sources(self, a: int, b: int) -> Iterator[SourceChange]:
        """The arguments of a call that are given other tensors."""
        before, after = given_to(self._old, a), given_to(self._new, b)
        return changed_sources(before, after, (self._old, self._new), self.tensors)


def _keeps_shape(node: Node) -> bool:
    """Whether what comes out of a node is like what goes in."""
    return bool(node.inputs) and {*node.outputs} == {*node.inputs}
